import fc from "fast-check";
import { expect, test } from "vitest";
import type { Card } from "../../../src/chat/card.js";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { personalCard } from "../../../src/chat/cards/personal-card.js";
import { roomName, topicLine } from "../../../src/chat/cards/room-words.js";
import { slaCard } from "../../../src/chat/cards/sla-card.js";
import { timelineCard } from "../../../src/chat/cards/timeline-card.js";
import type { Language } from "../../../src/chat/voice.js";
import { person } from "../../support/incident-builders.js";
import { type Told, toldStory } from "./card-stories.js";
import { contractWords } from "./forbidden-words.js";
import { tellingVoice } from "./told-customers.js";
import { aVoice, read } from "./told-snapshots.js";

const cardsOf = ({ notice, snapshot, to }: Told, language: Language): readonly Card[] => {
  const voice = tellingVoice({ mode: "test", receives: () => false }, language);
  const said = to === null ? cardFor(notice, snapshot, voice) : personalCard(notice, snapshot, voice, person(to));
  // Once for each version of the incident is enough for what shows the incident and not the notice.
  return notice.kind === "incident-card" ? [said, slaCard(snapshot, voice), timelineCard(snapshot, voice)] : [said];
};

test("every card of any incident stays small, complete and in words", () => {
  fc.assert(
    fc.property(toldStory, fc.constantFrom<Language>("pt-BR", "en"), (told, language) => {
      for (const one of told) {
        for (const card of cardsOf(one, language)) {
          expect(card.blocks.length).toBeLessThanOrEqual(10);
          expect(card.summary.trim()).not.toBe("");
          expect((card.header ?? "").length).toBeLessThanOrEqual(150);
          for (const block of card.blocks) {
            if (block.kind === "buttons") expect(block.buttons.length).toBeGreaterThan(0);
            if (block.kind === "lines") expect(block.lines.length).toBeGreaterThan(0);
          }
          expect(read(card, aVoice(language))).not.toMatch(/undefined|NaN|Invalid Date|\[object/u);
        }
        expect(topicLine(one.snapshot, aVoice(language)).length).toBeLessThanOrEqual(250);
        expect(roomName(one.snapshot, 0)).toMatch(/^inc-1(?:-[a-z0-9]+)*$/u);
      }
    }),
    { numRuns: 15 },
  );
});

test("without a recorded contract no card speaks of an SLA or a breach", () => {
  fc.assert(
    fc.property(toldStory, fc.constantFrom<Language>("pt-BR", "en"), (told, language) => {
      const alone = told.filter(({ snapshot }) => snapshot.sheet.rows.every(({ internal }) => internal));
      for (const { notice, snapshot } of alone) {
        const words = read(cardFor(notice, snapshot, aVoice(language, "@Bot")), aVoice(language)).replaceAll(
          "@Bot sla",
          "",
        );
        expect(words.replaceAll(snapshot.incident.title, "")).not.toMatch(contractWords);
      }
    }),
    { numRuns: 15 },
  );
});

test("no drill is ever shown without its mark", () => {
  fc.assert(
    fc.property(toldStory, (told) => {
      for (const one of told.filter(({ snapshot }) => snapshot.incident.kind === "drill")) {
        for (const card of cardsOf(one, "en")) expect(read(card)).toContain("DRILL. None of this reaches customers.");
      }
    }),
    { numRuns: 15 },
  );
});

test("the random incidents give rise to every kind of notice", () => {
  const kinds = new Set(
    fc.sample(toldStory, { numRuns: 70, seed: 7 }).flatMap((told) => told.map(({ notice }) => notice.kind)),
  );
  expect([...kinds].sort()).toEqual(
    [
      ...["announcement", "breached", "cancelled", "closed", "customer-added", "customer-removed", "escalated"],
      ...["identified", "incident-card", "merged-in", "mitigated", "note-added", "notice-approved"],
      ...["notice-discarded", "notice-drafted", "notice-sent", "paused", "reclassified", "regressed"],
      ...["reopened", "repaged", "resolved", "resumed", "reviewed", "role-assigned", "taken"],
    ].sort(),
  );
});
