// The stand-in for SendGrid as tests, the demo and the page use it.
import type { KeyObject } from "node:crypto";
import type { ServerResponse } from "node:http";
import { sendgridMailLimits } from "../../limits/sendgrid.js";
import { answerJson } from "../slack/http-exchange.js";
import { createCallbackLine, type SentCallback } from "../twilio/callback-line.js";
import { createChance } from "../twilio/chance.js";
import { createEventLog, type EventLog } from "../twilio/event-log.js";
import {
  type CallbackMisbehaviour,
  createCallbackOrders,
  createFaultyServer,
  type FaultyServer,
  type Misbehaviour,
} from "../twilio/faults.js";
import { answerProxyPage, listenOnLoopback, type RequestHandler, readBytes } from "../twilio/loopback-server.js";
import { createEventWebhook, type EventWebhook } from "./event-webhook.js";
import { type AcceptedMail, createMailDesk, type MailDesk, type MailLogEntry } from "./mail-desk.js";
import type { MailOutcome } from "./mail-events.js";
import { mailboxKey } from "./mail-request.js";
import { createMailbox, type Mailbox } from "./mailbox.js";
import { createRateWindow, type RateWindow } from "./rate-window.js";
import { readMail } from "./read-mail.js";

/** How the stand-in for SendGrid is set up; everything has a default. */
export interface SendGridSandboxOptions {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly apiKey?: string;
  /** Time shown on mails and events. */
  readonly now?: () => Date;
  /** Where events are posted; none are posted until there is an address. */
  readonly webhookUrl?: string;
  /** Key that signs events, on P-256; made when not given. */
  readonly webhookKey?: KeyObject;
  /** Real milliseconds between the tries of events that were not taken, and how many follow the first. */
  readonly webhookRetryMs?: number;
  readonly webhookRetries?: number;
  /** Real milliseconds between the steps of a mail, least and most. */
  readonly stepMs?: readonly [number, number];
  readonly requestsPerMinute?: number;
  /** Public origins of the bot, each with the address on this machine that stands for it. */
  readonly publicUrls?: Readonly<Record<string, string>>;
  readonly seed?: number;
  /** Counts copies instead of keeping mailboxes and records, for large runs. */
  readonly lean?: boolean;
}

/** The stand-in for SendGrid. */
export interface SendGridSandbox {
  /** Base address of the API, without /v3. */
  readonly url: string;
  readonly apiKey: string;
  /** Key to verify events with: base64 of the SPKI, as the console shows it. */
  readonly webhookPublicKey: string;
  mailbox(address: string): Mailbox;
  /** Addresses that mail was accepted for. */
  addresses(): readonly string[];
  /** Requests that were accepted, in order. */
  accepted(): readonly AcceptedMail[];
  /** How many copies were accepted for an address, whatever became of them. */
  copiesFor(address: string): number;
  /** Addresses with more than one accepted copy of the requests with this subject, or of all. */
  duplicates(subject?: string): readonly string[];
  /** Says what becomes of mail to an address; "*" means every other one. */
  outcome(address: string, outcome: MailOutcome): void;
  readonly misbehave: Misbehaviour & CallbackMisbehaviour;
  readonly log: EventLog<MailLogEntry>;
  /** Posts of the event webhook. */
  readonly callbacks: readonly SentCallback[];
  sendEventsTo(url: string): void;
  /** Posts any body to the bot, signed, as a hostile test wants it; the timestamp is in seconds. */
  post(url: string, body: string, timestamp?: number): Promise<{ readonly status: number; readonly body: string }>;
  /** Sends a post to the bot again, byte for byte. */
  redeliver(callback: SentCallback): Promise<{ readonly status: number; readonly body: string }>;
  /** Resolves when no mail is on its way and no post to the bot is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the stand-in for SendGrid; it listens on this machine only. */
export async function startSendGridSandbox(options: SendGridSandboxOptions = {}): Promise<SendGridSandbox> {
  const { lean = false, apiKey = "SG.sandbox.5e7c0f0e9a3b4d21b6c8a1d2e3f40518", stepMs = [10, 30] } = options;
  const now = options.now ?? (() => new Date());
  const chance = createChance(options.seed ?? 1);
  const line = createCallbackLine({ publicUrls: options.publicUrls ?? {}, lean });
  const orders = createCallbackOrders(chance);
  const webhook = createEventWebhook({
    line,
    orders,
    privateKey: options.webhookKey,
    retryDelayMs: options.webhookRetryMs ?? 100,
    retries: options.webhookRetries ?? 50,
  });
  webhook.sendTo(options.webhookUrl);
  const log = createEventLog<MailLogEntry>(lean);
  const desk = createMailDesk({ now, lean, stepMs, chance, line, webhook, log });
  const faults = createFaultyServer();
  const window = createRateWindow(options.requestsPerMinute ?? 10_000);
  const refused = (text: string): void => log.add({ at: now(), kind: "refused", text });
  const server = await listenOnLoopback(createApi({ apiKey, desk, faults, window, refused }), options.port);
  return {
    ...view(desk, webhook),
    url: server.url,
    apiKey,
    mailbox: (address) => createMailbox(address, () => desk.arrivedAt(address), log),
    misbehave: { ...faults, ...orders },
    log,
    callbacks: line.sent,
    redeliver: (callback) => line.post(callback, { retries: 0, delayMs: 0, readMs: 15_000, retryOn: () => false }),
    settled: line.settled,
    stop() {
      line.close();
      return server.stop();
    },
  };
}

type View = Pick<
  SendGridSandbox,
  "webhookPublicKey" | "addresses" | "accepted" | "copiesFor" | "duplicates" | "outcome" | "sendEventsTo" | "post"
>;

function view(desk: MailDesk, webhook: EventWebhook): View {
  return {
    webhookPublicKey: webhook.publicKey,
    addresses: desk.addresses,
    accepted: () => desk.accepted,
    copiesFor: (address) => desk.copies.get(mailboxKey(address)) ?? 0,
    duplicates(subject) {
      const counted = desk.accepted.filter((mail) => subject === undefined || mail.subject === subject);
      const seen = new Set<string>();
      const twice = counted.flatMap(({ recipients }) =>
        recipients.map(mailboxKey).filter((key) => seen.has(key) || !seen.add(key)),
      );
      return [...new Set(twice)];
    },
    outcome: desk.outcome,
    sendEventsTo: webhook.sendTo,
    post: webhook.post,
  };
}

interface ApiDeps {
  readonly apiKey: string;
  readonly desk: MailDesk;
  readonly faults: FaultyServer;
  readonly window: RateWindow;
  readonly refused: (text: string) => void;
}

interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

function createApi(deps: ApiDeps): RequestHandler {
  return async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://sandbox");
    const bytes = await readBytes(request, sendgridMailLimits.requestBytes);
    if (!bytes) return answerProxyPage(response, 413, "Request Entity Too Large");
    const method = request.method ?? "GET";
    const { authorization, "content-type": contentType = "" } = request.headers;
    const asked = { method, pathname, authorization, contentType, bytes };
    const tooMany = (seconds: number): void => {
      deps.window.close(seconds);
      send(deps, response, problem(429, "too many requests"));
    };
    const perform = (): (() => void) => {
      const answer = answerOf(deps, asked);
      return () => send(deps, response, answer);
    };
    if (deps.window.count()) return send(deps, response, problem(429, "too many requests"));
    const creates = method === "POST" && pathname === "/v3/mail/send";
    await deps.faults.serve({ request, response, creates, perform, tooMany });
  };
}

interface Asked {
  readonly method: string;
  readonly pathname: string;
  readonly authorization: string | undefined;
  readonly contentType: string;
  readonly bytes: Buffer;
}

function answerOf({ apiKey, desk, refused }: ApiDeps, asked: Asked): Answer {
  const { method, pathname, authorization } = asked;
  if (authorization !== `Bearer ${apiKey}`)
    return problem(401, "The provided authorization grant is invalid, expired, or revoked");
  if (pathname === "/v3/scopes" && method === "GET") return { status: 200, body: { scopes: ["mail.send"] } };
  if (pathname !== "/v3/mail/send") return problem(404, "Not Found");
  if (method !== "POST") return problem(405, "method not allowed");
  if (!asked.contentType.startsWith("application/json"))
    return problem(415, "Content-Type should be application/json.");
  const read = readMail(asked.bytes.toString("utf8"));
  if (!read.ok) {
    refused(read.problems.map(({ message }) => message).join(" "));
    return { status: 400, body: { errors: read.problems } };
  }
  // Sandbox mode is SendGrid's own: the request is checked and nothing is sent.
  if (read.mail.mail_settings?.sandbox_mode?.enable) return { status: 200 };
  return { status: 202, headers: { "x-message-id": desk.accept(read.mail) } };
}

function problem(status: number, message: string): Answer {
  return { status, body: { errors: [{ message, field: null, help: null }] } };
}

function send({ window }: ApiDeps, response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const all = { ...window.headers(), ...headers };
  if (body !== undefined) answerJson(response, status, body, all);
  else response.writeHead(status, { "content-length": "0", "content-type": "text/plain; charset=utf-8", ...all }).end();
}
