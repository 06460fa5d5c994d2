// What every action of a person needs: the workspace, the line to the bot, and the ids that go with requests.
import type { BotAnswer, BotLine, DeliveryKind } from "./bot-line.js";
import { channelEntry } from "./channel-changes.js";
import { addMessage } from "./message-changes.js";
import type { ResponseUrls } from "./response-urls.js";
import type { TranscriptEntry } from "./transcript.js";
import type { Triggers } from "./triggers.js";
import type { Json } from "./wire.js";
import type { Channel, User, Workspace } from "./workspace.js";

/** The parts that a person acts through. */
export interface Desk {
  readonly ws: Workspace;
  readonly line: BotLine;
  readonly triggers: Triggers;
  readonly responseUrls: ResponseUrls;
}

/** How the bot took a request. */
export interface Taken {
  /** HTTP status of the bot's answer, or 0 when there was none. */
  readonly status: number;
  /** True when the bot answered with success within three seconds. */
  readonly acknowledged: boolean;
  /** What the person saw in place of an answer. */
  readonly error?: string;
}

/** Sends a payload to the bot and records it. */
export async function sendToBot(
  desk: Desk,
  sent: { kind: DeliveryKind; what: string; user: User; channel?: Channel; text?: string; payload: Json },
): Promise<BotAnswer> {
  const { ws, line } = desk;
  const where = sent.channel ? channelEntry(ws, sent.channel, sent.user.id) : { by: "person" as const };
  const about = { ...where, person: sent.user.handle, ...(sent.text ? { text: sent.text } : {}) };
  ws.transcript.add({ kind: "request", what: sent.what, ...about, body: sent.payload });
  const answer = await line.send({ kind: sent.kind, payload: sent.payload });
  if (answer.error) {
    ws.transcript.add({ kind: "failure", what: sent.what, ...about, error: answer.error, status: answer.status });
  }
  return answer;
}

/** How an answer counts. */
export function taken(answer: BotAnswer): Taken {
  const acknowledged = answer.error === undefined;
  return { status: answer.status, acknowledged, ...(answer.error ? { error: answer.error } : {}) };
}

/** Id under which the workspace itself speaks to a person. */
const slackbotId = "USLACKBOT";

/** Shows a person a message of the workspace itself, such as a failed command. */
export function slackbotSays(ws: Workspace, channel: Channel, user: User, text: string): void {
  addMessage(ws, channel, { user: slackbotId, text, ephemeralTo: user.id, subtype: "slackbot" });
}

/** Waits until a check answers something, looking again at every transcript entry, within a bounded time. */
export function waitUntil<Value>(
  ws: Workspace,
  check: () => Value | undefined,
  waited: { ms: number; what: string },
): Promise<Value> {
  const now = check();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const unsubscribe = ws.transcript.subscribe(() => {
      // The state that an entry announces is complete once the current step has run.
      queueMicrotask(() => {
        const value = check();
        if (value === undefined) return;
        stop();
        resolve(value);
      });
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`${waited.what}: nothing within ${waited.ms} ms. Latest:\n${ws.transcript.narrate()}`));
    }, waited.ms);
    const stop = (): void => {
      clearTimeout(timer);
      unsubscribe();
    };
  });
}

/** Waits for a form or home tab of a person to change after an index, without insisting. */
export async function viewChange(ws: Workspace, user: User, fromIndex: number, ms = 1500): Promise<void> {
  const changed = (entry: TranscriptEntry): boolean => entry.kind === "view" && entry.person === user.handle;
  await ws.transcript.waitFor(changed, ms, fromIndex).catch(() => undefined);
}
