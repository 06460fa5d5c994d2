// POST /webhooks/sendgrid/events. The vendor tries again until it gets 2xx, so the answer waits until everything is
// stored, and a store that is away costs nothing.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { TakeMailEvents } from "../broadcast/take-mail-events.js";
import { readEvents } from "./read-events.js";
import type { EventVerifier } from "./verify-event-signature.js";

/** What the listener works with. */
export type EventsListenerOptions = {
  readonly verify: EventVerifier;
  readonly take: TakeMailEvents;
  /** A post was not the vendor's; `reason` is a code. */
  readonly onRefused: (reason: string) => void;
};

/** Posts hold at most a thousand events of some hundred bytes. */
const MOST_BYTES = 4 * 1024 * 1024;

/** Creates the listener for a route of POST. */
export function createEventsListener({ verify, take, onRefused }: EventsListenerOptions) {
  const end = (response: ServerResponse, status: number, refusal?: string): void => {
    if (refusal !== undefined) onRefused(refusal);
    response.writeHead(status, { "content-length": "0" }).end();
  };
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === null) {
      response.setHeader("connection", "close");
      return end(response, 413, "too_large");
    }
    const signature = headerOf(request, "x-twilio-email-event-webhook-signature");
    const timestamp = headerOf(request, "x-twilio-email-event-webhook-timestamp");
    if (!verify({ body, signature, timestamp })) return end(response, 403, "signature");
    const events = readEvents(body.toString("utf8"));
    if (events === null) return end(response, 400, "malformed");
    await take(events);
    return end(response, 204);
  };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}

/** Null when there is more than a post may hold. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
