// mrkdwn and text objects as HTML.
import { emojiCharacter, withEmoji } from "../slack/emoji.js";
import { type MrkdwnNode, parseMrkdwn } from "../slack/mrkdwn.js";
import { nodeText, type Reader } from "../slack/visible-text.js";
import type { WireText } from "../slack/wire.js";
import { html, type SafeHtml } from "./html.js";

/** A text object as HTML; plain text keeps its line breaks through the style sheet. */
export function textHtml(text: WireText | string | undefined, reader: Reader): SafeHtml {
  if (text === undefined) return html``;
  if (typeof text === "string") return mrkdwnHtml(text, reader);
  return text.type === "mrkdwn" ? mrkdwnHtml(text.text, reader) : html`${withEmoji(text.text)}`;
}

/** mrkdwn as HTML. */
export function mrkdwnHtml(text: string, reader: Reader): SafeHtml {
  return html`${parseMrkdwn(text).map((node) => nodeHtml(node, reader))}`;
}

/** An address that a link may lead to; other schemes are shown as text. */
export function isSafeAddress(url: string): boolean {
  return /^(https?:|mailto:|tel:)/i.test(url) && URL.canParse(url);
}

/** Plain text with its web addresses as links. */
export function linkedText(text: string): SafeHtml {
  const parts = text.split(/(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])/);
  return html`${parts.map((part, index) => (index % 2 === 1 ? linkHtml(part, html`${part}`) : html`${part}`))}`;
}

/** A link that opens beside the page, or the label alone when the address is none that a link may lead to. */
export function linkHtml(url: string, label: SafeHtml): SafeHtml {
  if (!isSafeAddress(url)) return label;
  return html`<a href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
}

function nodeHtml(node: MrkdwnNode, reader: Reader): SafeHtml {
  const children = (): SafeHtml[] => ("children" in node ? node.children.map((child) => nodeHtml(child, reader)) : []);
  switch (node.kind) {
    case "break":
      return html`<br>`;
    case "bold":
      return html`<strong>${children()}</strong>`;
    case "italic":
      return html`<em>${children()}</em>`;
    case "strike":
      return html`<s>${children()}</s>`;
    case "quote":
      return html`<blockquote>${children()}</blockquote>`;
    case "code":
      return html`<code>${node.text}</code>`;
    case "pre":
      return html`<pre>${node.text}</pre>`;
    case "link":
      return linkHtml(node.url, html`${node.label}`);
    case "user":
    case "channel":
    case "group":
    case "special":
      return html`<span class="mention">${nodeText(node, reader)}</span>`;
    case "date": {
      const shown = html`<time datetime="${isoDate(node.seconds)}">${nodeText(node, reader)}</time>`;
      return node.url ? linkHtml(node.url, shown) : shown;
    }
    case "emoji":
      return html`<span role="img" aria-label="${node.name}">${emojiCharacter(node.name)}</span>`;
    case "text":
      return html`${node.text}`;
  }
}

function isoDate(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
}
