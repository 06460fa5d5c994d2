// The event webhook's posts (twilio.com/docs/sendgrid/for-developers/tracking-events/event): foreign data, of which
// only the kind and our own opaque names are read.

import type { SuppressionReason } from "../../ports/suppressions.js";
import type { MailEvent } from "../broadcast/take-mail-events.js";

/** Events that are about one of our parcels; null when the post is no list of events. */
export function readEvents(text: string): readonly MailEvent[] | null {
  const posted = parsed(text);
  if (!Array.isArray(posted)) return null;
  return posted.flatMap((event: unknown): MailEvent[] => {
    const [kind, token] = [textOf(event, "event"), textOf(event, "b")];
    if (kind === null || token === null || !/^[a-z0-9]{12,64}$/.test(token)) return [];
    const place = textOf(event, "r");
    const index = place !== null && /^\d{1,3}$/.test(place) ? Number(place) : null;
    return [{ token, index, ...meaningOf(kind, event) }];
  });
}

type Meaning = Pick<MailEvent, "failure" | "suppress">;
const TAKEN: Meaning = { failure: null, suppress: null };

function meaningOf(kind: string, event: unknown): Meaning {
  switch (kind) {
    case "bounce":
      // A block is the receiver's passing refusal of this one message; the address stays good.
      if (textOf(event, "type") === "blocked") return { failure: "mail_blocked", suppress: null };
      return { failure: "mail_bounced", suppress: "bounced" };
    case "dropped":
      return { failure: "mail_dropped", suppress: whyDropped(textOf(event, "reason") ?? "") };
    case "spamreport":
      return { failure: "mail_spam_report", suppress: "spam_report" };
    case "unsubscribe":
    case "group_unsubscribe":
      return { failure: null, suppress: "unsubscribed" };
    default:
      return TAKEN;
  }
}

function whyDropped(reason: string): SuppressionReason | null {
  if (/bounced/i.test(reason)) return "bounced";
  if (/spam report/i.test(reason)) return "spam_report";
  if (/unsubscribed/i.test(reason)) return "unsubscribed";
  return /invalid/i.test(reason) ? "unreachable" : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function textOf(source: unknown, name: string): string | null {
  if (typeof source !== "object" || source === null || !Object.hasOwn(source, name)) return null;
  const value: unknown = Reflect.get(source, name);
  return typeof value === "string" ? value : null;
}
