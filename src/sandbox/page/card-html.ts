// Adaptive Cards as HTML, with the buttons and inputs that people use.
import { isJson, type Json } from "../slack/wire.js";
import { mentionTexts, objectsIn, textIn } from "../teams/card-text.js";
import type { CardReader } from "../teams/reader.js";
import { cardInputHtml, type Fillable } from "./card-input-html.js";
import { html, type SafeHtml } from "./html.js";
import { markdownHtml } from "./markdown-html.js";
import { isSafeAddress } from "./text-html.js";

/** What drawing a card needs to know around it. */
export interface CardDrawing extends Fillable {
  readonly reader: CardReader;
  readonly imageNotShown: string;
}

interface Inside extends CardDrawing {
  words(text: unknown): SafeHtml;
}

/** A card as HTML. */
export function cardHtml(draw: CardDrawing, card: Json): SafeHtml {
  const teams = isJson(card["msteams"]) ? card["msteams"] : {};
  const mentions = mentionTexts(teams["entities"]);
  const words = (text: unknown): SafeHtml => markdownHtml(textIn(text), draw.reader, mentions);
  return html`<div class="card">${partsHtml({ ...draw, words }, card)}</div>`;
}

function partsHtml(draw: Inside, card: Json, under?: string): SafeHtml {
  return html`${elementsHtml(draw, card["body"])}${actionsHtml(draw, card["actions"], under)}`;
}

function elementsHtml(draw: Inside, elements: unknown): SafeHtml {
  const visible = objectsIn(elements).filter(({ isVisible }) => isVisible !== false);
  return html`${visible.map((element) => html`${element["separator"] === true && html`<hr>`}${elementHtml(draw, element)}`)}`;
}

function elementHtml(draw: Inside, element: Json): SafeHtml {
  const type = textIn(element["type"]);
  if (type.startsWith("Input.")) return cardInputHtml(draw, element);
  switch (type) {
    case "TextBlock":
      return textBlockHtml(draw, element);
    case "FactSet": {
      const rows = objectsIn(element["facts"]).map(
        ({ title, value }) => html`<dt>${draw.words(title)}</dt><dd>${draw.words(value)}</dd>`,
      );
      return html`<dl>${rows}</dl>`;
    }
    case "Container":
      return html`<div class="${element["style"] === "emphasis" && "emphasis"}">${elementsHtml(draw, element["items"])}</div>`;
    case "ColumnSet": {
      const columns = objectsIn(element["columns"]);
      return html`<div class="columns">${columns.map((column) => html`<div>${elementsHtml(draw, column["items"])}</div>`)}</div>`;
    }
    case "Image":
      return html`<span class="image" role="img" aria-label="${textIn(element["altText"])}">🖼 ${textIn(element["altText"]) || draw.imageNotShown}</span>`;
    case "ActionSet":
      return actionsHtml(draw, element["actions"]);
    default:
      return html`<p>${type}</p>`;
  }
}

function textBlockHtml(draw: Inside, { text, style, size, weight, isSubtle, color }: Json): SafeHtml {
  const classes = [
    "text",
    weight === "Bolder" && "strong",
    isSubtle === true && "subtle",
    size === "Small" && "small",
    color === "Attention" && "error",
  ].filter((name) => name !== false);
  if (style === "heading") return html`<h3 class="${classes.join(" ")}">${draw.words(text)}</h3>`;
  return html`<p class="${classes.join(" ")}">${draw.words(text)}</p>`;
}

function actionsHtml(draw: Inside, actions: unknown, under?: string): SafeHtml {
  const all = objectsIn(actions);
  if (all.length === 0) return html``;
  return html`<div class="actions">${all.map((action) => actionHtml(draw, action, all.length === 1 ? under : undefined))}</div>`;
}

/** `under` names the Action.ShowCard whose only action this is: it tells it from the others with the same label. */
function actionHtml(draw: Inside, action: Json, under?: string): SafeHtml {
  const label = textIn(action["title"]);
  const url = textIn(action["url"]);
  if (action["type"] === "Action.OpenUrl") {
    if (!isSafeAddress(url)) return html`<span>${label}</span>`;
    return html`<a class="button" href="${url}" target="_blank" rel="noopener noreferrer">${label}</a>`;
  }
  const inner = action["card"];
  if (action["type"] === "Action.ShowCard" && isJson(inner)) {
    return html`<details class="show-card"><summary class="button">${label}</summary>${partsHtml(draw, inner, label)}</details>`;
  }
  return html`<button type="button" data-card-action="${under ?? label}">${label}</button>`;
}
