// Tells what the workspace shows, as a person would: who typed what, what the channel says, who was reached.

import type { DemoMember } from "./demo-company.js";
import type { DemoWords } from "./demo-words.js";
import type { DemoEntry, DemoText } from "./demo-world.js";

/** Writes the story. */
export type Narrator = {
  /** A line about what a person does, with the time of the incident. */
  says(text: string): void;
  /** Tells everything that has happened since the last time. */
  tells(): void;
  /** Text of several lines, indented. */
  quotes(text: string): void;
  /** Running text, indented, on as many lines as it needs or may have. */
  wraps(text: string, most?: number): void;
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
    .filter((line) => !isButtons(line) && line.trim() !== "")
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

/** Breaks running text between words. */
export const wrap = (text: string, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
};

// The link of each text is of its own, so it is no part of what several people got.
const withoutToken = (body: string): string => body.replace(/(\/t\/)\S+/, "$1…");

/** Creates a narrator over the growing list of entries. */
export const createNarrator = (options: {
  readonly entries: readonly DemoEntry[];
  /** Every SMS so far; those to the staff are told. */
  readonly texts: () => readonly DemoText[];
  readonly staff: readonly DemoMember[];
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
  let texted = 0;
  // What is told once: the topic and the people follow every change, and their first words show what they are.
  let introduced = false;
  let count = 0;
  const line = (text: string): void => {
    count += 1;
    write(`${clip(text)}\n`);
  };
  const under = (text: string): void => line(`${INDENT}${text}`);

  const flow = (text: string, most = Number.POSITIVE_INFINITY): void => {
    const parts = wrap(text, WIDTH - INDENT.length - 4);
    for (const [n, part] of parts.slice(0, most).entries())
      under(`| ${part}${n === most - 1 && parts.length > most ? " …" : ""}`);
  };

  const tellPlaces = (fresh: readonly DemoEntry[]): void => {
    if (introduced) return;
    const joined = fresh.filter((entry) => entry.kind === "message" && entry.what === "channel_join");
    const people = joined.map((entry) => `@${entry.person}`).join(" ");
    for (const entry of fresh) {
      if (entry.kind !== "channel") continue;
      if (entry.what === "created") under(words.created(entry.channelName ?? "", people));
      if (entry.what === "topic" && entry.text) under(words.topic(entry.text));
    }
  };

  // What ends the clocks is worth a line for each customer.
  const tellResults = (sentence: string, rest: readonly string[]): void => {
    const customers = new Map<string, string[]>();
    for (const result of rest.map((part) => part.trim()).filter((part) => words.result.test(part))) {
      const [customer = ""] = result.split(", ");
      customers.set(customer, [...(customers.get(customer) ?? []), result]);
    }
    under(`${sentence} ${rest.at(0)?.trim() ?? ""}`.trim());
    for (const results of customers.values()) under(`| ${results.join(" · ")}`);
  };

  const tellRoom = (entry: DemoEntry): void => {
    const text = entry.text ?? "";
    const where = entry.channelName?.startsWith("inc-") ? words.inRoom : `#${entry.channelName}`;
    const [first = "", ...rest] = text.split("\n").filter((part) => !isButtons(part));
    if (isCard(text)) under(dues(text) === "" ? `${where}: ${first}` : `${words.pinned}: ${dues(text)}`);
    else if (words.resolved.test(first)) tellResults(`${where}: ${first}`, rest);
    // A message that is shown whole follows a blank line, and was told when it was previewed.
    else under(`${where}: ${oneLine(text.split("\n\n")[0]?.replace(/\n\[INC-.*/s, "") ?? text)}`);
  };

  const tellMessages = (fresh: readonly DemoEntry[]): void => {
    const posted = fresh.filter(isPosted);
    for (const entry of posted) if (!entry.direct && !entry.ephemeral) tellRoom(entry);
    const direct = posted.filter((entry) => entry.direct);
    if (direct.length > 0 && !introduced)
      under(words.direct([...new Set(direct.map((entry) => `@${entry.person}`))].join(" ")));
  };

  const inOrder = (names: readonly string[]): string =>
    options.staff
      .map(({ name }) => name.split(" ")[0] ?? name)
      .filter((name) => names.includes(name))
      .join(", ");

  const tellTexts = (): void => {
    const people = new Map<string, string[]>();
    for (const { to, body } of options.texts().slice(texted)) {
      const name = options.staff.find(({ phone }) => phone === to)?.name.split(" ")[0];
      const text = withoutToken(body);
      if (name !== undefined) people.set(text, [...(people.get(text) ?? []), name]);
    }
    texted = options.texts().length;
    for (const [text, names] of people) under(words.texted(inOrder(names), text));
  };

  return {
    says: (text) => line(`${clock.format(options.now())}  ${text}`),
    tells() {
      const fresh = entries.slice(told);
      told = entries.length;
      tellPlaces(fresh);
      tellMessages(fresh);
      tellTexts();
      introduced ||= fresh.some(isPosted);
    },
    quotes(text) {
      for (const part of text.split("\n")) if (!isButtons(part)) under(`| ${part.trim()}`);
    },
    wraps: flow,
    plain: line,
    lines: () => count,
  };
};
