// What somebody typed, as the parser takes it: without the mention of the bot, and other people as tokens.
import { record, textOr } from "./read-field.js";

/** The command in a message. */
export function typedText(activity: unknown, botName: string): string {
  const fields = record(activity);
  const botId = textOr(record(fields["recipient"])["id"]);
  const entities = Array.isArray(fields["entities"]) ? fields["entities"].map(record) : [];
  let text = (textOr(fields["text"]) ?? "").replace(/&nbsp;|\u00A0/gu, " ");
  for (const entity of entities) {
    const tag = textOr(entity["text"]);
    if (entity["type"] !== "mention" || tag === null) continue;
    const { id, name } = record(entity["mentioned"]);
    text = text.replace(tag, id === botId ? " " : personToken(textOr(id), textOr(name)));
  }
  // Tags without a mention are somebody's own letters, or a group that cannot act.
  return withoutName(text.replace(/<at[^<>]*>([^<>]*)<\/at>/giu, "@$1").trim(), botName).replace(/^[,:]\s*/u, "");
}

/** A person in the parser's own notation; the name is only shown. */
function personToken(id: string | null, name: string | null): string {
  const shown = (name ?? "").replace(/[<>|]/gu, "").trim();
  return id === null || /[>|\s]/u.test(id) ? `@${shown}` : ` <@${id}|${shown}> `;
}

/** In a personal conversation people type the bot's name as plain words. */
function withoutName(text: string, botName: string): string {
  const said = `@${botName}`;
  const isSaid = text.slice(0, said.length).localeCompare(said, "pt", { sensitivity: "base" }) === 0;
  return (isSaid ? text.slice(said.length) : text).trim();
}
