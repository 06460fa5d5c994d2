import { IntlMessageFormat } from "intl-messageformat";
import { describe, expect, test } from "vitest";
import { commandTable } from "../../../src/chat/command-table.js";
import { FORM_NAMES } from "../../../src/chat/forms/form-registry.js";
import { en } from "../../../src/chat/texts/en.js";
import { ptBr } from "../../../src/chat/texts/pt-br.js";
import { say, sayLine } from "../../../src/chat/texts/say.js";
import { forbiddenWords } from "./forbidden-words.js";

type Keys = keyof typeof ptBr;
const keys = Object.keys(ptBr) as Keys[];

/** Names of a message's slots, nested ones too. */
const slotsOf = (message: string, language: string): readonly string[] => {
  const found = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item);
      return;
    }
    // Types above 0 and below 7 are arguments in the syntax tree of ICU messages; 7 is "#".
    if ("type" in node && "value" in node && typeof node.type === "number" && node.type > 0 && node.type < 7) {
      found.add(String(node.value));
    }
    if ("options" in node) walk(Object.values(node.options as object));
    if ("value" in node) walk(node.value);
  };
  walk(new IntlMessageFormat(message, language, undefined, { ignoreTag: true }).getAst());
  return [...found].sort();
};

describe("both languages", () => {
  test("have the same messages", () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
  });

  test("fill the same slots", () => {
    const all = (language: "pt-BR" | "en", texts: Readonly<Record<Keys, string>>) =>
      Object.fromEntries(keys.map((key) => [key, slotsOf(texts[key], language)]));
    expect(slotsOf(ptBr["card.more-customers"], "pt-BR")).toEqual(["command", "n", "verb"]);
    expect(all("en", en)).toEqual(all("pt-BR", ptBr));
  });

  test("never leave a message empty", () => {
    expect(keys.filter((key) => ptBr[key].trim() === "" || en[key].trim() === "")).toEqual([]);
  });

  test("keep to the glossary", () => {
    const found = keys.map((key) => [key, ...forbiddenWords(ptBr[key], "pt-BR"), ...forbiddenWords(en[key], "en")]);
    expect(found.filter(({ length }) => length > 1)).toEqual([]);
  });
});

test("the search for forbidden words finds them", () => {
  expect(forbiddenWords("Severidade alta, ticket aberto; FECHADO.", "pt-BR")).toEqual([
    "severidade",
    "ticket",
    "fechado",
  ]);
  expect(forbiddenWords("a SEV-1 of high priority", "en")).toEqual(["sev", "priority"]);
  expect(forbiddenWords("severo e quedado", "pt-BR")).toEqual([]);
});

describe("lengths", () => {
  test.each(FORM_NAMES)("the form %s has a title and buttons that a modal can show", (name) => {
    for (const language of ["pt-BR", "en"] as const) {
      const texts = [`form.${name}.title`, `form.${name}.submit`, "form.cancel-button"] as const;
      for (const key of texts) expect(say(language, key).length).toBeLessThanOrEqual(24);
    }
  });

  test.each(commandTable.map(({ verb }) => verb))("the line of help for %s fits a manifest", (verb) => {
    for (const language of ["pt-BR", "en"] as const) {
      expect(say(language, `command.${verb}.help`).length).toBeLessThanOrEqual(128);
    }
  });

  test("labels fit buttons and options", () => {
    const labels = keys.filter((key) => /^(?:button|option|scope|effect|data|exposure|statement)\./u.test(key));
    expect(labels.length).toBeGreaterThan(40);
    expect(labels.filter((key) => Math.max(ptBr[key].length, en[key].length) > 75)).toEqual([]);
  });
});

describe("slots", () => {
  test("a user's text is never read as a message", () => {
    expect(say("en", "card.service-unconfirmed", { name: "{n, plural, other {#}} '{x}'" })).toBe(
      "{n, plural, other {#}} '{x}' (not in the catalogue)",
    );
  });

  test("spans keep their meaning inside a sentence", () => {
    const person = { kind: "person", person: "ana", notify: true } as never;
    expect(sayLine("pt-BR", "notice.taken", { who: person })).toEqual([
      person,
      { kind: "text", text: " assumiu o incidente. Os acionamentos param." },
    ]);
  });

  test("a slot that is left out is a bug and throws", () => {
    expect(() => say("en", "notice.taken")).toThrow(/who/u);
  });
});
