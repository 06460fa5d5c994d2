// Inputs of Adaptive Cards as real HTML controls. The script reads data-input and data-kind to know what was entered.
import { isJson, type Json } from "../slack/wire.js";
import { objectsIn, textIn } from "../teams/card-text.js";
import type { Member } from "../teams/tenant.js";
import { html, type SafeHtml } from "./html.js";

/** What the inputs of a card hold and who can be chosen. */
export interface Fillable {
  /** Prefix that keeps ids apart from those of other cards. */
  readonly idPrefix: string;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly people: readonly Member[];
  readonly choose: string;
}

const inputTypes: Readonly<Record<string, string>> = {
  "Input.Number": "number",
  "Input.Date": "date",
  "Input.Time": "time",
};

/** An input with its label and what the client found wrong with it. */
export function cardInputHtml(draw: Fillable, element: Json): SafeHtml {
  const id = textIn(element["id"]);
  const label = html`${textIn(element["label"])}${element["isRequired"] === true && html` <span aria-hidden="true">*</span>`}`;
  const error = draw.errors[id];
  const said = error !== undefined && html`<p class="error" role="alert">${error}</p>`;
  if (element["type"] === "Input.Toggle")
    return html`<div class="card-input">${toggleHtml(draw, element)}${said}</div>`;
  const grouped = element["type"] === "Input.ChoiceSet" && element["style"] === "expanded";
  if (grouped) {
    return html`<div class="card-input"><fieldset><legend>${label}</legend>${expandedHtml(draw, element)}</fieldset>${said}</div>`;
  }
  return html`<div class="card-input"><label for="${draw.idPrefix}-${id}">${label}</label>${controlHtml(draw, element)}${said}</div>`;
}

function toggleHtml(draw: Fillable, element: Json): SafeHtml {
  const id = textIn(element["id"]);
  const on = draw.values[id] === String(element["valueOn"] ?? "true");
  return html`<label class="choice"><input type="checkbox" data-input="${id}" data-kind="toggle" ${on && html`checked`}>
    <span>${textIn(element["title"]) || textIn(element["label"])}</span></label>`;
}

function chosenIn(draw: Fillable, element: Json): readonly string[] {
  const value = draw.values[textIn(element["id"])] ?? "";
  return element["isMultiSelect"] === true ? value.split(",").filter((one) => one !== "") : [value];
}

interface Choice {
  readonly title: string;
  readonly value: string;
}

function choicesOf({ people }: Fillable, element: Json): readonly Choice[] {
  const query = element["choices.data"];
  const named = objectsIn(element["choices"]).map(({ title, value }) => ({
    title: textIn(title),
    value: textIn(value),
  }));
  const picksPeople = isJson(query) && textIn(query["dataset"]).startsWith("graph.microsoft.com/users");
  const known = picksPeople ? people.map(({ name, aadObjectId }) => ({ title: name, value: aadObjectId })) : [];
  return [...named, ...known];
}

function expandedHtml(draw: Fillable, element: Json): SafeHtml {
  const id = textIn(element["id"]);
  const many = element["isMultiSelect"] === true;
  const chosen = chosenIn(draw, element);
  const boxes = choicesOf(draw, element).map(
    ({ title, value }) => html`<label class="choice"><input type="${many ? "checkbox" : "radio"}"
      name="${draw.idPrefix}-${id}" value="${value}" ${chosen.includes(value) && html`checked`}><span>${title}</span></label>`,
  );
  return html`<div class="choices" data-input="${id}" data-kind="${many ? "many" : "one"}">${boxes}</div>`;
}

function controlHtml(draw: Fillable, element: Json): SafeHtml {
  const { type, placeholder, maxLength, isMultiline, isMultiSelect } = element;
  const id = textIn(element["id"]);
  const common = html`id="${draw.idPrefix}-${id}" data-input="${id}"`;
  if (type === "Input.ChoiceSet") {
    const chosen = chosenIn(draw, element);
    const many = isMultiSelect === true;
    const options = choicesOf(draw, element).map(
      ({ title, value }) =>
        html`<option value="${value}" ${chosen.includes(value) && html`selected`}>${title}</option>`,
    );
    return html`<select ${common} ${many && html`multiple`}>
      ${!many && html`<option value="">${textIn(placeholder) || draw.choose}</option>`}${options}</select>`;
  }
  const value = draw.values[id] ?? "";
  const more = html`${textIn(placeholder) !== "" && html`placeholder="${textIn(placeholder)}"`}
    ${typeof maxLength === "number" && html`maxlength="${maxLength}"`}`;
  if (isMultiline === true) return html`<textarea rows="4" ${common} ${more}>${value}</textarea>`;
  return html`<input type="${inputTypes[textIn(type)] ?? "text"}" value="${value}" ${common} ${more}>`;
}
