// What happened in the workspace, in order: what tests assert on and what the demo narrates.
import type { Json, WireBlock } from "./wire.js";

/** What one line of the transcript is about. */
export type TranscriptKind =
  | "call" // the bot called the Web API
  | "message" // a message appeared, from the bot or a person
  | "message-changed"
  | "message-deleted"
  | "view" // a form or home tab was opened, pushed, updated, published or closed
  | "channel" // a channel was created, renamed, archived, given a topic ...
  | "membership"
  | "pin"
  | "bookmark"
  | "reaction"
  | "request" // something was sent to the bot
  | "failure"; // what a person saw because the bot did not answer properly

/** One line of the transcript; `what` refines the kind, and the other fields are there when they apply. */
export interface TranscriptEntry {
  readonly index: number;
  readonly at: Date;
  readonly kind: TranscriptKind;
  readonly what: string;
  readonly by: "bot" | "person" | "workspace";
  /** Handle of the person who acted, or to whom it was shown. */
  readonly person?: string;
  /** Web API method, for calls. */
  readonly method?: string;
  readonly ok?: boolean;
  readonly error?: string;
  /** HTTP status of the bot's or of Slack's answer. */
  readonly status?: number;
  readonly channel?: string;
  readonly channelName?: string;
  readonly ts?: string;
  readonly threadTs?: string;
  /** Text as a person would read it, with mentions and dates resolved and blocks flattened. */
  readonly text?: string;
  readonly blocks?: readonly WireBlock[];
  readonly ephemeral?: boolean;
  readonly direct?: boolean;
  readonly metadata?: unknown;
  /** Arguments of a call, payload of a request. */
  readonly body?: Json;
}

/** A Web API call that was refused, with the validator's messages when there are any. */
export interface RecordedRefusal {
  readonly method: string;
  readonly error: string;
  readonly messages: readonly string[];
}

/** The ordered record of the workspace. */
export interface Transcript {
  readonly entries: readonly TranscriptEntry[];
  readonly refusals: readonly RecordedRefusal[];
  /** Web API methods that the bot called and Slack or this workspace does not know. */
  readonly unknownMethods: readonly string[];
  /** Waits for an entry, past or future, and fails with the latest entries when none comes within `ms` (default 2,000). */
  waitFor(predicate: (entry: TranscriptEntry) => boolean, ms?: number, fromIndex?: number): Promise<TranscriptEntry>;
  /** Entries recorded since an index, which is usually an earlier `entries.length`. */
  since(index: number): readonly TranscriptEntry[];
  /** Calls the listener for every new entry until the returned function is called. */
  subscribe(listener: (entry: TranscriptEntry) => void): () => void;
  /** The last entries as readable lines. */
  narrate(last?: number): string;
}

/** The transcript with the functions that only the workspace itself may use. */
export interface WritableTranscript extends Transcript {
  add(entry: Omit<TranscriptEntry, "index" | "at">): TranscriptEntry;
  addRefusal(refusal: RecordedRefusal): void;
  addUnknownMethod(method: string): void;
}

/** Creates an empty transcript whose entries are dated by the given clock. */
export function createTranscript(now: () => Date): WritableTranscript {
  const entries: TranscriptEntry[] = [];
  const refusals: RecordedRefusal[] = [];
  const unknownMethods: string[] = [];
  const listeners = new Set<(entry: TranscriptEntry) => void>();

  function add(entry: Omit<TranscriptEntry, "index" | "at">): TranscriptEntry {
    const full: TranscriptEntry = { index: entries.length, at: now(), ...entry };
    entries.push(full);
    for (const listener of [...listeners]) listener(full);
    return full;
  }

  function subscribe(listener: (entry: TranscriptEntry) => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  function waitFor(predicate: (entry: TranscriptEntry) => boolean, ms = 2000, fromIndex = 0): Promise<TranscriptEntry> {
    const past = entries.slice(fromIndex).find(predicate);
    if (past) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const unsubscribe = subscribe((entry) => {
        if (!predicate(entry)) return;
        clearTimeout(timer);
        unsubscribe();
        resolve(entry);
      });
      const timer = setTimeout(() => {
        unsubscribe();
        reject(new Error(`Nothing matched within ${ms} ms. The last entries were:\n${narration(entries)}`));
      }, ms);
    });
  }

  return {
    entries,
    refusals,
    unknownMethods,
    add,
    addRefusal: (refusal) => refusals.push(refusal),
    addUnknownMethod: (method) => unknownMethods.push(method),
    waitFor,
    since: (index) => entries.slice(index),
    subscribe,
    narrate: (last) => narration(entries, last),
  };
}

function narration(entries: readonly TranscriptEntry[], last = 15): string {
  return entries.slice(-last).map(describeEntry).join("\n");
}

/** One entry as a line of plain text. */
function describeEntry(entry: TranscriptEntry): string {
  const parts = [`${entry.index}`, entry.by, entry.kind, entry.what];
  if (entry.person) parts.push(`@${entry.person}`);
  if (entry.channelName) parts.push(`#${entry.channelName}`);
  if (entry.ephemeral) parts.push("(ephemeral)");
  if (entry.error) parts.push(`error=${entry.error}`);
  if (entry.text) parts.push(`"${entry.text.length > 200 ? `${entry.text.slice(0, 200)}…` : entry.text}"`);
  return parts.join(" ");
}
