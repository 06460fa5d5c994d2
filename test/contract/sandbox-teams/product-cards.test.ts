// The stand-in's reading of cards against the product's writing of them: what one renders the other takes, word for word.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Card } from "../../../src/chat/card.js";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { personalCard } from "../../../src/chat/cards/personal-card.js";
import { markdownText } from "../../../src/sandbox/teams/markdown-text.js";
import { cardProblems } from "../../../src/sandbox/teams/validate-card.js";
import { escapeMarkdown } from "../../../src/teams/card-markdown.js";
import { renderAdaptiveCard } from "../../../src/teams/render-adaptive-card.js";
import { person } from "../../support/incident-builders.js";
import { toldStory } from "../../unit/chat/card-stories.js";
import { aVoice } from "../../unit/chat/told-snapshots.js";

const lookup = {
  mention: (id: string) => ({ id: `29:${id}`, name: id }),
  personName: (id: string) => id,
  room: { url: "https://teams.microsoft.com/l/channel/19%3Aabc", label: "INC-1" },
};
const reader = { language: "pt-BR", timezone: "America/Sao_Paulo" } as const;
const read = (markdown: string): string => markdownText(markdown, reader, new Set());

test("every card of every story of the product is taken", () => {
  fc.assert(
    fc.property(toldStory, (told) => {
      for (const { notice, snapshot, to } of told) {
        const voice = aVoice("pt-BR", "@Plantão");
        const said: Card =
          to === null ? cardFor(notice, snapshot, voice) : personalCard(notice, snapshot, voice, person(to));
        expect(cardProblems(renderAdaptiveCard(said, lookup).card)).toEqual([]);
      }
    }),
    { numRuns: 40 },
  );
});

test("text that the product wrote as plain is read as exactly that text", () => {
  const pieces = fc.constantFrom(
    ..."ab1 .)*_~`[](){}<>&;#+-|/!\\",
    "<at>",
    "{{TIME(2026-01-01T00:00:00Z)}}",
    "**x**",
    "&nbsp;",
    "ção",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (parts) => {
      const text = parts.join("");
      expect(read(escapeMarkdown(text))).toBe(text);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["**forte** e _leve_", "forte e leve"],
  ["um_nome_longo e 2 * 3 * 4", "um_nome_longo e 2 * 3 * 4"],
  ["[rótulo](https://x.example/a)", "rótulo"],
  ["{{DATE(2026-11-23T13:10:00Z, COMPACT)}} {{TIME(2026-11-23T13:10:00Z)}}", "23/11/2026 10:10"],
  ["{{TIME(2026-11-23T13:10:00.000Z)}}", "{{TIME(2026-11-23T13:10:00.000Z)}}"],
  ["{{TIME(amanhã)}}", "{{TIME(amanhã)}}"],
  ["<at>Ana</at>", "<at>Ana</at>"],
])("%s is read as %s", (markdown, text) => {
  expect(read(markdown)).toBe(text);
});
