// The e-mail of one group of readers, made once, and what each reader's keys stand for.

import type { MailContent } from "../../ports/outbox.js";
import { customerMailTemplate } from "../../render/customer-mail.js";
import type { ReaderGroup } from "./readers.js";

/** What messages are made of, apart from who reads them. */
export type MessageWords = Omit<Parameters<typeof customerMailTemplate>[0], "group">;

/** Words for a group of readers. */
export type GroupWords = {
  readonly content: Omit<MailContent, "id">;
  /** Values of the keys for one reader, in the order of `content.keys`. */
  readonly valuesFor: (names: { readonly name: string; readonly customerName: string }) => readonly string[];
};

const ANYBODY = { name: "a", customerName: "b" };
/** Names that mean the same in text and in HTML and that no cleaning changes: nearly all of them. */
const PLAIN_NAME = /^[A-Za-z0-9À-ÖØ-öø-ÿ]+(?: [A-Za-z0-9À-ÖØ-öø-ÿ]+)*$/;
const PLAIN_NAME_MAX = 40;

const isPlain = (name: string): boolean => name.length <= PLAIN_NAME_MAX && PLAIN_NAME.test(name);

/** Makes the words of a group. */
export const mailWords = (words: MessageWords, group: ReaderGroup): GroupWords => {
  const { subject, html, text, keys: keysFor } = customerMailTemplate({ ...words, group });
  const probe = keysFor(ANYBODY);
  const keys = Object.keys(probe);
  const fields = keys.map((key) => (probe[key] === ANYBODY.name ? "name" : "customerName"));
  return {
    content: { keys, subject, html, text },
    valuesFor: (names) => {
      // Cleaning and escaping each of 100,000 names would cost as much as sending to all of them.
      if (fields.every((field) => isPlain(names[field]))) return fields.map((field) => names[field]);
      const values = keysFor(names);
      return keys.map((key) => values[key] ?? "");
    },
  };
};
