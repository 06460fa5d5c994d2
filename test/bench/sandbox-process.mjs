// The local workspace in a process of its own, so that standing in for Slack costs the measured process nothing.
import { startSandbox } from "../../dist/sandbox/start-sandbox.js";

const sandbox = await startSandbox({
  rateLimits: "off",
  channels: [
    { name: "geral", general: true },
    { name: "incidentes", bot: true },
  ],
});
const { slack } = sandbox;
process.send?.({
  apiUrl: slack.apiUrl,
  botToken: slack.botToken,
  signingSecret: slack.signingSecret,
  userId: slack.person("ana").id,
  channelId: slack.channel("geral")?.id,
  announcementChannelId: slack.channel("incidentes")?.id,
});
process.once("SIGTERM", () => {
  void sandbox.stop().then(() => process.exit());
});
