// Snapshots, voices and plain renderings of cards, so that tests can read what a person reads.
import type { Card, CardBlock, Line } from "../../../src/chat/card.js";
import { plainText } from "../../../src/chat/plain-text.js";
import type { Language, Voice } from "../../../src/chat/voice.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import type { IncidentSnapshot } from "../../../src/domain/incident/snapshot.js";
import type { Policy } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { MONDAY_10, type Story } from "../../support/incident-builders.js";

const capital = (id: string): string => id.charAt(0).toUpperCase() + id.slice(1);

/** How the bot talks with a reader in São Paulo. */
export const aVoice = (language: Language = "pt-BR", command?: string): Voice => ({
  language,
  zone: "America/Sao_Paulo",
  personName: capital,
  customerName: capital,
  ...(command === undefined ? {} : { command }),
});

/** A story as readers see it at an instant. */
export const snapshotOf = (
  story: Story,
  at: Date = MONDAY_10,
  policy: Policy = cuboSuitePolicyV1,
): IncidentSnapshot => ({ incident: story.incident, sheet: sheetOf(story.incident, policy, at), policy, at });

const wordsOf = (line: Line, voice: Voice): string =>
  line
    .map((span) => {
      if (span.kind === "room") return "#room";
      if (span.kind === "person" && span.notify) return `@${voice.personName(span.person)}`;
      return plainText([span], voice);
    })
    .join("");

const readBlock = (block: CardBlock, voice: Voice): readonly string[] => {
  switch (block.kind) {
    case "lines":
    case "context":
      return block.lines.map((line) => wordsOf(line, voice));
    case "fields":
      return block.fields.map(({ label, value }) => `${label}: ${wordsOf(value, voice)}`);
    case "quote":
      return [`> ${block.text}`];
    case "buttons":
      return [block.buttons.map(({ label }) => `[${label}]`).join(" ")];
    case "divider":
      return [];
  }
};

/** All lines of a card as plain words; quotations begin with ">", buttons stand in brackets. */
export const read = (card: Card, voice: Voice = aVoice()): string => {
  const blocks = card.blocks.flatMap((block) => readBlock(block, voice));
  return [...(card.header === undefined ? [] : [card.header]), ...blocks].join("\n");
};
