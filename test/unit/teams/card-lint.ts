// What Teams refuses or misreads and the official parser does not notice, besides the parser itself.
import { createRequire } from "node:module";
import { expect } from "vitest";
import { adaptiveCardLimits } from "../../../src/limits/adaptive-cards.js";
import type { AdaptiveCard, CardElement } from "../../../src/teams/adaptive-card.js";
import { cardBytes } from "../../../src/teams/render-adaptive-card.js";

type Parser = {
  readonly AdaptiveCard: new () => { parse(card: unknown, context: unknown): void; validateProperties(): Validation };
  readonly SerializationContext: new () => Events;
};
type Validation = { readonly validationEvents: readonly { readonly message: string }[] };
type Events = { readonly eventCount: number; getEventAt(index: number): { readonly message: string } };

// The package's ESM build cannot be imported by Node: its specifiers have no extensions.
const require = createRequire(import.meta.url);
const official = require("adaptivecards/dist/adaptivecards.js") as Parser;
const ALLOWED = new Set(["TextBlock", "FactSet", "Container", "ActionSet"]);

/** What the official parser complains about. */
export const parserComplaints = (card: AdaptiveCard): readonly string[] => {
  const context = new official.SerializationContext();
  const parsed = new official.AdaptiveCard();
  parsed.parse(JSON.parse(JSON.stringify(card)), context);
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)];
};

const textsIn = (element: CardElement): readonly string[] => {
  switch (element.type) {
    case "TextBlock":
      return [element.text];
    case "FactSet":
      return element.facts.flatMap(({ title, value }) => [title, value]);
    case "Container":
      return textsOf(element.items);
    case "ActionSet":
      return [];
    case "Input.Text":
    case "Input.ChoiceSet":
    case "Input.Date":
    case "Input.Time":
      return [element.label];
  }
};

/** All Markdown of a card's body. */
export const textsOf = (elements: readonly CardElement[]): readonly string[] => elements.flatMap(textsIn);

/** Fails when a card is not one that Teams takes. */
export const expectTeamsTakes = (card: AdaptiveCard): void => {
  expect(parserComplaints(card)).toEqual([]);
  expect([card.type, card.version]).toEqual(["AdaptiveCard", adaptiveCardLimits.version]);
  expect(cardBytes(card)).toBeLessThanOrEqual(adaptiveCardLimits.cardBytes);
  expect(card.fallbackText.trim()).not.toBe("");
  for (const element of card.body) {
    expect(ALLOWED.has(element.type)).toBe(true);
    if (element.type === "ActionSet")
      expect(element.actions.length).toBeLessThanOrEqual(adaptiveCardLimits.actionsPerSet);
    if (element.type === "FactSet") expect(element.facts.length).toBeGreaterThan(0);
  }
  const texts = textsOf(card.body);
  for (const text of texts) expect(text.trim()).not.toBe("");
  // Teams refuses a message whose mention is not in the text, and shows a tag without its mention as it stands.
  const tags = new Set(texts.flatMap((text) => text.match(/<at>.*?<\/at>/gu) ?? []));
  expect([...tags].sort()).toEqual((card.msteams.entities ?? []).map(({ text }) => text).sort());
};
