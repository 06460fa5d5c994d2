// SMS: one segment of plain ASCII whatever goes in, and a counter that agrees with the vendor's.
import fc from "fast-check";
import * as calculator from "sms-segments-calculator";
import { describe, expect, test } from "vitest";
import { foldsWhole, foldToSms } from "../../../src/chat/messages/fold-to-sms.js";
import { smsSegments } from "../../../src/chat/messages/sms-segments.js";
import { aMessage, HOSTILE, LANGUAGES, TEMPLATES } from "./a-message.js";

const anyText = fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.constantFrom(...HOSTILE));
const links = fc.constantFrom(null, "https://st.cubo.example", "https://st.cubo.example/a-very-long-path-of-a-page");

describe("the SMS of a message", () => {
  test("is one segment of printable ASCII for any service, language and page", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEMPLATES),
        fc.constantFrom(...LANGUAGES),
        anyText,
        links,
        (template, language, service, statusUrl) => {
          const { sms } = aMessage({ template, language, statusUrl, facts: { service } });
          if (sms === null) return;
          expect(sms).toMatch(/^Cubo Suite: [ -~]+$/);
          expect(smsSegments(sms)).toMatchObject({ encoding: "GSM-7", segments: 1, units: sms.length });
          expect(sms).not.toMatch(/ {2}|\{|\}|evil\.example/);
        },
      ),
      { numRuns: 400 },
    );
  });

  test("a service of the longest name and the longest short link fit together", () => {
    for (const template of TEMPLATES)
      for (const language of LANGUAGES) {
        const statusUrl = `https://${"a".repeat(14)}.example`;
        const service = "Ação Fiscal e Contábil X";
        expect([statusUrl.length, service.length]).toEqual([30, 24]);
        const { sms } = aMessage({ template, language, statusUrl, facts: { service } });
        if (sms === null) continue;
        expect(sms).toContain("Acao Fiscal e Contabil X");
        expect(sms).toContain(statusUrl);
      }
  });

  test("a link that does not fit its slot is left out, and the sentence before it still ends", () => {
    const { sms } = aMessage({ template: "resolved", statusUrl: "https://st.cubo.example/a-page-with-a-long-path" });
    expect(sms).toMatch(/Se ainda houver problema, fale com a gente\.$/);
  });

  test.each(["Um nome de serviço que não cabe em vinte e quatro", "Склад", "倉庫 A", "🔥"])(
    "a service called %s is one of our services",
    (service) => {
      expect(aMessage({ facts: { service } }).sms).toContain("problema em um dos nossos servicos desde");
    },
  );
});

describe("folding to ASCII", () => {
  test("keeps letters, spells what it can and drops the rest", () => {
    expect(foldToSms("“São João” — ação… [nº 1] {a|b} ~1€ `x` 🔥")).toBe(
      "\"Sao Joao\" - acao... (no 1) (a/b) -1EUR 'x'",
    );
    expect(foldToSms("Straße, Łódź, Ærø")).toBe("Strasse, Lodz, AEro");
    expect(foldToSms("a\r\nb\u0000c\u202Ed")).toBe("a b cd");
  });

  test("yields one septet per character, and folding twice changes nothing", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const folded = foldToSms(text);
        expect(folded).toMatch(/^[ -~]*$/);
        expect(smsSegments(folded).units).toBe(folded.length);
        expect(foldToSms(folded)).toBe(folded);
      }),
    );
  });

  test("knows which names cannot be recognised afterwards", () => {
    expect(foldsWhole("Ação 2 🔥")).toBe(true);
    expect(foldsWhole("Ação 倉")).toBe(false);
  });
});

describe("the segment counter", () => {
  const { SegmentedMessage } = calculator;
  const judged = (text: string) => {
    const { encodingName, segmentsCount } = new SegmentedMessage(text, "auto", false);
    return { encoding: encodingName, segments: segmentsCount };
  };
  const GSM = "@£$¥èéùìòÇ\nØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./09:;<=>?¡AZÄÖÑÜ§¿azäöñüà^{}\\[~]|€";

  test("agrees with the vendor's calculator on GSM-7 with extended characters", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...GSM), { minLength: 1, maxLength: 500 }), (characters) => {
        const text = characters.join("");
        expect(smsSegments(text)).toMatchObject(judged(text));
      }),
      { numRuns: 150 },
    );
  });

  test("agrees with it on accented text", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(..."aeiou çãõâêôáíóú.,"), { minLength: 1, maxLength: 300 }),
        (characters) => {
          const text = `ã${characters.join("")}`;
          expect(smsSegments(text)).toMatchObject(judged(text));
        },
      ),
      { numRuns: 150 },
    );
  });

  test.each([
    ["a".repeat(160), "GSM-7", 1],
    ["a".repeat(161), "GSM-7", 2],
    [`${"a".repeat(159)}€`, "GSM-7", 2],
    ["ã".repeat(70), "UCS-2", 1],
    ["ã".repeat(71), "UCS-2", 2],
    [`${"ã".repeat(66)}${"🔥".repeat(3)}`, "UCS-2", 2],
    ["", "GSM-7", 0],
  ])("%#: %s takes the segments of %s", (text, encoding, segments) => {
    expect(smsSegments(text)).toMatchObject({ encoding, segments });
  });
});
