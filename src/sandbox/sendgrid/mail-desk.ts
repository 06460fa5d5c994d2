// Takes valid requests and carries the copies to their mailboxes, telling each step as an event.
import { randomBytes } from "node:crypto";
import type { CallbackLine } from "../twilio/callback-line.js";
import type { Chance } from "../twilio/chance.js";
import type { WritableEventLog } from "../twilio/event-log.js";
import type { EventWebhook, MailEvent } from "./event-webhook.js";
import { arrives, firstEvents, lastEvents, type MailOutcome, suppressionAfter, type ToldMail } from "./mail-events.js";
import { type MailRequest, mailboxKey, type Personalization, recipientsOf } from "./mail-request.js";
import type { ArrivedMail } from "./mailbox.js";

/** One line of the record. */
export interface MailLogEntry {
  readonly at: Date;
  /** "accepted" and "refused" are about requests, "arrived" and "lost" about single copies. */
  readonly kind: "accepted" | "refused" | "arrived" | "lost";
  readonly messageId?: string;
  readonly address?: string;
  readonly text?: string;
}

/** A request that was accepted, for counting. */
export interface AcceptedMail {
  readonly messageId: string;
  readonly at: Date;
  readonly recipients: readonly string[];
  readonly customArgs: Readonly<Record<string, string>>;
  readonly subject: string;
}

/** What the desk works with. */
export interface MailDeskDeps {
  readonly now: () => Date;
  readonly lean: boolean;
  readonly stepMs: readonly [number, number];
  readonly chance: Chance;
  readonly line: CallbackLine;
  readonly webhook: EventWebhook;
  readonly log: WritableEventLog<MailLogEntry>;
}

/** The desk. */
export interface MailDesk {
  /** Accepts a request and answers its X-Message-Id. */
  accept(mail: MailRequest): string;
  /** Says what becomes of mail to an address; "*" means every other one. */
  outcome(address: string, outcome: MailOutcome): void;
  readonly accepted: readonly AcceptedMail[];
  /** Copies accepted for each address. */
  readonly copies: ReadonlyMap<string, number>;
  arrivedAt(address: string): readonly ArrivedMail[];
  readonly addresses: () => string[];
}

interface Copy {
  readonly email: string;
  readonly personalization: Personalization;
  readonly outcome: MailOutcome;
}

/** Opens the desk. */
export function createMailDesk(deps: MailDeskDeps): MailDesk {
  const { line, log, now, lean } = deps;
  const outcomes = new Map<string, MailOutcome>();
  const accepted: AcceptedMail[] = [];
  const copies = new Map<string, number>();
  const mailboxes = new Map<string, ArrivedMail[]>();

  function outcomeFor(email: string, mail: MailRequest): MailOutcome {
    const found = outcomes.get(mailboxKey(email)) ?? outcomes.get("*") ?? "delivered";
    const suppressed = typeof found === "object" && "dropped" in found;
    return suppressed && mail.mail_settings?.bypass_list_management?.enable ? "delivered" : found;
  }

  function put(messageId: string, mail: MailRequest, { email, personalization }: Copy): void {
    const key = mailboxKey(email);
    const box = mailboxes.get(key) ?? [];
    mailboxes.set(key, box);
    box.push({ messageId, at: now(), mail, personalization });
  }

  async function carry(messageId: string, mail: MailRequest, all: readonly Copy[]): Promise<void> {
    const tell = (events: (told: ToldMail, outcome: MailOutcome) => readonly MailEvent[]): void => {
      const timestamp = Math.floor(now().getTime() / 1000);
      deps.webhook.emit(() => all.flatMap((copy) => events({ ...copy, messageId, mail, timestamp }, copy.outcome)));
    };
    if (!(await line.pause(waitMs(deps, mail, all)))) return;
    tell(firstEvents);
    if (!(await line.pause(stepMs(deps)))) return;
    for (const copy of all) {
      const reached = arrives(copy.outcome);
      if (reached && !lean) put(messageId, mail, copy);
      log.add({ at: now(), kind: reached ? "arrived" : "lost", messageId, address: copy.email });
      const reason = suppressionAfter(copy.outcome);
      if (reason) outcomes.set(mailboxKey(copy.email), { dropped: reason });
    }
    tell(lastEvents);
  }

  return {
    accepted,
    copies,
    outcome: (address, outcome) => void outcomes.set(mailboxKey(address), outcome),
    arrivedAt: (address) => mailboxes.get(mailboxKey(address)) ?? [],
    addresses: () => [...copies.keys()],
    accept(mail) {
      const messageId = randomBytes(16).toString("base64url");
      const all: Copy[] = [];
      for (const personalization of mail.personalizations)
        for (const { email } of recipientsOf(personalization))
          all.push({ email, personalization, outcome: outcomeFor(email, mail) });
      for (const { email } of all) copies.set(mailboxKey(email), (copies.get(mailboxKey(email)) ?? 0) + 1);
      const recipients = all.map(({ email }) => email);
      const subject = mail.subject ?? mail.personalizations[0]?.subject ?? "";
      accepted.push({ messageId, at: now(), recipients, customArgs: mail.custom_args ?? {}, subject });
      log.add({ at: now(), kind: "accepted", messageId, text: subject });
      for (const group of groupsBySendAt(mail, all)) void line.track(carry(messageId, mail, group));
      return messageId;
    },
  };
}

function stepMs({ chance, stepMs: [least, most] }: MailDeskDeps): number {
  return least + chance() * (most - least);
}

/** Until the copies are handed on: a step, or the time of sending that was asked for. */
function waitMs(deps: MailDeskDeps, mail: MailRequest, [first]: readonly Copy[]): number {
  const asked = first?.personalization.send_at ?? mail.send_at;
  return asked === undefined ? stepMs(deps) : Math.max(stepMs(deps), asked * 1000 - Date.now());
}

/** Copies that are sent at the same time. */
function groupsBySendAt(mail: MailRequest, copies: readonly Copy[]): Iterable<readonly Copy[]> {
  const groups = new Map<number | undefined, Copy[]>();
  for (const copy of copies) {
    const sendAt = copy.personalization.send_at ?? mail.send_at;
    const group = groups.get(sendAt);
    if (group) group.push(copy);
    else groups.set(sendAt, [copy]);
  }
  return groups.values();
}
