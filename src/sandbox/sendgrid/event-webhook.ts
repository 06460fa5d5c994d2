// The event webhook: batches of events, signed with ECDSA over timestamp and bytes, repeated until the bot takes them.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { sendgridEventBatch } from "../../limits/sendgrid.js";
import type { CallbackAnswer, CallbackLine } from "../twilio/callback-line.js";
import type { CallbackOrders } from "../twilio/faults.js";

/** An event as SendGrid posts it; custom arguments stand beside these fields. */
export interface MailEvent {
  readonly email: string;
  readonly timestamp: number;
  readonly event: "processed" | "deferred" | "delivered" | "bounce" | "dropped" | "spamreport";
  readonly sg_event_id: string;
  readonly sg_message_id: string;
  readonly [more: string]: unknown;
}

/** How the webhook is set up. */
export interface EventWebhookOptions {
  readonly line: CallbackLine;
  readonly orders: CallbackOrders;
  readonly privateKey: KeyObject | undefined;
  /** Real milliseconds between the tries of a batch that the bot did not take. */
  readonly retryDelayMs: number;
  readonly retries: number;
}

/** The webhook. */
export interface EventWebhook {
  /** The key to verify with, as the console shows it: base64 of the SPKI. */
  readonly publicKey: string;
  sendTo(url: string | undefined): void;
  /** Takes events to post; they are made only when there is an address to post them to. */
  emit(events: () => readonly MailEvent[]): void;
  /** Posts any body, signed as SendGrid would, for hostile tests. */
  post(url: string, body: string, timestamp?: number): Promise<CallbackAnswer>;
}

/** Events that come within this time travel together. */
const gatherMs = 15;

/** While events are reordered they are gathered for longer, so that there is something to reorder. */
const reorderMs = 150;

/** Creates the webhook. */
export function createEventWebhook(options: EventWebhookOptions): EventWebhook {
  const { line, orders } = options;
  const privateKey = options.privateKey ?? newKey();
  const wrongKey = newKey();
  const publicKey = createPublicKey(privateKey).export({ type: "spki", format: "der" }).toString("base64");
  let target: string | undefined;
  let gathered: MailEvent[] = [];

  function post(url: string, body: string, timestamp = Math.floor(Date.now() / 1000)): Promise<CallbackAnswer> {
    const key = orders.takeForgery() ? wrongKey : privateKey;
    const signed = sign("sha256", Buffer.from(`${timestamp}${body}`), key).toString("base64");
    const headers = {
      "content-type": "application/json;charset=utf-8",
      "user-agent": "SendGrid Event API",
      "x-twilio-email-event-webhook-signature": signed,
      "x-twilio-email-event-webhook-timestamp": String(timestamp),
    };
    const retryOn = ({ status }: CallbackAnswer): boolean => status < 200 || status > 299;
    const { retries, retryDelayMs: delayMs } = options;
    return line.post({ url, headers, body }, { retries, delayMs, readMs: 15_000, retryOn });
  }

  async function flush(): Promise<void> {
    await line.pause(orders.reordering ? reorderMs : gatherMs);
    const events = orders.reordering ? gathered.reverse() : gathered;
    gathered = [];
    for (let start = 0; start < events.length; start += sendgridEventBatch) {
      const body = JSON.stringify(events.slice(start, start + sendgridEventBatch));
      for (let copies = orders.copies(); copies > 0; copies -= 1) if (target) void post(target, body);
    }
  }

  return {
    publicKey,
    post,
    sendTo: (url) => {
      target = url;
    },
    emit(events) {
      if (target === undefined) return;
      if (gathered.length === 0) void line.track(flush());
      for (const event of events()) gathered.push(event);
    },
  };
}

function newKey(): KeyObject {
  return generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
}
