// How a message gets to the phone: the queue of its sender, its statuses, and a callback for each.
import { twilioMessageLimits } from "../../limits/twilio.js";
import { type Account, habitsOf, note, type SmsOutcome, stepMs } from "./account.js";
import { apiVersion, type MessageRecord, type MessageStatus } from "./records.js";
import { TwilioRefusal } from "./refusal.js";
import { type Fields, postStatus } from "./webhook.js";

/** The queues of the senders, by number: when each is free again. */
export type SenderQueues = Map<string, number>;

/** Refuses a message whose sender has ten hours of traffic waiting. */
export function checkQueue(account: Account, freeAt: SenderQueues, from: string): void {
  if (account.segmentsPerSecond === undefined) return;
  const waiting = (freeAt.get(from) ?? 0) - Date.now();
  if (waiting > twilioMessageLimits.queueSeconds * 1000)
    throw new TwilioRefusal(
      21_611,
      `This 'From' number has exceeded the maximum number of queued messages: ${from}`,
      429,
    );
}

/** How long a message waits for those that its sender sends before it. */
export function queueMs(account: Account, freeAt: SenderQueues, { from, segments }: MessageRecord): number {
  if (account.segmentsPerSecond === undefined) return 0;
  const now = Date.now();
  const start = Math.max(now, freeAt.get(from) ?? 0);
  freeAt.set(from, start + (segments * 1000) / account.segmentsPerSecond);
  return start - now;
}

interface Step {
  readonly status: MessageStatus;
  readonly errorCode?: number;
}

function stepsTo(outcome: SmsOutcome): readonly Step[] {
  if (outcome === "delivered") return [{ status: "queued" }, { status: "sent" }, { status: "delivered" }];
  if (outcome === "sent") return [{ status: "queued" }, { status: "sent" }];
  if ("failed" in outcome) return [{ status: "queued" }, { status: "failed", errorCode: outcome.failed }];
  return [{ status: "queued" }, { status: "sent" }, { status: "undelivered", errorCode: outcome.undelivered }];
}

/** Carries a message through its statuses; the text is on the phone once it is sent, unless the carrier loses it. */
export async function carry(account: Account, message: MessageRecord, queuedMs: number): Promise<void> {
  const outcome = habitsOf(account, message.to).sms;
  const held: Fields[] = [];
  if (queuedMs > 0) await account.line.pause(queuedMs);
  for (const { status, errorCode } of stepsTo(outcome)) {
    if (!(await account.line.pause(stepMs(account)))) return;
    message.status = status;
    message.updatedAt = account.now();
    message.errorCode = errorCode;
    if (status !== "queued") message.sentAt ??= message.updatedAt;
    note(account, { kind: "text", what: status, sid: message.sid, number: message.to, text: message.body });
    if (message.statusCallback === undefined) continue;
    const fields = statusFields(account, message);
    if (account.orders.reordering) held.unshift(fields);
    else void account.line.track(postStatus(account, message.statusCallback, fields));
  }
  for (const fields of held) await postStatus(account, message.statusCallback ?? "", fields);
}

function statusFields(account: Account, message: MessageRecord): Fields {
  return {
    AccountSid: account.sid,
    ApiVersion: apiVersion,
    From: message.from,
    MessageSid: message.sid,
    MessageStatus: message.status,
    SmsSid: message.sid,
    SmsStatus: message.status,
    To: message.to,
    ...(message.messagingServiceSid ? { MessagingServiceSid: message.messagingServiceSid } : {}),
    ...(message.errorCode ? { ErrorCode: String(message.errorCode) } : {}),
  };
}
