// One call while it lasts: who waits for what, and how time and keys reach the conversation.
import { setTimeout as wait } from "node:timers/promises";
import type { CallRecord } from "./records.js";

/** The keys that a Gather collects. */
export interface Collector {
  readonly most: number | undefined;
  readonly finishKey: string;
  digits: string;
  /** Whether the answer is complete. */
  done: boolean;
}

/** A call under way. */
export interface CallLine {
  readonly call: CallRecord;
  /** Aborted when the call ends. */
  readonly over: AbortController;
  /** Callbacks held back to be sent in reverse order. */
  readonly held: Readonly<Record<string, string>>[];
  sequence: number;
  collector: Collector | undefined;
  /** Ends the present wait. */
  hurry: AbortController | undefined;
  /** A document that takes the place of the present one. */
  redirect: { readonly url?: string; readonly twiml?: string } | undefined;
  /** Whether the bot is being asked what comes next. */
  busy: boolean;
  waiting: (() => void)[];
}

/** Opens the line of a new call. */
export function openCallLine(call: CallRecord): CallLine {
  return {
    call,
    over: new AbortController(),
    held: [],
    sequence: 0,
    collector: undefined,
    hurry: undefined,
    redirect: undefined,
    busy: false,
    waiting: [],
  };
}

/** Lets time pass in the conversation, until the call is hurried or over. */
export async function letPass(line: CallLine, ms: number): Promise<void> {
  if (line.over.signal.aborted) return;
  const hurry = new AbortController();
  line.hurry = hurry;
  const signal = AbortSignal.any([hurry.signal, line.over.signal]);
  markIdle(line);
  await wait(ms, undefined, { signal }).catch(() => undefined);
  line.hurry = undefined;
}

/** Says that the conversation waits for the person. */
export function markIdle(line: CallLine): void {
  line.busy = false;
  const waiting = line.waiting;
  line.waiting = [];
  for (const resume of waiting) resume();
}

/** Resolves when the conversation waits for the person, or is over. */
export function whenIdle(line: CallLine): Promise<void> {
  if (!line.busy) return Promise.resolve();
  return new Promise((resolve) => {
    line.waiting.push(resolve);
  });
}

/** Ends the present wait; what follows is the bot's turn. */
export function hurry(line: CallLine): void {
  if (!line.hurry) return;
  line.busy = true;
  line.hurry.abort();
}

/** Gives a key to the conversation; without a Gather nobody listens. A key that completes nothing begins the wait again. */
export function giveKey(line: CallLine, key: string): void {
  const { collector } = line;
  line.call.keys += key;
  if (!collector || collector.done) return;
  if (key !== collector.finishKey) collector.digits += key;
  collector.done = key === collector.finishKey || collector.digits.length === collector.most;
  if (collector.done) hurry(line);
  else line.hurry?.abort();
}
