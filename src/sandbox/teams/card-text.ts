// What a person reads of messages and cards, as plain text.
import { isJson, type Json } from "../slack/wire.js";
import { markdownText } from "./markdown-text.js";
import type { CardReader } from "./reader.js";
import type { TeamsMessage } from "./tenant.js";

/** The objects in a field that should be a list. */
export function objectsIn(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** A string field, or nothing. */
export function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** The visible text of a message: what is written, then its cards. */
export function messageText(message: Pick<TeamsMessage, "text" | "cards" | "activity">, reader: CardReader): string {
  const body = markdownText(message.text, reader, mentionTexts(message.activity["entities"]));
  const cards = message.cards.map((card) => cardText(card, reader));
  return [body, ...cards].filter((part) => part.trim() !== "").join("\n");
}

/** The texts of mention entities. */
export function mentionTexts(entities: unknown): ReadonlySet<string> {
  return new Set(
    objectsIn(entities)
      .filter(({ type }) => type === "mention")
      .map(({ text }) => textIn(text)),
  );
}

/** The visible text of a card, buttons in square brackets. */
export function cardText(card: Json, reader: CardReader): string {
  const teams = isJson(card["msteams"]) ? card["msteams"] : {};
  const words = (text: unknown): string => markdownText(textIn(text), reader, mentionTexts(teams["entities"]));
  return [...objectsIn(card["body"]).map((element) => elementText(element, words)), buttonsText(card["actions"])]
    .filter((line) => line !== "")
    .join("\n");
}

type Words = (text: unknown) => string;

function elementText(element: Json, words: Words): string {
  if (element["isVisible"] === false) return "";
  const type = textIn(element["type"]);
  if (type.startsWith("Input.")) return `${words(element["label"])}: ${inputText(element, words)}`;
  switch (type) {
    case "FactSet":
      return objectsIn(element["facts"])
        .map(({ title, value }) => `${words(title)}: ${words(value)}`)
        .join("\n");
    case "Container":
      return linesOf(element["items"], words, "\n");
    case "ColumnSet":
      return objectsIn(element["columns"])
        .map((column) => linesOf(column["items"], words, "\n"))
        .filter((column) => column !== "")
        .join(" ");
    case "Image":
      return `[${textIn(element["altText"])}]`;
    case "ActionSet":
      return buttonsText(element["actions"]);
    default:
      return words(element["text"]);
  }
}

function linesOf(items: unknown, words: Words, between: string): string {
  return objectsIn(items)
    .map((item) => elementText(item, words))
    .filter((line) => line !== "")
    .join(between);
}

function inputText(element: Json, words: Words): string {
  const titles = objectsIn(element["choices"]).map(({ title }) => words(title));
  if (element["style"] === "expanded") return `(${titles.join(" | ")})`;
  if (element["type"] === "Input.Toggle") return `(${words(element["title"])})`;
  return `[${textIn(element["placeholder"])}]`;
}

function buttonsText(actions: unknown): string {
  return objectsIn(actions)
    .map(({ title }) => `[${textIn(title)}]`)
    .join(" ");
}
