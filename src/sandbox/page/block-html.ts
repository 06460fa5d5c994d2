// Blocks as HTML.
import { isStateful } from "../slack/element-values.js";
import { textOf, type WireBlock, type WireElement } from "../slack/wire.js";
import { controlId, type Drawing, elementHtml } from "./element-html.js";
import { html, type SafeHtml } from "./html.js";
import { textHtml } from "./text-html.js";

/** Blocks as HTML, in order. */
export function blocksHtml(draw: Drawing, blocks: readonly WireBlock[]): SafeHtml {
  return html`${blocks.map((block) => html`<div class="block block-${block.type}">${blockHtml(draw, block)}</div>`)}`;
}

function blockHtml(draw: Drawing, block: WireBlock): SafeHtml {
  switch (block.type) {
    case "header":
      return html`<h3>${textHtml(block.text, draw.reader)}</h3>`;
    case "divider":
      return html`<hr>`;
    case "section":
      return sectionHtml(draw, block);
    case "context":
      return html`<p>${(block.elements ?? []).map((element) => html`<span>${contextHtml(draw, element)}</span> `)}</p>`;
    case "actions":
      return html`${(block.elements ?? []).map((element) => placedHtml(draw, block, element))}`;
    case "input":
      return inputBlockHtml(draw, block);
    case "image":
      return imageHtml(draw, block.alt_text ?? "");
    case "markdown":
      return html`<p class="plain">${textOf(block.text)}</p>`;
    default:
      return html`<p>${block.type}</p>`;
  }
}

function sectionHtml(draw: Drawing, block: WireBlock): SafeHtml {
  const fields = (block.fields ?? []).map((field) => html`<div>${textHtml(field, draw.reader)}</div>`);
  return html`<div class="section-body">${block.text && html`<div>${textHtml(block.text, draw.reader)}</div>`}
    ${fields.length > 0 && html`<div class="fields">${fields}</div>`}</div>
    ${block.accessory && html`<div class="accessory">${placedHtml(draw, block, block.accessory)}</div>`}`;
}

/** Images are named, not loaded: the page takes nothing from elsewhere. */
function imageHtml(draw: Drawing, alt: string): SafeHtml {
  return html`<span class="image" role="img" aria-label="${alt}">🖼 ${alt || draw.texts.imageNotShown}</span>`;
}

function contextHtml(draw: Drawing, element: WireElement): SafeHtml {
  if (element.type === "image") return imageHtml(draw, element.alt_text ?? "");
  const type = element.type === "mrkdwn" ? "mrkdwn" : "plain_text";
  return textHtml({ type, text: textOf(element.text) }, draw.reader);
}

function placedHtml(draw: Drawing, block: WireBlock, element: WireElement): SafeHtml {
  if (element.type === "image") return imageHtml(draw, element.alt_text ?? "");
  const placed = { element, blockId: block.block_id, labelled: false, dispatches: true };
  return html`${elementHtml(draw, placed)}${isStateful(element) && errorHtml(draw, block.block_id)} `;
}

function errorHtml(draw: Drawing, blockId: string): SafeHtml | undefined {
  const error = draw.errors.get(blockId);
  return error === undefined ? undefined : html`<p class="error" role="alert">${error}</p>`;
}

function inputBlockHtml(draw: Drawing, block: WireBlock): SafeHtml {
  const { element } = block;
  if (!element) return html``;
  const label = html`${textHtml(block.label, draw.reader)} ${block.optional && html`<small>${draw.texts.optional}</small>`}`;
  const placed = { element, blockId: block.block_id, labelled: true, dispatches: block.dispatch_action === true };
  const control = elementHtml(draw, placed);
  const hint = block.hint && html`<p class="hint">${textHtml(block.hint, draw.reader)}</p>`;
  const grouped = element.type === "radio_buttons" || element.type === "checkboxes";
  if (grouped)
    return html`<fieldset><legend>${label}</legend>${control}</fieldset>${hint}${errorHtml(draw, block.block_id)}`;
  const id = controlId(draw, block.block_id, element);
  return html`<label for="${id}">${label}</label>${control}${hint}${errorHtml(draw, block.block_id)}`;
}
