// Card -> Block Kit, always within Slack's limits: what is too long is split into more blocks, and what is still too
// much is cut with an ellipsis, never a button.
import type { KnownBlock, MrkdwnElement, PlainTextElement } from "@slack/types";
import type { Card, CardBlock, Line } from "../chat/card.js";
import { slackBlockLimits, slackElementLimits, slackSurfaceLimits } from "../limits/slack.js";
import { buttonRows } from "./buttons.js";
import {
  cleanText,
  ellipsize,
  escapeMrkdwn,
  escapeWithin,
  fitLine,
  joinPieces,
  linePieces,
  type SpanLookup,
} from "./mrkdwn.js";

/** A message for Slack: `text` is what notifications and screen readers say. */
export type SlackMessage = { readonly text: string; readonly blocks: KnownBlock[] };

// All blocks together have a limit that Slack does not publish; 13,200 characters have been refused.
const MESSAGE_CHARACTERS = slackSurfaceLimits.markdownInMessage;

/** Renders a card. */
export function renderBlockKit(card: Card, lookup: SpanLookup): SlackMessage {
  const header = cleanText(card.header ?? "")
    .replace(/\s+/g, " ")
    .trim();
  const first: KnownBlock[] =
    header === ""
      ? []
      : [
          {
            type: "header",
            text: { type: "plain_text", text: ellipsize(header, slackBlockLimits.headerText), emoji: false },
          },
        ];
  const blocks = within([...first, ...card.blocks.flatMap((block) => renderBlock(block, lookup))]);
  const summary = escapeWithin(card.summary.trim(), slackSurfaceLimits.updateText);
  return { text: summary === "" ? escapeWithin(header === "" ? "…" : header, 300) : summary, blocks };
}

function renderBlock(block: CardBlock, lookup: SpanLookup): KnownBlock[] {
  switch (block.kind) {
    case "lines":
      return sections(block.lines.flatMap((line) => splitLine(line, lookup, slackBlockLimits.sectionText)));
    case "quote":
      return quoteBlocks(block.text);
    case "fields":
      return fieldSections(block.fields, lookup);
    case "context":
      return contexts(block.lines, lookup);
    case "buttons":
      return buttonRows(block.buttons);
    case "divider":
      return [{ type: "divider" }];
  }
}

/** Markup whose addresses and names Slack leaves alone. */
const mrkdwn = (text: string): MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** A line as one or more texts that each fit a block. */
function splitLine(line: Line, lookup: SpanLookup, max: number): string[] {
  return packed(linePieces(line, lookup, max - 2), max, joinPieces);
}

/** A text of somebody else as a quotation. */
export function quoteBlocks(text: string): KnownBlock[] {
  return sections(quoteLines(text));
}

function quoteLines(text: string): string[] {
  const max = slackBlockLimits.sectionText;
  return cleanText(text)
    .trim()
    .split("\n")
    .flatMap((line) =>
      packed(escapeMrkdwn(line).match(/&\w+;|[^&]{1,100}/gsu) ?? [""], max - 2, (parts) => parts.join("")),
    )
    .map((line) => `> ${line}`);
}

/** Greedily joins parts while the whole stays within `max`. */
function packed(parts: readonly string[], max: number, join: (parts: string[]) => string): string[] {
  const all: string[] = [];
  let current: string[] = [];
  for (const part of parts) {
    if (current.length > 0 && join([...current, part]).length > max) {
      all.push(join(current));
      current = [];
    }
    current.push(part);
  }
  if (current.length > 0) all.push(join(current));
  return all;
}

function sections(lines: readonly string[]): KnownBlock[] {
  return packed(lines, slackBlockLimits.sectionText, (parts) => parts.join("\n"))
    .filter((text) => text.trim() !== "")
    .map((text) => ({ type: "section", text: mrkdwn(text) }));
}

function fieldSections(
  fields: readonly { readonly label: string; readonly value: Line }[],
  lookup: SpanLookup,
): KnownBlock[] {
  const texts = fields.map(({ label, value }) => {
    const head = fitLine([{ kind: "text", text: label, strong: true }], lookup, 200) || "–";
    const body = fitLine(value, lookup, slackBlockLimits.sectionFieldText - head.length - 1);
    return mrkdwn(`${head}\n${body === "" ? "–" : body}`);
  });
  return inGroups(texts, slackBlockLimits.sectionFields).map((group) => ({ type: "section", fields: group }));
}

function contexts(lines: readonly Line[], lookup: SpanLookup): KnownBlock[] {
  const elements = lines
    .map((line) => fitLine(line, lookup, slackElementLimits.textObject))
    .filter((text) => text.trim() !== "")
    .map(mrkdwn);
  return inGroups(elements, slackBlockLimits.contextElements).map((group) => ({ type: "context", elements: group }));
}

/** Items in groups of at most `size`. */
function inGroups<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** Drops text blocks from the end until number and size fit, and marks the place. */
function within(blocks: readonly KnownBlock[]): KnownBlock[] {
  const sizes = blocks.map((block) => textLength(block));
  let total = sizes.reduce((sum, size) => sum + size, 0);
  let count = blocks.length;
  if (count <= slackSurfaceLimits.messageBlocks && total <= MESSAGE_CHARACTERS) return [...blocks];
  const kept = blocks.map(() => true);
  let mark = blocks.length;
  for (let at = blocks.length - 1; at >= 0; at--) {
    if (count < slackSurfaceLimits.messageBlocks && total <= MESSAGE_CHARACTERS) break;
    if (blocks[at]?.type === "actions") continue;
    kept[at] = false;
    mark = at;
    count -= 1;
    total -= sizes[at] ?? 0;
  }
  const ellipsis: KnownBlock = { type: "context", elements: [{ type: "plain_text", text: "…" } as PlainTextElement] };
  const shown = blocks.flatMap((block, at) => [...(at === mark ? [ellipsis] : []), ...(kept[at] ? [block] : [])]);
  // More than 49 rows of buttons cannot be shown at all.
  return shown.slice(0, slackSurfaceLimits.messageBlocks);
}

function textLength(block: KnownBlock): number {
  return block.type === "actions" ? 0 : JSON.stringify(block).length;
}
