// The state of the Twilio account that the stand-in plays: who may send, who must not be written to, and what happened.
import type { CallbackLine } from "./callback-line.js";
import type { Chance } from "./chance.js";
import type { EventLog, WritableEventLog } from "./event-log.js";
import type { CallbackOrders } from "./faults.js";
import type { AnsweredBy, CallRecord, MessageRecord } from "./records.js";

/** A number that the account owns; a short code has no plus sign. */
export interface OwnedNumber {
  readonly number: string;
  readonly sms: boolean;
  readonly voice: boolean;
}

/** A Messaging Service: a pool of owned numbers. */
export interface MessagingService {
  readonly sid: string;
  readonly numbers: readonly string[];
}

/** What becomes of a text on its way; "sent" is a carrier that gives no report. */
export type SmsOutcome = "delivered" | "sent" | { readonly undelivered: number } | { readonly failed: number };

/** What a phone does when it rings; "by-hand" waits for its person. */
export type CallHabit = "by-hand" | "answers" | "voicemail" | "busy" | "no-answer" | "unreachable";

/** What a line of the record is about. */
export type TwilioEventKind = "text" | "reply" | "call" | "callback" | "request" | "alert";

/** One line of the record. */
export interface TwilioEvent {
  readonly at: Date;
  readonly kind: TwilioEventKind;
  /** A status, a verb of TwiML or a word such as "accepted", "refused", "pressed". */
  readonly what: string;
  readonly sid?: string;
  /** The number of the person concerned. */
  readonly number?: string;
  readonly text?: string;
  readonly code?: number;
}

/** An entry of the Twilio debugger. */
export interface TwilioAlert {
  readonly at: Date;
  readonly code: number;
  readonly sid: string;
  readonly message: string;
}

/** How a phone behaves. */
export interface PhoneHabits {
  sms: SmsOutcome;
  calls: CallHabit;
  /** What detection says when a person answers. */
  heardAs: AnsweredBy;
}

/** Times and rates that the account works with. */
export interface AccountPace {
  /** Real milliseconds between the statuses of a message and of a call, least and most. */
  readonly stepMs: readonly [number, number];
  /** Real milliseconds of one second of telephony: of ringing, pauses and waiting for a key. */
  readonly secondMs: number;
  /** Parts per second of each sender; no limit unless set. */
  readonly segmentsPerSecond: number | undefined;
  /** Calls begun per second; no limit unless set. */
  readonly callsPerSecond: number | undefined;
}

/** The account. */
export interface Account extends AccountPace {
  readonly sid: string;
  readonly authToken: string;
  readonly now: () => Date;
  readonly numbers: ReadonlyMap<string, OwnedNumber>;
  readonly services: ReadonlyMap<string, MessagingService>;
  readonly landlines: ReadonlySet<string>;
  /** Prefixes of the numbers that may be written to and called. */
  readonly regions: readonly string[];
  /** Stop words besides the usual ones; with them the account has Advanced Opt-Out. */
  readonly stopWords: readonly string[];
  readonly messages: Map<string, MessageRecord>;
  readonly messagesTo: Map<string, MessageRecord[]>;
  readonly calls: Map<string, CallRecord>;
  readonly habits: Map<string, PhoneHabits>;
  /** Sender and person, as `optOutKey` joins them. */
  readonly optedOut: Set<string>;
  readonly alerts: TwilioAlert[];
  readonly line: CallbackLine;
  readonly log: WritableEventLog<TwilioEvent>;
  readonly orders: CallbackOrders;
  readonly chance: Chance;
}

/** The record as others see it. */
export type TwilioLog = EventLog<TwilioEvent>;

/** The sender that an opt-out counts for: the service that a number belongs to, or the number. */
export function senderOf(account: Account, number: string): string {
  for (const service of account.services.values()) if (service.numbers.includes(number)) return service.sid;
  return number;
}

/** Names a pair of sender and person. */
export function optOutKey(sender: string, person: string): string {
  return `${sender} ${person}`;
}

/** The habits of a phone, made when first asked for. */
export function habitsOf(account: Account, number: string): PhoneHabits {
  const known = account.habits.get(number);
  if (known) return known;
  const usual = account.habits.get("*");
  const made: PhoneHabits = { sms: "delivered", calls: "by-hand", heardAs: "human", ...usual };
  account.habits.set(number, made);
  return made;
}

/** Adds a line to the record. */
export function note(account: Account, event: Omit<TwilioEvent, "at">): void {
  account.log.add({ at: account.now(), ...event });
}

/** Adds an entry to the debugger. */
export function alert(account: Account, code: number, sid: string, message: string): void {
  account.alerts.push({ at: account.now(), code, sid, message });
  note(account, { kind: "alert", what: "alert", sid, code, text: message });
}

/** Draws a time between two statuses. */
export function stepMs({ chance, stepMs: [least, most] }: Account): number {
  return least + chance() * (most - least);
}
