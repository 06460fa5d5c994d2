// The line to the bot: commands, interactions and events go out signed over HTTP, or over a Socket Mode connection.
import { Agent, request as httpRequest } from "node:http";
import { slackDeadlines } from "../../limits/slack.js";
import { signedHeaders } from "./signing.js";
import type { Json } from "./wire.js";

/** What kind of thing is sent to the bot. */
export type DeliveryKind = "command" | "interaction" | "event";

/** Something sent to the bot, as it can be sent again. */
export interface Delivery {
  readonly kind: DeliveryKind;
  readonly payload: Json;
}

/** What the bot answered, or how it failed to, in the words that Slack shows to people. */
export interface BotAnswer {
  /** HTTP status, or 0 when there was no answer. */
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly error?: "operation_timeout" | "dispatch_failed" | "http_client_error" | "http_service_error";
}

/** A raw HTTP request to the bot, for hostile tests. */
export interface RawRequest {
  readonly method?: string;
  /** Path on the bot; the default is where Slack posts. */
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly timeoutMs?: number;
}

/** A way to reach the bot other than HTTP: sends one payload and answers as the bot did. */
export type SocketSender = (delivery: Delivery, headers: Readonly<Record<string, string>>) => Promise<BotAnswer>;

/** The line to the bot. */
export interface BotLine {
  deliverTo(baseUrl: string): void;
  useSocket(sender: SocketSender | undefined): void;
  connected(): boolean;
  /** Signs and sends; extra headers mark retries. */
  send(delivery: Delivery, headers?: Readonly<Record<string, string>>): Promise<BotAnswer>;
  raw(request: RawRequest): Promise<BotAnswer>;
  readonly deliveries: readonly Delivery[];
  /** Resolves when nothing is on its way to the bot. */
  settled(): Promise<void>;
  close(): void;
}

const eventsPath = "/slack/events";
const formType = "application/x-www-form-urlencoded";

/** Opens the line; it only ever talks to this machine. */
export function createBotLine(signingSecret: () => string): BotLine {
  const agent = new Agent({ keepAlive: true });
  const inFlight = new Set<Promise<unknown>>();
  const deliveries: Delivery[] = [];
  let base: URL | undefined;
  let socket: SocketSender | undefined;

  function tracked<Value>(promise: Promise<Value>): Promise<Value> {
    inFlight.add(promise);
    const done = (): void => {
      inFlight.delete(promise);
    };
    promise.then(done, done);
    return promise;
  }

  function raw(asked: RawRequest): Promise<BotAnswer> {
    if (!base) return Promise.resolve(noAnswer("dispatch_failed"));
    return post(agent, new URL(asked.path ?? eventsPath, base), asked);
  }

  function send(delivery: Delivery, headers: Readonly<Record<string, string>> = {}): Promise<BotAnswer> {
    deliveries.push(delivery);
    if (socket) return tracked(socket(delivery, headers));
    const body = encodeDelivery(delivery);
    const type = delivery.kind === "event" ? "application/json" : formType;
    const all = { "content-type": type, ...signedHeaders(signingSecret(), body), ...headers };
    return tracked(raw({ body, headers: all }));
  }

  return {
    deliverTo(baseUrl) {
      const url = new URL(baseUrl);
      const local = ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname) && url.protocol === "http:";
      if (!local) throw new Error(`The sandbox only delivers to this machine over http, not to ${baseUrl}`);
      base = url;
    },
    useSocket: (sender) => {
      socket = sender;
    },
    connected: () => base !== undefined || socket !== undefined,
    send,
    raw: (request) => tracked(raw(request)),
    deliveries,
    async settled() {
      while (inFlight.size > 0) await Promise.allSettled([...inFlight]);
    },
    close: () => agent.destroy(),
  };
}

/** The body that Slack would post for a delivery. */
function encodeDelivery({ kind, payload }: Delivery): string {
  if (kind === "event") return JSON.stringify(payload);
  if (kind === "interaction") return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  return new URLSearchParams(Object.entries(payload).map(([name, value]) => [name, String(value)])).toString();
}

/** The answer when there is none. */
export function noAnswer(error: NonNullable<BotAnswer["error"]>): BotAnswer {
  return { status: 0, body: "", headers: {}, error };
}

/** The word that people see for a status. */
function errorOfStatus(status: number): BotAnswer["error"] {
  if (status >= 500) return "http_service_error";
  return status >= 300 ? "http_client_error" : undefined;
}

function post(agent: Agent, url: URL, asked: RawRequest): Promise<BotAnswer> {
  const { method = "POST", headers = {}, body = "", timeoutMs = slackDeadlines.ackMs } = asked;
  return new Promise((resolve) => {
    const length = String(Buffer.byteLength(body));
    const outgoing = httpRequest(url, { method, agent, headers: { "content-length": length, ...headers } });
    const deadline = setTimeout(() => {
      resolve(noAnswer("operation_timeout"));
      outgoing.destroy();
    }, timeoutMs);
    const finish = (answer: BotAnswer): void => {
      clearTimeout(deadline);
      resolve(answer);
    };
    outgoing.on("error", () => finish(noAnswer("dispatch_failed")));
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", () => finish(noAnswer("dispatch_failed")));
      incoming.on("end", () => {
        const status = incoming.statusCode ?? 0;
        const error = errorOfStatus(status);
        const flat = Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]);
        const answered = { status, body: Buffer.concat(chunks).toString("utf8"), headers: Object.fromEntries(flat) };
        finish(error ? { ...answered, error } : answered);
      });
    });
    outgoing.end(body);
  });
}
