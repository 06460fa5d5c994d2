// Phones as actors: what a test or the page lets their people see, hear and press.
import { type Account, type CallHabit, habitsOf, note, type SmsOutcome } from "./account.js";
import { giveKey, whenIdle } from "./call-line.js";
import type { CallDesk } from "./calls.js";
import type { MessageDesk } from "./messages.js";
import type { AnsweredBy, CallRecord, MessageRecord, Said } from "./records.js";

/** A text on a phone. */
export interface TextSight {
  readonly sid: string;
  readonly from: string;
  readonly body: string;
  readonly at: Date;
  readonly segments: number;
  readonly messagingServiceSid: string | undefined;
}

/** A call as the person knows it. */
export interface CallSight {
  readonly sid: string;
  readonly from: string;
  readonly to: string;
  readonly at: Date;
  readonly status: CallRecord["status"];
  readonly said: readonly Said[];
  /** All that was said, one sentence or prompt a line. */
  readonly heard: string;
  readonly keys: string;
  readonly answeredBy: AnsweredBy | undefined;
  /** Error that ended the conversation, as the Twilio debugger has it. */
  readonly errorCode: number | undefined;
}

/** How a phone behaves by itself; what is left out stays as it is. */
export interface Behaviour {
  readonly sms?: SmsOutcome;
  readonly calls?: CallHabit;
  /** What detection says when a person answers; "human" unless told. */
  readonly heardAs?: AnsweredBy;
}

/** A phone. Its acts on a call mean the call that rings or is under way, the latest if there are several. */
export interface Phone {
  readonly number: string;
  behaves(behaviour: Behaviour): void;
  /** Texts that arrived, oldest first. */
  texts(): TextSight[];
  /** Calls that reached the phone, oldest first. */
  calls(): CallSight[];
  waitsForText(pattern?: string | RegExp, ms?: number): Promise<TextSight>;
  /** Waits until the phone rings. */
  waitsForCall(ms?: number): Promise<CallSight>;
  /** Waits until everything that was said in the latest call matches. */
  waitsToHear(pattern: string | RegExp, ms?: number): Promise<CallSight>;
  /** Answers, and resolves when the bot has said its part. */
  answer(): Promise<CallSight>;
  /** The answering machine picks up. */
  goesToVoicemail(): Promise<CallSight>;
  /** Presses keys, and resolves when the bot has said its part. */
  press(keys: string): Promise<CallSight>;
  hangUp(): CallSight;
  /** Refuses the call: busy. */
  decline(): CallSight;
  /** Lets it ring to the end: no answer. */
  letsItRing(): CallSight;
  /** Writes to a number of the account, by default the one that wrote last; resolves when the bot has answered. */
  reply(body: string, to?: string): Promise<void>;
  /** Whether the person opted out of a sender: a Messaging Service or a number. */
  hasOptedOutOf(sender: string): boolean;
}

/** What a phone needs. */
export interface PhoneDeps {
  readonly account: Account;
  readonly messages: MessageDesk;
  readonly calls: CallDesk;
}

/** Makes an actor of a number. */
export function createPhone(deps: PhoneDeps, number: string): Phone {
  const { account } = deps;
  const texts = (): TextSight[] => textsOn(account, number);
  const calls = (): CallRecord[] => [...account.calls.values()].filter((call) => call.to === number && call.startedAt);
  const latest = (wanted: (call: CallRecord) => boolean): CallRecord | undefined => calls().filter(wanted).at(-1);
  return {
    number,
    behaves: (behaviour) => void Object.assign(habitsOf(account, number), behaviour),
    texts,
    calls: () => calls().map(callSight),
    waitsForText: (pattern = "", ms) =>
      account.log.waitUntil(() => texts().find(({ body }) => matches(body, pattern)), `text to ${number}`, ms),
    waitsForCall: (ms) =>
      account.log.waitUntil(() => optionalSight(latest(({ status }) => status === "ringing")), `call to ${number}`, ms),
    waitsToHear: (pattern, ms) =>
      account.log.waitUntil(
        () => optionalSight(latest((call) => matches(heardIn(call), pattern))),
        `call to ${number} in which ${pattern} was said`,
        ms,
      ),
    ...hands(deps, number, calls),
    async reply(body, to = texts().at(-1)?.from) {
      if (to === undefined) throw new Error(`Nobody wrote to ${number}: say to which number it replies`);
      if (!account.numbers.has(to)) throw new Error(`${to} is not a number of the account`);
      await deps.messages.receive(number, to, body);
    },
    hasOptedOutOf: (sender) => account.optedOut.has(`${sender} ${number}`),
  };
}

type Hands = Pick<Phone, "answer" | "goesToVoicemail" | "press" | "hangUp" | "decline" | "letsItRing">;

function hands({ account, calls: desk }: PhoneDeps, number: string, calls: () => CallRecord[]): Hands {
  const current = (...statuses: CallRecord["status"][]): CallRecord => {
    const found = calls()
      .filter(({ status }) => statuses.includes(status))
      .at(-1);
    if (!found) throw new Error(`${number} has no call that is ${statuses.join(" or ")}`);
    return found;
  };
  const pickUp = async (by: AnsweredBy): Promise<CallSight> => {
    const call = current("ringing");
    await desk.pickUp(call, by);
    return callSight(call);
  };
  const end = (call: CallRecord, status: CallRecord["status"]): CallSight => {
    desk.end(call, status);
    return callSight(call);
  };
  return {
    answer: () => pickUp(habitsOf(account, number).heardAs),
    goesToVoicemail: () => pickUp("machine_start"),
    async press(keys) {
      const call = current("in-progress");
      for (const key of keys) {
        const line = desk.lineOf(call);
        if (!line) break;
        note(account, { kind: "call", what: "pressed", sid: call.sid, number, text: key });
        giveKey(line, key);
        await whenIdle(line);
      }
      return callSight(call);
    },
    hangUp: () => end(current("in-progress"), "completed"),
    decline: () => end(current("ringing"), "busy"),
    letsItRing: () => end(current("ringing"), "no-answer"),
  };
}

function textsOn(account: Account, number: string): TextSight[] {
  const arrived = (account.messagesTo.get(number) ?? []).filter((message) => hasArrived(account, message));
  return arrived.map(({ sid, from, body, sentAt, createdAt, segments, messagingServiceSid }) => {
    return { sid, from, body, at: sentAt ?? createdAt, segments, messagingServiceSid };
  });
}

function hasArrived(account: Account, { status, to }: MessageRecord): boolean {
  return status === "delivered" || (status === "sent" && typeof habitsOf(account, to).sms === "string");
}

function callSight(call: CallRecord): CallSight {
  const { sid, from, to, status, answeredBy, errorCode, keys, createdAt, startedAt } = call;
  const said = [...call.said];
  return { sid, from, to, status, answeredBy, errorCode, keys, said, heard: heardIn(call), at: startedAt ?? createdAt };
}

function optionalSight(call: CallRecord | undefined): CallSight | undefined {
  return call && callSight(call);
}

function heardIn(call: CallRecord): string {
  return call.said.map(({ text }) => text).join("\n");
}

function matches(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}
