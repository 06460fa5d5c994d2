// Tells what the workspace shows, as a person would: who typed what, what the channel says, who was reached.

import type { DemoWords } from "./demo-words.js";
import type { DemoEntry } from "./demo-world.js";

/** Writes the story. */
export type Narrator = {
  /** A line about what a person does, with the time of the incident. */
  says(text: string): void;
  /** Tells everything that has happened since the last time. */
  tells(): void;
  /** Text of several lines, indented. */
  quotes(text: string): void;
  plain(text: string): void;
  lines(): number;
};

const WIDTH = 150;
const INDENT = " ".repeat(10);

const clip = (text: string): string => (text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text);
const isButtons = (line: string): boolean => /^\[.*\]$/.test(line.trim());
const isCard = (text: string): boolean => /^INC-\d+ ·/.test(text);
const oneLine = (text: string): string =>
  text
    .split("\n")
    .filter((line) => !isButtons(line))
    .map((line) => line.trim())
    .join(" · ");
const dues = (card: string): string =>
  card
    .split("\n")
    .filter((line) => /: (resposta|resolução|response|resolution)/.test(line))
    .map((line) => line.trim())
    .join("; ");

const isPosted = (entry: DemoEntry): boolean =>
  entry.kind === "message" && entry.what === "posted" && entry.by === "bot";

/** Creates a narrator over the growing list of entries. */
export const createNarrator = (options: {
  readonly entries: readonly DemoEntry[];
  readonly now: () => Date;
  readonly zone: string;
  readonly words: DemoWords;
  readonly write: (line: string) => void;
}): Narrator => {
  const { entries, words, write } = options;
  const clock = new Intl.DateTimeFormat("pt-BR", {
    timeZone: options.zone,
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
  let told = 0;
  let count = 0;
  const line = (text: string): void => {
    count += 1;
    write(`${clip(text)}\n`);
  };
  const under = (text: string): void => line(`${INDENT}${text}`);

  const tellPlaces = (fresh: readonly DemoEntry[]): void => {
    for (const entry of fresh) {
      if (entry.kind === "channel" && entry.what === "created") under(words.created(entry.channelName ?? ""));
      if (entry.kind === "channel" && entry.what === "topic" && entry.text) under(words.topic(entry.text));
    }
    const joined = fresh
      .filter((entry) => entry.kind === "message" && entry.what === "channel_join")
      .map((entry) => `@${entry.person}`);
    if (joined.length > 0) under(words.invited(joined.join(" ")));
  };

  // What ends a clock is worth its lines; a page is worth one.
  const tellRoom = (entry: DemoEntry): void => {
    const text = entry.text ?? "";
    const where = entry.channelName?.startsWith("inc-") ? words.inRoom : `#${entry.channelName}`;
    const [first = "", ...rest] = text.split("\n").filter((part) => !isButtons(part));
    const ends = words.resolved.test(text);
    if (isCard(text)) under(dues(text) === "" ? `${where}: ${first}` : `${words.pinned}: ${dues(text)}`);
    else under(`${where}: ${ends ? first : oneLine(text)}`);
    if (ends) for (const part of rest) under(`| ${part.trim()}`);
  };

  const tellMessages = (fresh: readonly DemoEntry[]): void => {
    const posted = fresh.filter(isPosted);
    for (const entry of posted) if (!entry.direct && !entry.ephemeral) tellRoom(entry);
    const direct = posted.filter((entry) => entry.direct);
    if (direct.length > 0) under(words.direct([...new Set(direct.map((entry) => `@${entry.person}`))].join(" ")));
  };

  return {
    says: (text) => line(`${clock.format(options.now())}  ${text}`),
    tells() {
      const fresh = entries.slice(told);
      told = entries.length;
      tellPlaces(fresh);
      tellMessages(fresh);
    },
    quotes(text) {
      for (const part of text.split("\n")) if (!isButtons(part)) under(`| ${part.trim()}`);
    },
    plain: line,
    lines: () => count,
  };
};
