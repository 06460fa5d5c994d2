// Pages to the staff: what a phone shows and what a voice reads.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  callEnding,
  callFallback,
  callSentences,
  type PageFacts,
  pageSms,
} from "../../../src/chat/messages/page-words.js";
import { smsSegments } from "../../../src/chat/messages/sms-segments.js";
import { HOSTILE } from "./a-message.js";

const aPage = (given: Partial<PageFacts> = {}): PageFacts => ({
  code: "INC-1042",
  level: 1,
  title: "Checkout não responde",
  kind: "real",
  language: "pt-BR",
  ...given,
});
const LINK = "https://pl.cx/t/AbCdEfGhIjk";
const anyTitle = fc.oneof(fc.string({ unit: "binary", maxLength: 500 }), fc.constantFrom(...HOSTILE));
const anyPage = fc.record({
  code: fc.constantFrom("INC-1", "INC-999999999"),
  level: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
  title: anyTitle,
  kind: fc.constantFrom("real" as const, "drill" as const),
  language: fc.constantFrom("pt-BR" as const, "en" as const),
});
const platform = "Slack";

describe("the SMS of a page", () => {
  test("says code, level, title and how to take it", () => {
    expect(pageSms(aPage(), { link: LINK, platform })).toBe(
      `INC-1042 N1: Checkout nao responde. Para assumir, abra ${LINK}`,
    );
    expect(pageSms(aPage({ language: "en", kind: "drill" }), { link: null, platform: "Teams" })).toBe(
      "DRILL INC-1042 N1: Checkout nao responde. To take it, open Teams.",
    );
  });

  test("a drill says so before anything else", () => {
    expect(pageSms(aPage({ kind: "drill" }), { link: null, platform })).toMatch(/^EXERCICIO INC-1042/);
  });

  test("is one ASCII segment with its link whole, whatever the title", () => {
    fc.assert(
      fc.property(
        anyPage,
        fc.constantFrom(LINK, null, `https://${"p".repeat(60)}.example/t/AbCdEfGhIjk`),
        (page, link) => {
          const sms = pageSms(page, { link, platform });
          expect(smsSegments(sms)).toMatchObject({ encoding: "GSM-7", segments: 1 });
          expect(sms).toContain(`${page.code} N${page.level}: `);
          expect(link === null ? sms.includes("Slack") : sms.endsWith(link)).toBe(true);
          expect(sms).not.toContain("..  ");
        },
      ),
    );
  });

  test("a long title ends in three dots, and a title of nothing is called untitled", () => {
    expect(pageSms(aPage({ title: "a".repeat(500) }), { link: LINK, platform })).toMatch(/a\.\.\. Para assumir, abra/);
    expect(pageSms(aPage({ title: "🔥 \u200B" }), { link: LINK, platform })).toContain("N1: sem titulo. Para");
  });

  test("a link that leaves no room for a title gives way to the chat", () => {
    const link = `https://${"p".repeat(120)}.example/t/x`;
    expect(pageSms(aPage(), { link, platform })).toBe(
      "INC-1042 N1: Checkout nao responde. Para assumir, abra o Slack.",
    );
  });
});

describe("a call", () => {
  test("reads the incident and the keys twice, the code letter by letter", () => {
    const incident = "Plantão. Incidente de nível 1, código I N C 1 0 4 2: Checkout não responde.";
    const keys = "Tecle 1 para assumir. Tecle 9 para ouvir de novo.";
    expect(callSentences(aPage(), { keys: true, platform })).toEqual([incident, keys, incident, keys]);
  });

  test("without keys it says where to take it", () => {
    expect(callSentences(aPage({ language: "en" }), { keys: false, platform })[1]).toBe("To take it, open Slack.");
  });

  test("reads only XML characters, no emoji, and at most 300 of them", () => {
    fc.assert(
      fc.property(anyPage, anyTitle, (page, by) => {
        const ending = callEnding({ kind: "already-taken", by }, { language: page.language, platform });
        for (const sentence of [...callSentences(page, { keys: true, platform }), ending]) {
          expect(sentence.length).toBeLessThanOrEqual(300);
          expect(sentence).not.toMatch(/\p{Extended_Pictographic}|[\p{Cc}\p{Cs}\p{Cf}\uFFFE\uFFFF]/u);
        }
      }),
    );
  });

  test("its last words say what became of the incident", () => {
    const said = (end: Parameters<typeof callEnding>[0]) => callEnding(end, { language: "pt-BR", platform });
    expect(said({ kind: "taken" })).toBe("Pronto: o incidente está com você. Obrigado.");
    expect(said({ kind: "already-taken", by: "Bruno" })).toMatch(/^O incidente já está com Bruno\./);
    expect(said({ kind: "already-taken", by: "🔥" })).toContain("com outra pessoa");
    expect(said({ kind: "no-key" })).toMatch(/continua sem ninguém.*abra o Slack/);
    expect(said({ kind: "no-longer-needed" })).toContain("não é mais necessário");
    expect(said({ kind: "not-confirmed" })).toContain("Ainda não há confirmação");
    expect(callFallback({ language: "en", platform })).toBe("On-call alert. An incident needs you. Open Slack.");
  });
});
