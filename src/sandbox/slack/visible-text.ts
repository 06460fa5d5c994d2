// What a person would read: blocks flattened to lines, mentions, dates and emoji resolved.
import { emojiCharacter, withEmoji } from "./emoji.js";
import { type MrkdwnNode, parseMrkdwn } from "./mrkdwn.js";
import { type DateReader, slackDate } from "./slack-date.js";
import { textOf, type WireBlock, type WireElement, type WireText } from "./wire.js";

/** How mentions and dates are resolved for one reader. */
export interface Reader extends DateReader {
  userName(id: string): string | undefined;
  channelName(id: string): string | undefined;
}

/** The visible parts of a message. */
export interface Readable {
  readonly text: string;
  readonly blocks: readonly WireBlock[];
  readonly attachments: readonly WireAttachment[];
}

/** An attachment reduced to what is shown. */
export interface WireAttachment {
  readonly color?: string;
  readonly pretext?: string;
  readonly title?: string;
  readonly title_link?: string;
  readonly text?: string;
  readonly footer?: string;
  readonly fallback?: string;
  readonly blocks?: readonly WireBlock[];
}

/** The visible text of a message: its blocks, or its text when it has none, then its attachments. */
export function visibleText(message: Readable, reader: Reader): string {
  const body = message.blocks.length > 0 ? blocksText(message.blocks, reader) : mrkdwnText(message.text, reader);
  const attached = message.attachments.map((attachment) => attachmentText(attachment, reader));
  return [body, ...attached].filter((part) => part !== "").join("\n");
}

function attachmentText(attachment: WireAttachment, reader: Reader): string {
  const { pretext, title, text, footer } = attachment;
  const lines = [pretext, title, text, footer].filter((part) => part !== undefined);
  const blocks = attachment.blocks ? [blocksText(attachment.blocks, reader)] : [];
  const shown = [...lines.map((part) => mrkdwnText(part, reader)), ...blocks].join("\n");
  return shown === "" ? (attachment.fallback ?? "") : shown;
}

/** The visible text of blocks, one line or more for each. */
export function blocksText(blocks: readonly WireBlock[], reader: Reader): string {
  return blocks
    .map((block) => blockText(block, reader))
    .filter((line) => line !== "")
    .join("\n");
}

function blockText(block: WireBlock, reader: Reader): string {
  const accessory = block.accessory ? [elementText(block.accessory, reader)] : [];
  switch (block.type) {
    case "section": {
      const text = block.text ? [objectText(block.text, reader)] : [];
      const fields = (block.fields ?? []).map((field) => objectText(field, reader));
      return [...text, ...fields, ...accessory].join("\n");
    }
    case "context":
    case "actions":
      return (block.elements ?? []).map((element) => elementText(element, reader)).join(" ");
    case "input":
      return `${objectText(block.label, reader)}: ${block.element ? elementText(block.element, reader) : ""}`;
    case "image":
      return `[${block.alt_text ?? ""}]`;
    case "markdown":
      return textOf(block.text);
    case "divider":
      return "";
    default:
      return objectText(block.text, reader);
  }
}

function elementText(element: WireElement, reader: Reader): string {
  if (element.type === "mrkdwn" || element.type === "plain_text") {
    return objectText({ type: element.type, text: textOf(element.text) }, reader);
  }
  if (element.type === "image") return `[${element.alt_text ?? ""}]`;
  if (element.type === "button") return `[${objectText(element.text, reader)}]`;
  const choices = element.type === "radio_buttons" || element.type === "checkboxes" || element.type === "overflow";
  if (choices) return `(${(element.options ?? []).map((option) => objectText(option.text, reader)).join(" | ")})`;
  return `[${element.placeholder ? withEmoji(element.placeholder.text) : ""}]`;
}

/** The visible text of a text object, which is mrkdwn only when it says so. */
export function objectText(text: WireText | string | undefined, reader: Reader): string {
  if (text === undefined) return "";
  if (typeof text === "string") return mrkdwnText(text, reader);
  return text.type === "mrkdwn" ? mrkdwnText(text.text, reader) : withEmoji(text.text);
}

/** The visible text of mrkdwn. */
export function mrkdwnText(text: string, reader: Reader): string {
  return childrenText(parseMrkdwn(text), reader).trimEnd();
}

/** The visible text of one node, which mentions and dates get from the reader. */
export function nodeText(node: MrkdwnNode, reader: Reader): string {
  switch (node.kind) {
    case "text":
    case "code":
    case "pre":
      return node.text;
    case "break":
      return "\n";
    case "link":
      return node.label;
    case "user":
      return `@${reader.userName(node.id) ?? node.label ?? node.id}`;
    case "channel":
      return `#${reader.channelName(node.id) ?? node.label ?? node.id}`;
    case "special":
      return node.label ?? `@${node.id}`;
    case "group":
      return node.label ?? `@${node.id}`;
    case "date":
      return slackDate(node.seconds, node.format, node.fallback, reader);
    case "emoji":
      return emojiCharacter(node.name);
    case "quote":
      return childrenText(node.children, reader);
    case "bold":
    case "italic":
    case "strike":
      return childrenText(node.children, reader);
  }
}

/** Joins nodes; quotes and preformatted text stand on lines of their own. */
function childrenText(children: readonly MrkdwnNode[], reader: Reader): string {
  let text = "";
  let afterBlock = false;
  for (const child of children) {
    const block = child.kind === "quote" || child.kind === "pre";
    const separate = (block || (afterBlock && child.kind !== "break")) && text !== "" && !text.endsWith("\n");
    text += `${separate ? "\n" : ""}${nodeText(child, reader)}`;
    afterBlock = block;
  }
  return text;
}
