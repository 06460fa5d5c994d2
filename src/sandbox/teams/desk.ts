// What every action of a person needs: the tenant, the signed line to the bot, and waiting.
import { teamsDeadlines } from "../../limits/teams.js";
import { type BotAnswer, type BotLine, createBotLine, type RawRequest } from "../slack/bot-line.js";
import type { Taken } from "../slack/desk.js";
import type { Json } from "../slack/wire.js";
import type { Member, Tenant } from "./tenant.js";

/** An activity sent to the bot, as it can be sent again. */
export interface TeamsDelivery {
  readonly activity: Json;
  readonly deadlineMs: number;
}

/** A request to the bot for hostile tests: only what is given is sent. */
export interface RawActivity {
  /** Put into `Authorization: Bearer …`; without it, or with null, there is no such header. */
  readonly token?: string | null | undefined;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
  readonly timeoutMs?: number;
}

/** The signed line to the bot. */
export interface TeamsLine extends Pick<BotLine, "settled" | "close" | "connected"> {
  connect(botUrl: string): void;
  send(delivery: TeamsDelivery): Promise<BotAnswer>;
  raw(request: RawActivity): Promise<BotAnswer>;
  readonly deliveries: readonly TeamsDelivery[];
}

/** The parts that a person acts through. */
export interface Desk {
  readonly tenant: Tenant;
  readonly line: TeamsLine;
  readonly serviceUrl: () => string;
  readonly deadlines: { readonly messageMs: number; readonly invokeMs: number };
  /** Whether the bot gets every message of its channels, as the permission ChannelMessage.Read.Group grants. */
  readonly hearsEverything: boolean;
}

const messagesPath = "/api/messages";

/** Opens the line; it only ever talks to this machine. `tokenFor` makes the token for an activity's service address. */
export function createTeamsLine(tokenFor: (serviceUrl: unknown) => string): TeamsLine {
  // Only the unsigned requests of this line are used, so there is no secret.
  const line = createBotLine(() => "");
  const deliveries: TeamsDelivery[] = [];
  let path = messagesPath;

  function raw({ token, body, headers = {}, method, timeoutMs }: RawActivity): Promise<BotAnswer> {
    const bearer: Record<string, string> =
      token === undefined || token === null ? {} : { authorization: `Bearer ${token}` };
    const request: RawRequest = {
      path,
      headers: { "content-type": "application/json; charset=utf-8", ...bearer, ...headers },
      body: typeof body === "string" ? body : body === undefined ? "" : JSON.stringify(body),
      timeoutMs: timeoutMs ?? teamsDeadlines.messageMs,
      ...(method === undefined ? {} : { method }),
    };
    return line.raw(request);
  }

  return {
    connect(botUrl) {
      const { pathname } = new URL(botUrl);
      path = pathname === "/" ? messagesPath : pathname;
      line.deliverTo(botUrl);
    },
    send(delivery) {
      deliveries.push(delivery);
      const { activity, deadlineMs } = delivery;
      return raw({ token: tokenFor(activity["serviceUrl"]), body: activity, timeoutMs: deadlineMs });
    },
    raw,
    deliveries,
    settled: line.settled,
    connected: line.connected,
    close: line.close,
  };
}

/** Sends an activity to the bot and records it. */
export async function sendToBot(
  desk: Desk,
  sent: { activity: Json; what: string; member?: Member | undefined; text?: string; waits?: boolean },
): Promise<BotAnswer> {
  const { transcript } = desk.tenant;
  const { activity, what, member, text, waits = false } = sent;
  const by = member === undefined ? ({ by: "workspace" } as const) : ({ by: "person", person: member.handle } as const);
  const about = { ...by, ...(text ? { text } : {}) };
  transcript.add({ kind: "request", what, ...about, body: activity });
  const { messageMs, invokeMs } = desk.deadlines;
  const answer = await desk.line.send({ activity, deadlineMs: waits ? invokeMs : messageMs });
  // What an invoke's refusal looks like to the person is known to whoever made the invoke.
  if (answer.error && !(waits && answer.status > 0))
    recordFailure(desk, { what, member, error: answer.error, status: answer.status });
  return answer;
}

/** Records what a person saw because the bot did not answer properly. */
export function recordFailure(
  { tenant }: Desk,
  failed: { what: string; member?: Member | undefined; error: string; status?: number; text?: string },
): void {
  const { what, member, error, status, text } = failed;
  const by = member === undefined ? ({ by: "workspace" } as const) : ({ by: "person", person: member.handle } as const);
  const more = { ...(status === undefined ? {} : { status }), ...(text === undefined ? {} : { text }) };
  tenant.transcript.add({ kind: "failure", what, ...by, error, ...more });
}

/** How an answer counts. */
export function taken(answer: BotAnswer): Taken {
  const acknowledged = answer.error === undefined;
  return { status: answer.status, acknowledged, ...(answer.error ? { error: answer.error } : {}) };
}

/** Waits until a check answers something, looking again at every transcript entry, within a bounded time. */
export function waitUntil<Value>(
  { transcript }: Tenant,
  check: () => Value | undefined,
  waited: { ms: number; what: string },
): Promise<Value> {
  const now = check();
  if (now !== undefined) return Promise.resolve(now);
  return new Promise((resolve, reject) => {
    const unsubscribe = transcript.subscribe(() => {
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
      reject(new Error(`${waited.what}: nothing within ${waited.ms} ms. Latest:\n${transcript.narrate()}`));
    }, waited.ms);
    const stop = (): void => {
      clearTimeout(timer);
      unsubscribe();
    };
  });
}
