import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { previewInWords } from "../../../src/cli/demo-customers.js";
import { createNarrator, wrap } from "../../../src/cli/demo-narrator.js";
import { demoWords } from "../../../src/cli/demo-words.js";
import type { DemoEntry, DemoText } from "../../../src/cli/demo-world.js";

const AT = new Date("2026-11-23T13:00:00.000Z");
const BRUNO = { handle: "bruno", name: "Bruno Lima", email: "bruno.lima@cubosuite.example", phone: "+5511955550102" };
const HELENA = { handle: "helena", name: "Helena Castro", email: "h@cubosuite.example", phone: "+5511955550108" };

const narrating = () => {
  const entries: DemoEntry[] = [];
  const texts: DemoText[] = [];
  const lines: string[] = [];
  const narrator = createNarrator({
    ...{ entries, texts: () => texts, staff: [BRUNO, HELENA], zone: "America/Sao_Paulo" },
    ...{ now: () => AT, words: demoWords("pt-BR"), write: (line: string) => void lines.push(line.trim()) },
  });
  const posted = (text: string): void =>
    void entries.push({ at: AT, kind: "message", what: "posted", by: "bot", channelName: "inc-1-x", text });
  return { narrator, texts, lines, posted };
};

describe("the narrator", () => {
  test("one line tells an SMS that several people got, without the link of any of them", () => {
    const { narrator, texts, lines } = narrating();
    texts.push({ to: BRUNO.phone, body: "INC-1. Abra https://cubo.link/t/abc" });
    texts.push({ to: HELENA.phone, body: "INC-1. Abra https://cubo.link/t/def" });
    narrator.tells();
    narrator.tells();
    expect(lines).toEqual(['SMS para Bruno, Helena: "INC-1. Abra https://cubo.link/t/…"']);
  });

  test("SMS to customers are left to the act that checks who got what", () => {
    const { narrator, texts, lines } = narrating();
    texts.push({ to: "+5511955550151", body: "Cubo Suite: problema em Checkout" });
    narrator.tells();
    expect(lines).toEqual([]);
  });

  test("the result of the clocks has one line for each customer", () => {
    const { narrator, lines, posted } = narrating();
    posted(
      "Carla Dias resolveu o incidente. Motivo:\nconfirmaram\nResultado\nA, resposta: cumprida\nA, resolução: cumprida\nB, resposta: violada",
    );
    narrator.tells();
    expect(lines).toEqual([
      "no canal: Carla Dias resolveu o incidente. Motivo: confirmaram",
      "| A, resposta: cumprida · A, resolução: cumprida",
      "| B, resposta: violada",
    ]);
  });
});

test("wrapping loses no word and no line is longer than it may be unless one word is", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1 }), (words) => {
      const lines = wrap(words.join(" "), 12);
      expect(lines.join(" ")).toBe(words.join(" "));
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(12);
    }),
  );
});

test("a preview is told in its first language: audience, subject, body and SMS", () => {
  const visible =
    "Avisar clientes\n2 clientes: 4 e-mails, 3 SMS\nO que cada um recebe:\nE-mail em português. Assunto: Um\nOlá.\n\nHá um problema.\nSMS em português, 9 caracteres:\nProblema.\nE-mail em inglês. Assunto: One\nHello.";
  expect(previewInWords(visible, demoWords("pt-BR").mailPreview)).toEqual([
    "2 clientes: 4 e-mails, 3 SMS",
    "E-mail em português. Assunto: Um",
    "Olá. Há um problema.",
    "SMS em português, 9 caracteres: Problema.",
  ]);
});
