// Writes parsed commands as a person would type them, for the round trip of the parser.
import type { ChangeAsk, PersonToken } from "../../../src/chat/asks.js";
import type { Parsed, TypedTarget } from "../../../src/chat/parsed.js";

const STATEMENT = {
  "not-affected": "not-affected",
  recovered: "recovered",
  lost: "lost",
  "under-assessment": "em verificação",
};

const personWords = (person: PersonToken): string => {
  if ("mention" in person) return `<@${person.mention}|someone>`;
  return "name" in person ? `@${person.name}` : "me";
};

const targetWords = (target: TypedTarget): string => {
  if (target.by === "implied") return "";
  return target.by === "code" ? `${target.code} ` : `<#${target.roomId}|inc> `;
};

/** Words of a request after the verb, with the verb. */
const requestWords = (ask: ChangeAsk): string => {
  switch (ask.type) {
    case "take":
    case "close":
      return ask.type;
    case "classify": {
      const { scope, effect, data, exposure } = ask.answers;
      const word = data === "none" ? "intact" : data;
      return `classify ${scope} ${effect} ${word} ${exposure === "none" ? "no-exposure" : exposure} ${ask.cause ?? ""}`;
    }
    case "identify":
      return `identify ${ask.cause}`;
    case "mitigate":
      return `mitigate ${ask.action}`;
    case "regress":
      return `voltou ${ask.what}`;
    case "resolve":
      return `resolve ${ask.data === null ? "" : STATEMENT[ask.data]} ${ask.reason ?? ""}`;
    case "reopen":
      return `reopen ${ask.reason}`;
    case "cancel":
      return `cancel ${ask.reason}: ${ask.text}`;
    case "review":
      return `analise ${ask.review}`;
    case "merge":
      return `merge ${ask.childCode}`;
    case "add-note":
      return `note ${ask.text}`;
    case "assign-role":
      return `role ${ask.role} ${personWords(ask.person)} ${ask.summary ?? ""}`;
    case "add-customer":
      return `affected add ${ask.customer}`;
    case "remove-customer":
      return `affected remove ${ask.customer}: ${ask.reason}`;
    case "pause":
      return `pause ${ask.reason === "waiting-customer" ? "customer" : "supplier"}: ${ask.question}`;
    case "resume":
      return `resume ${(ask.customers ?? []).join(", ")}`;
    case "compose-notice":
    case "approve-notice":
    case "discard-notice":
      throw new Error("Messages to customers are sent from their form and buttons, never typed.");
  }
};

/** A parsed command as text; problems and forms have no single writing and are not printed. */
export const printCommand = (parsed: Exclude<Parsed, { kind: "problem" | "open-form" }>): string => {
  switch (parsed.kind) {
    case "declare":
      return `declare ${parsed.request.kind === "drill" ? "simulado: " : ""}${parsed.request.title}`;
    case "request":
      return `${targetWords(parsed.target)}${requestWords(parsed.request)}`;
    case "query":
      if (parsed.query === "list") return "list";
      if (parsed.query === "help") return `help ${parsed.verb ?? ""}`;
      return `${targetWords(parsed.target)}${parsed.query}`;
  }
};
