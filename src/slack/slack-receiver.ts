// Slack's requests in, answers out: raw bytes are verified before anything reads them, and every request is answered
// within Slack's three seconds. Bolt only routes.
import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Receiver, ReceiverEvent } from "@slack/bolt";
import { isSslCheck, mediaType, type Payload, parsePayload } from "./parse-payload.js";
import { readBody } from "./read-body.js";
import { createRunningWork } from "./running-work.js";
import { createSeenEvents } from "./seen-events.js";
import type { SecretText, SlackReporter } from "./slack-settings.js";
import { verifySignature } from "./verify-signature.js";

/** What the receiver says when no listener did. */
export type DoorAnswers = {
  /** The work goes on, but there is no outcome yet. */
  late(payload: Payload): unknown;
  /** Our own code failed; the reference finds the report. */
  broke(payload: Payload, reference: string): unknown;
  /** Nothing listens to this. */
  unheard(payload: Payload): unknown;
};

/** What a receiver is made with. */
export type SlackReceiverOptions = {
  readonly signingSecret: SecretText;
  readonly answers: DoorAnswers;
  readonly reporter: SlackReporter;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
  readonly deadlineMs?: number;
};

/** A Bolt receiver that listens nowhere itself: the one listener of the process hands it requests. */
export type SlackReceiver = Receiver & {
  requestListener(request: IncomingMessage, response: ServerResponse): void;
};

type EventProcessor = { processEvent(event: ReceiverEvent): Promise<void> };

// Slack's own payloads stay far below; the smaller the bound, the less an unsigned request can cost.
const BODY_LIMIT = 1024 * 1024;
/** Half a second before Slack gives up. */
const DEADLINE_MS = 2500;
/** How long a stop waits for work that is still running. */
const DRAIN_MS = 10_000;

/** Creates the receiver. */
export function createSlackReceiver(options: SlackReceiverOptions): SlackReceiver {
  let app: EventProcessor | null = null;
  const running = createRunningWork();
  const seen = createSeenEvents();
  const deadlineMs = options.deadlineMs ?? DEADLINE_MS;

  function process(payload: Payload, ack: ReceiverEvent["ack"], retry: Partial<ReceiverEvent>): Promise<void> {
    if (app === null || !("body" in payload)) return Promise.resolve();
    return running.add(app.processEvent({ body: payload.body, ack, ...retry }));
  }

  /** An event is answered when it is dealt with, so that a crash before leaves it with Slack, who sends it again. */
  async function answerEvent(
    payload: Extract<Payload, { kind: "event" }>,
    reply: Reply,
    retry: Partial<ReceiverEvent>,
  ) {
    const work = seen.once(payload.eventId, () => process(payload, async () => {}, retry));
    const timer = setTimeout(() => {
      options.reporter.answerLate({ what: "event", afterMs: deadlineMs });
      reply(503, { error: "still-working" });
    }, deadlineMs);
    try {
      await work;
      reply(200);
    } finally {
      clearTimeout(timer);
    }
  }

  async function answerInteraction(payload: Payload, reply: Reply, retry: Partial<ReceiverEvent>) {
    const timer = setTimeout(() => {
      options.reporter.answerLate({ what: payload.kind, afterMs: deadlineMs });
      reply(200, options.answers.late(payload));
    }, deadlineMs);
    try {
      let heard = false;
      const ack = async (body?: unknown): Promise<void> => {
        heard = true;
        reply(200, body);
      };
      await process(payload, ack, retry);
      if (!heard) reply(200, options.answers.unheard(payload));
    } catch (err) {
      // Slack would show its own bare error for anything but 200.
      reply(200, options.answers.broke(payload, broken(payload.kind, err)));
    } finally {
      clearTimeout(timer);
    }
  }

  function broken(what: string, err: unknown): string {
    const reference = randomUUID().slice(0, 8);
    options.reporter.broke({ what, reference, err });
    return reference;
  }

  async function receive(request: IncomingMessage, reply: Reply): Promise<void> {
    const refuse = (status: number, reason: string): void => {
      options.reporter.requestRefused({ status, reason });
      reply(status, { error: reason });
    };
    const type = mediaType(request.headers["content-type"]);
    if (type !== "application/json" && type !== "application/x-www-form-urlencoded") return refuse(415, "media-type");
    const read = await readBody(request, BODY_LIMIT);
    if (read.kind !== "body") return refuse(read.kind === "too-large" ? 413 : 400, read.kind);
    const check = verifySignature({
      secret: options.signingSecret.reveal(),
      timestamp: header(request, "x-slack-request-timestamp"),
      signature: header(request, "x-slack-signature"),
      body: read.bytes,
      nowMs: options.realNow(),
    });
    // Slack probes the certificate without a signature; the answer is the same for everybody and reads nothing.
    if (isSslCheck(read.bytes, type)) return reply(200);
    if (check !== "ok") return refuse(401, check);
    const payload = parsePayload(read.bytes, type);
    if (payload.kind === "unreadable") return refuse(400, payload.reason);
    if (payload.kind === "url-verification") return reply(200, { challenge: payload.challenge });
    const retry = retryOf(request);
    return payload.kind === "event" ? answerEvent(payload, reply, retry) : answerInteraction(payload, reply, retry);
  }

  return {
    init(bolt) {
      app = bolt;
    },
    start: () => Promise.resolve(),
    stop: () => running.settle(DRAIN_MS),
    requestListener(request, response) {
      const reply = replier(response);
      if (request.method !== "POST") {
        response.setHeader("allow", "POST");
        reply(405, { error: "method" });
        return;
      }
      receive(request, reply).catch((err: unknown) => {
        broken("request", err);
        // Anything but 200 would make Slack send an event again, and our own mistake would only be made again.
        reply(200);
      });
    },
  };
}

type Reply = (status: number, body?: unknown) => void;

/** Answers once; later answers have nobody to go to and are dropped. */
function replier(response: ServerResponse): Reply {
  return (status, body) => {
    if (response.headersSent || response.destroyed) return;
    const text = body === undefined || body === null || body === "" ? "" : JSON.stringify(body);
    if (text !== "") response.setHeader("content-type", "application/json; charset=utf-8");
    // Whatever is left of a request that was not read must not be taken for the next one.
    if (status === 413 || status === 415) response.setHeader("connection", "close");
    response.writeHead(status, { "content-length": Buffer.byteLength(text) });
    response.end(text);
  };
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(",") : value;
}

function retryOf(request: IncomingMessage): Partial<ReceiverEvent> {
  const number = Number(header(request, "x-slack-retry-num"));
  const reason = header(request, "x-slack-retry-reason");
  return { ...(number > 0 ? { retryNum: number } : {}), ...(reason === undefined ? {} : { retryReason: reason }) };
}
