// The Markdown of Teams messages and cards as HTML: strong and slanted words, links and mentions; the rest is text.
import { markdownText } from "../teams/markdown-text.js";
import type { CardReader } from "../teams/reader.js";
import { html, type SafeHtml } from "./html.js";
import { linkHtml } from "./text-html.js";

const marks =
  /(?<!\\)\[(?<label>(?:\\.|[^\]\\])*)\]\((?<url>[^()\s]*)\)|(?<!\\)\*\*(?<strong>\S(?:.*?[^\s\\])?)\*\*|(?<![\w*_\\])[*_](?<slanted>[^\s*_](?:[^*_]*[^\s*_\\])?)[*_](?![\w*_])|(?<at><at>.*?<\/at>)/gs;

/** Markdown as HTML; `<at>` tags are mentions only when they are listed. */
export function markdownHtml(markdown: string, reader: CardReader, mentions: ReadonlySet<string>): SafeHtml {
  const parts: SafeHtml[] = [];
  const plain = (text: string): SafeHtml => html`${markdownText(text, reader, mentions)}`;
  let done = 0;
  for (const found of markdown.matchAll(marks)) {
    parts.push(plain(markdown.slice(done, found.index)));
    done = found.index + found[0].length;
    const { label, url = "", strong, slanted } = found.groups ?? {};
    if (label !== undefined) parts.push(linkHtml(url, plain(label)));
    else if (strong !== undefined) parts.push(html`<strong>${markdownHtml(strong, reader, mentions)}</strong>`);
    else if (slanted !== undefined) parts.push(html`<em>${plain(slanted)}</em>`);
    else if (mentions.has(found[0])) parts.push(html`<span class="mention">${plain(found[0])}</span>`);
    else parts.push(plain(found[0]));
  }
  return html`${[...parts, plain(markdown.slice(done))]}`;
}
