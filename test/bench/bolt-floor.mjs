// The floor under every acknowledgement: Bolt's own HTTPReceiver with Bolt's defaults and one listener that only
// acknowledges.
import { App } from "@slack/bolt";

const [port, apiUrl] = process.argv.slice(2);
const app = new App({
  token: process.env["SLACK_BOT_TOKEN"],
  signingSecret: process.env["SLACK_SIGNING_SECRET"],
  clientOptions: { slackApiUrl: apiUrl },
});
app.command("/incident", async ({ ack }) => {
  await ack();
});
await app.start({ port: Number(port), host: "127.0.0.1" });
process.send?.("ready");
process.once("SIGTERM", () => process.exit());
