// Preloaded into a measured process with `node --import`: tells over the IPC channel what the process has used so far,
// to the microsecond and on every platform, and ends the process when the benchmark is gone.
process.on("message", (question) => {
  if (question !== "usage") return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuUs: user + system, rssBytes: process.memoryUsage.rss() });
});
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
