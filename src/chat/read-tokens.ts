// Tokens inside a typed text: mentions, channels, links, entities and incident codes.
import type { Listed, PersonToken } from "./asks.js";
import { foldText } from "./fold-text.js";
import type { ParseContext, TypedTarget } from "./parsed.js";

const CODE = /^#?inc-?(\d{1,9})(?=$|[\s:,;.])[:,;.]?\s*|^#(\d{1,9})(?=$|[\s:,;.])[:,;.]?\s*/iu;
const ROOM = /^<#([A-Za-z0-9:_-]+)(?:\|[^>]*)?>\s*/u;
const PERSON = /^<@([^>|\s]+)(?:\|([^>]*))?>[,;:]?\s*/u;
const NAME = /^@([\p{L}\p{N}._-]+)[,;:]?\s*/u;
const SELF = /^(?:me|myself|eu|mim)[,;:]?(?:\s+|$)/iu;

/** Takes an incident from the beginning of a text, when one is named there. */
export function takeTarget(text: string): { readonly target: TypedTarget; readonly rest: string } {
  const room = ROOM.exec(text);
  if (room?.[1]) return { target: { by: "room-mention", roomId: room[1] }, rest: text.slice(room[0].length) };
  const found = takeCode(text);
  return found
    ? { target: { by: "code", code: found.code }, rest: found.rest }
    : { target: { by: "implied" }, rest: text };
}

/** Takes an incident code from the beginning of a text: "INC-12", "inc12" or "#12". */
export function takeCode(text: string): { readonly code: string; readonly rest: string } | null {
  const found = CODE.exec(text);
  const digits = found?.[1] ?? found?.[2];
  if (!found || digits === undefined) return null;
  return { code: `INC-${digits.replace(/^0+(?=\d)/u, "")}`, rest: text.slice(found[0].length) };
}

/** Takes a person from the beginning of a text. */
export function takePerson(text: string): { readonly person: PersonToken; readonly rest: string } | null {
  const mention = PERSON.exec(text);
  if (mention?.[1]) return { person: { mention: mention[1] }, rest: text.slice(mention[0].length).trim() };
  const name = NAME.exec(text);
  if (name?.[1]) return { person: { name: name[1] }, rest: text.slice(name[0].length).trim() };
  const self = SELF.exec(text);
  return self ? { person: { self: true }, rest: text.slice(self[0].length).trim() } : null;
}

/** A free text as a person meant it: tokens become the words that the person saw. */
export function freeText(text: string, context: ParseContext): string {
  const words = text
    .replace(/<([@#!])([^<>|]*)(?:\|([^<>]*))?>/gu, (_, sigil: string, id: string, label?: string) => {
      const shown = label === undefined || label === "" ? id : label;
      return shown.startsWith(sigil) || shown.startsWith("@") ? shown : `${sigil === "#" ? "#" : "@"}${shown}`;
    })
    .replace(/<((?:https?|mailto|tel):[^<>|]*)(?:\|[^<>]*)?>/gu, "$1");
  const meant = context.entities === true ? unescaped(words) : words;
  return meant.trim();
}

/** A free text on one line, without control characters. */
export function oneLine(text: string, context: ParseContext): string {
  return freeText(text, context)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
}

/** The id of a customer named exactly, else the words themselves. */
export function customerIn(words: string, customers: readonly Listed[] | undefined): string {
  const folded = foldText(words);
  const found = customers?.find(({ id, name }) => id === words || foldText(name) === folded);
  return found?.id ?? words;
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
