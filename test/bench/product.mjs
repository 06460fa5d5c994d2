// The whole product, built, on its embedded store and connected to the local workspace.
import { join } from "node:path";
import { besideThis, firstMessage, freePort, PROGRAM, startProcess, untilReady } from "./processes.mjs";

/** Starts the local workspace; `facts` is what a Slack app is told of its workspace. */
export async function startWorkspace(directory) {
  const started = startProcess(besideThis("sandbox-process.mjs"), { directory });
  return { started, facts: await firstMessage(started) };
}

/** Starts the product and waits until it is ready; `readyMs` counts from the start of the process. */
export async function startProduct({ directory, facts, dataDir = join(directory, "data"), announces = false }) {
  const port = await freePort();
  const started = startProcess(PROGRAM, {
    args: ["serve"],
    directory,
    env: {
      STORE: "embedded",
      DATA_DIR: dataDir,
      PORT: String(port),
      SLACK_BOT_TOKEN: facts.botToken,
      SLACK_SIGNING_SECRET: facts.signingSecret,
      SLACK_API_URL: facts.apiUrl,
      ...(announces ? { SLACK_ANNOUNCEMENT_CHANNEL: facts.announcementChannelId } : {}),
    },
  });
  const url = `http://127.0.0.1:${port}`;
  const readyMs = await untilReady(started, `${url}/readyz`);
  return { started, readyMs, commandsUrl: `${url}/slack/events` };
}
