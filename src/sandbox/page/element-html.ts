// Buttons, menus and inputs as real HTML controls. The script reads the data-* attributes to know what to send.

import { optionsOf } from "../slack/element-values.js";
import { withEmoji } from "../slack/emoji.js";
import { objectText, type Reader } from "../slack/visible-text.js";
import type { Json, WireElement, WireOption } from "../slack/wire.js";
import type { ElementValues, User } from "../slack/workspace.js";
import { html, type SafeHtml } from "./html.js";
import type { PageTexts } from "./page-texts.js";
import { isSafeAddress, textHtml } from "./text-html.js";

/** What drawing needs to know around an element. */
export interface Drawing {
  readonly texts: PageTexts;
  readonly reader: Reader;
  readonly people: readonly User[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
  readonly values: ElementValues;
  readonly errors: ReadonlyMap<string, string>;
  /** Prefix that keeps ids apart from those of other messages. */
  readonly idPrefix: string;
}

/** One element and where it stands. */
export interface Placed {
  readonly element: WireElement;
  readonly blockId: string;
  /** The element is named by a label outside of it. */
  readonly labelled: boolean;
  readonly dispatches: boolean;
}

/** Id of the control of an element, for its label. */
export function controlId(draw: Drawing, blockId: string, element: WireElement): string {
  return `${draw.idPrefix}-${blockId}-${element.action_id}`;
}

/** An interactive element as HTML. */
export function elementHtml(draw: Drawing, placed: Placed): SafeHtml {
  const { element } = placed;
  switch (element.type) {
    case "button":
      return buttonHtml(draw, placed);
    case "overflow":
      return selectHtml(draw, placed, { options: choices(element), chosen: [], act: "press" });
    case "static_select":
      return selectHtml(draw, placed, { options: choices(element), chosen: chosenValues(draw, placed) });
    case "multi_static_select":
      return selectHtml(draw, placed, { options: choices(element), chosen: chosenValues(draw, placed), many: true });
    case "users_select":
    case "multi_users_select": {
      const options = draw.people.map((user) => ({ value: user.id, label: `${user.name} (@${user.handle})` }));
      return selectHtml(draw, placed, { options, chosen: chosenValues(draw, placed), many: isMulti(element) });
    }
    case "channels_select":
    case "conversations_select":
    case "multi_channels_select":
    case "multi_conversations_select": {
      const options = draw.channels.map((channel) => ({ value: channel.id, label: `#${channel.name}` }));
      return selectHtml(draw, placed, { options, chosen: chosenValues(draw, placed), many: isMulti(element) });
    }
    case "radio_buttons":
    case "checkboxes":
      return choiceGroupHtml(draw, placed);
    default:
      return inputHtml(draw, placed);
  }
}

function isMulti(element: WireElement): boolean {
  return element.type.startsWith("multi_");
}

interface Choice {
  readonly value: string;
  readonly label: string;
}

function choices(element: WireElement): Choice[] {
  return optionsOf(element).map((option) => ({ value: option.value, label: withEmoji(option.text.text) }));
}

/** Attributes by which the script finds an element. */
function marks(placed: Placed, act: "press" | "fill"): SafeHtml {
  const { element, blockId, dispatches } = placed;
  const asked = element.confirm ? JSON.stringify(element.confirm) : undefined;
  return html`data-act="${act}" data-block="${blockId}" data-action="${element.action_id}" data-type="${element.type}"
    ${dispatches && html`data-dispatch="1"`} ${asked && html`data-confirm="${asked}"`}`;
}

function buttonHtml(draw: Drawing, placed: Placed): SafeHtml {
  const { element } = placed;
  const style = element.style === "primary" || element.style === "danger" ? element.style : "";
  const label = textHtml(element.text, draw.reader);
  if (element.url && isSafeAddress(element.url)) {
    return html`<a class="button ${style}" href="${element.url}" target="_blank" rel="noopener noreferrer"
      ${marks(placed, "press")}>${label}</a>`;
  }
  return html`<button type="button" class="${style}" ${marks(placed, "press")}>${label}</button>`;
}

function labelAttribute(draw: Drawing, { element, labelled }: Placed): SafeHtml | false {
  const label = objectText(element.placeholder, draw.reader) || draw.texts.choose;
  return !labelled && html`aria-label="${label}"`;
}

function selectHtml(
  draw: Drawing,
  placed: Placed,
  menu: { options: readonly Choice[]; chosen: readonly string[]; many?: boolean; act?: "press" },
): SafeHtml {
  const { element, blockId } = placed;
  const hint = objectText(element.placeholder, draw.reader) || draw.texts.choose;
  const options = menu.options.map(
    ({ value, label }) =>
      html`<option value="${value}" ${menu.chosen.includes(value) && html`selected`}>${label}</option>`,
  );
  return html`<select id="${controlId(draw, blockId, element)}" ${marks(placed, menu.act ?? "fill")}
    ${labelAttribute(draw, placed)} ${menu.many && html`multiple size="${Math.min(6, menu.options.length)}"`}>
    ${!menu.many && html`<option value="">${menu.act ? "⋯" : hint}</option>`}${options}</select>`;
}

function choiceGroupHtml(draw: Drawing, placed: Placed): SafeHtml {
  const { element, blockId } = placed;
  const chosen = chosenValues(draw, placed);
  const type = element.type === "checkboxes" ? "checkbox" : "radio";
  const name = controlId(draw, blockId, element);
  const box = (option: WireOption, index: number): SafeHtml => html`<label class="choice" for="${name}-${index}">
    <input type="${type}" id="${name}-${index}" name="${name}" value="${option.value}"
      ${chosen.includes(option.value) && html`checked`}>
    <span>${textHtml(option.text, draw.reader)}
      ${option.description && html`<small>${textHtml(option.description, draw.reader)}</small>`}</span></label>`;
  return html`<div class="choices" ${marks(placed, "fill")}>${(element.options ?? []).map(box)}</div>`;
}

const inputTypes: Readonly<Record<string, string>> = {
  datepicker: "date",
  timepicker: "time",
  datetimepicker: "datetime-local",
  email_text_input: "email",
  url_text_input: "url",
};

function inputHtml(draw: Drawing, placed: Placed): SafeHtml {
  const { element, blockId } = placed;
  const value = chosenValues(draw, placed)[0] ?? "";
  const hint = objectText(element.placeholder, draw.reader);
  const common = html`id="${controlId(draw, blockId, element)}" ${marks(placed, "fill")} ${labelAttribute(draw, placed)}
    ${hint !== "" && html`placeholder="${hint}"`} ${element.max_length !== undefined && html`maxlength="${element.max_length}"`}`;
  if (element.multiline) return html`<textarea rows="4" ${common}>${value}</textarea>`;
  // The browser's own zone decides how an instant is written, so the script fills it in from the seconds.
  if (element.type === "datetimepicker") return html`<input type="datetime-local" data-seconds="${value}" ${common}>`;
  return html`<input type="${inputTypes[element.type] ?? "text"}" value="${value}" ${common}>`;
}

/** The chosen values of an element, as the strings that its controls use. */
function chosenValues(draw: Drawing, { element, blockId }: Placed): readonly string[] {
  const { type: _type, ...state } = draw.values.get(blockId)?.get(element.action_id) ?? {};
  const [value] = Object.values(state);
  if (value === null || value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((entry: unknown) =>
    typeof entry === "object" && entry !== null ? String((entry as Json)["value"]) : String(entry),
  );
}
