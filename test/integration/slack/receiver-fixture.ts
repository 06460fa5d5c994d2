// A receiver behind the real listener, with a bare Bolt app whose listeners the test chooses.
import { createHmac } from "node:crypto";
import { App } from "@slack/bolt";
import { createListener } from "../../../src/http/listener.js";
import type { Payload } from "../../../src/slack/parse-payload.js";
import { quietLogger } from "../../../src/slack/quiet-logger.js";
import { createSlackReceiver } from "../../../src/slack/slack-receiver.js";

/** The signing secret of all tests. */
const SECRET = "8f742231b10e8888abcd99yyyzzz85a5";

/** What the test sees. */
export type Door = {
  readonly url: string;
  readonly heard: unknown[];
  readonly refused: { readonly status: number; readonly reason: string }[];
  readonly broken: unknown[];
  readonly late: string[];
  stop(): Promise<void>;
};

/** Starts a door; `listen` registers what the test needs. */
export async function startDoor(
  listen: (app: App, heard: unknown[]) => void = (app, heard) => {
    app.use(async ({ body, next }) => {
      heard.push(body);
      await next();
    });
    app.command(/^\//, async ({ ack }) => ack({ response_type: "ephemeral", text: "ok" }));
  },
  options: { readonly deadlineMs?: number; readonly now?: () => number } = {},
): Promise<Door> {
  const [heard, refused, broken, late]: [unknown[], Door["refused"], unknown[], string[]] = [[], [], [], []];
  const receiver = createSlackReceiver({
    signingSecret: { reveal: () => SECRET },
    realNow: options.now ?? Date.now,
    ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    answers: {
      late: (payload: Payload) => (payload.kind === "command" ? { text: "late" } : undefined),
      broke: () => ({ text: "broke" }),
      unheard: () => ({ text: "unheard" }),
    },
    reporter: {
      requestRefused: (fact) => refused.push(fact),
      answerLate: ({ what }) => late.push(what),
      callFailed: (fact) => broken.push(fact),
      broke: ({ err }) => broken.push(err),
      connection: () => {},
    },
  });
  const app = new App({
    receiver,
    authorize: async () => ({ botToken: "xoxb-1", botId: "B1", botUserId: "U0BOT" }),
    convoStore: false,
    tokenVerificationEnabled: false,
    logger: quietLogger,
  });
  listen(app, heard);
  const listener = createListener({
    routes: [{ method: "POST", path: "/slack/events", handle: receiver.requestListener, machine: true }],
    onError: ({ err }) => broken.push(err),
  });
  const { url } = await listener.start({ host: "127.0.0.1", port: 0 });
  const stop = async (): Promise<void> => {
    await receiver.stop();
    await listener.stop(500);
  };
  return { url: `${url}/slack/events`, heard, refused, broken, late, stop };
}

/** Headers of a body signed as Slack signs. */
export function signed(body: string, timestamp: number | string = Math.floor(Date.now() / 1000), secret = SECRET) {
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": String(timestamp), "x-slack-signature": `v0=${signature}` };
}

/** A slash command as Slack posts it. */
export function commandBody(fields: Readonly<Record<string, string>> = {}): string {
  return new URLSearchParams({
    command: "/incident",
    text: "help",
    user_id: "U1",
    user_name: "ana",
    channel_id: "C1",
    team_id: "T1",
    trigger_id: "1.2.abc",
    response_url: "http://127.0.0.1:9/none",
    ...fields,
  }).toString();
}

/** The media type of commands and interactions. */
export const FORM = "application/x-www-form-urlencoded";

/** Posts a signed body. */
export function post(door: Door, body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(door.url, { method: "POST", body, headers: { "content-type": FORM, ...signed(body), ...headers } });
}

/** An event as Slack posts it. */
export const eventBody = (event: unknown, id = "Ev1"): string =>
  JSON.stringify({ type: "event_callback", event_id: id, team_id: "T1", event });
