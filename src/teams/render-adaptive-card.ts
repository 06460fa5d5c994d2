// Card -> Adaptive Card 1.5, always within the size that Teams takes: long texts are cut first, then the last lines go,
// never a button.
import type { Button, Card, CardBlock } from "../chat/card.js";
import { clipText } from "../chat/clip-text.js";
import { adaptiveCardLimits } from "../limits/adaptive-cards.js";
import type {
  ActionSet,
  AdaptiveCard,
  CardElement,
  ConfirmAction,
  Container,
  ExecuteAction,
  FactSet,
  SubmitAction,
  TextBlock,
} from "./adaptive-card.js";
import { type CardLookup, LineWriter } from "./card-markdown.js";

/** A card with the sentence that notifications show. */
export type TeamsCard = { readonly card: AdaptiveCard; readonly summary: string };

/** Where a card is shown: dialogs take other buttons. */
export type Surface = "message" | "dialog";

/** What is only read and pressed; fields belong to forms. */
type ReadElement = TextBlock | FactSet | Container | ActionSet;

/** Lengths of a single text that are tried until the card fits. */
const TEXT_LENGTHS = [2_000, 1_000, 500, 250, 100, 40];
const SUMMARY_MAX = 300;
const HEADER_MAX = 160;

/** Renders a card. */
export function renderAdaptiveCard(card: Card, lookup: CardLookup, surface: Surface = "message"): TeamsCard {
  const summary = clipText(card.summary.replace(/\s+/gu, " ").trim(), SUMMARY_MAX) || "–";
  const render = (textMax: number) => renderWithin(card, new LineWriter(lookup, textMax), surface, summary);
  let rendered = render(TEXT_LENGTHS[0] ?? 0);
  for (const textMax of TEXT_LENGTHS.slice(1)) {
    if (fits(rendered)) return { card: rendered, summary };
    rendered = render(textMax);
  }
  while (!fits(rendered)) {
    const last = rendered.body.map((element) => element.type !== "ActionSet").lastIndexOf(true);
    if (last === -1) throw new Error("A card has more buttons than Teams can carry.");
    rendered = withBody(
      rendered,
      rendered.body.filter((_, index) => index !== last),
    );
  }
  return { card: rendered, summary };
}

/** What a card weighs in a message, counted as Teams does. */
export function cardBytes(card: AdaptiveCard): number {
  return JSON.stringify(card).length * 2;
}

function fits(card: AdaptiveCard): boolean {
  return cardBytes(card) <= adaptiveCardLimits.cardBytes;
}

// A mention whose text is gone would make Teams refuse the message.
function withBody(card: AdaptiveCard, body: readonly CardElement[]): AdaptiveCard {
  const text = JSON.stringify(body);
  const entities = (card.msteams.entities ?? []).filter((entity) =>
    text.includes(JSON.stringify(entity.text).slice(1, -1)),
  );
  return { ...card, body, msteams: entities.length === 0 ? { width: "Full" } : { width: "Full", entities } };
}

function renderWithin(card: Card, writer: LineWriter, surface: Surface, fallbackText: string): AdaptiveCard {
  const header = card.header === undefined ? [] : [heading(card.header, writer)];
  const body = [...header, ...elements(card.blocks, writer, surface)];
  const entities = writer.mentions;
  return {
    type: "AdaptiveCard",
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    version: adaptiveCardLimits.version,
    fallbackText,
    body,
    msteams: entities.length === 0 ? { width: "Full" } : { width: "Full", entities },
  };
}

function heading(text: string, writer: LineWriter): TextBlock {
  const words = writer.words(clipText(text, HEADER_MAX));
  return { type: "TextBlock", text: words, wrap: true, style: "heading", size: "Large", weight: "Bolder" };
}

function elements(blocks: readonly CardBlock[], writer: LineWriter, surface: Surface): readonly CardElement[] {
  const all: ReadElement[] = [];
  let divided = false;
  for (const block of blocks) {
    if (block.kind === "divider") {
      divided = true;
      continue;
    }
    const [first, ...rest] = blockElements(block, writer, surface);
    if (first === undefined) continue;
    all.push(divided ? { ...first, separator: true } : first, ...rest);
    divided = false;
  }
  return all;
}

function blockElements(
  block: Exclude<CardBlock, { kind: "divider" }>,
  writer: LineWriter,
  surface: Surface,
): readonly ReadElement[] {
  switch (block.kind) {
    case "lines":
      return block.lines.map((line) => paragraph(writer.line(line)));
    case "context":
      return block.lines.map((line) => ({ ...paragraph(writer.line(line)), size: "Small", isSubtle: true }));
    case "quote": {
      const items = writer.paragraphs(block.text).map(paragraph);
      return items.length === 0 ? [] : [{ type: "Container", style: "emphasis", items }];
    }
    case "fields":
      return factSet(block.fields, writer);
    case "buttons":
      return actionSets(block.buttons, writer, surface);
  }
}

function paragraph(text: string): TextBlock {
  return { type: "TextBlock", text, wrap: true };
}

function factSet(fields: Extract<CardBlock, { kind: "fields" }>["fields"], writer: LineWriter): readonly FactSet[] {
  if (fields.length === 0) return [];
  const facts = fields.map(({ label, value }) => ({ title: writer.words(label), value: writer.line(value) }));
  return [{ type: "FactSet", facts }];
}

function actionSets(buttons: readonly Button[], writer: LineWriter, surface: Surface): readonly ActionSet[] {
  const size = adaptiveCardLimits.actionsPerSet;
  return Array.from({ length: Math.ceil(buttons.length / size) }, (_, row) => ({
    type: "ActionSet",
    actions: buttons.slice(row * size, (row + 1) * size).map((button) => actionOf(button, writer, surface)),
  }));
}

function actionOf(button: Button, writer: LineWriter, surface: Surface): ExecuteAction | SubmitAction | ConfirmAction {
  const { label, confirm } = button;
  if (confirm === undefined) return pressed(label, button, surface);
  const body = [
    { ...paragraph(writer.words(confirm.title)), weight: "Bolder" } as const,
    paragraph(writer.words(confirm.text)),
  ];
  return {
    type: "Action.ShowCard",
    title: label,
    card: { type: "AdaptiveCard", body, actions: [pressed(confirm.yes, button, surface)] },
  };
}

/** What changes something is executed in place; what is only to be seen or filled in opens a dialog for one person. */
function pressed(title: string, { action }: Button, surface: Surface): ExecuteAction | SubmitAction {
  const data = { ...action };
  if (surface === "dialog") return { type: "Action.Submit", title, data };
  if (action.do === "open-form" || action.do === "show") {
    return { type: "Action.Submit", title, data: { ...data, msteams: { type: "task/fetch" } } };
  }
  return {
    type: "Action.Execute",
    title,
    verb: action.do,
    data,
    fallback: { type: "Action.Submit", title, data },
  };
}
