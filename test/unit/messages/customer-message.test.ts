// What a customer reads, in three languages.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CustomerLanguage } from "../../../src/domain/customers/customer.js";
import { aMessage, HOSTILE, LANGUAGES, TEMPLATES, texts } from "./a-message.js";

const all = TEMPLATES.flatMap((template) => LANGUAGES.map((language) => [template, language] as const));
const TEAM: Readonly<Record<CustomerLanguage, string>> = {
  "pt-BR": "Equipe Cubo Suite",
  en: "The Cubo Suite team",
  es: "Equipo de Cubo Suite",
};

describe("every message", () => {
  test.each(all)("%s in %s is complete, names the incident and is signed", (template, language) => {
    const message = aMessage({ template, language, firstContact: true });
    const said = Object.values(message).flat().join("\n");
    expect(said).not.toMatch(/\{\{|\}\}|undefined|null|NaN|Invalid/);
    expect(message.subject).toContain("[INC-1042] Cubo Fiscal: ");
    expect(message.text).toContain("Mariana Costa");
    expect(message.text.endsWith(TEAM[language])).toBe(true);
    expect(message.text).not.toMatch(/\n{3}/);
  });

  test.each(all)("%s in %s survives hostile words in every field, as inert text", (template, language) => {
    for (const bad of HOSTILE) {
      const everywhere = Object.assign(
        {},
        ...(["whatChanged", "impact", "workaround", "action", "causeSummary", "reasonShort"] as const).map((slot) =>
          texts(slot, { [language]: bad }),
        ),
      );
      const message = aMessage({ template, language, name: bad, facts: { service: bad, texts: everywhere } });
      expect(message.subject).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      expect(message.subject.length).toBeLessThan(200);
      expect(message.text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}/u);
      expect(message.text).not.toContain("%%");
      expect(message.text.replaceAll("https://st.cubo.example", "")).not.toMatch(/:\/\/|evil\.example|www\.evil/);
      expect(message.text.split("\n").length).toBe(
        aMessage({ template, language, facts: { service: "a" } }).text.split("\n").length,
      );
    }
  });

  test("the first notice reads in Portuguese as the catalogue has it", () => {
    const message = aMessage({ facts: { data: "checking" } });
    expect(message.text).toBe(
      [
        "Olá, Mariana Costa.",
        "",
        "Há um problema em Cubo Fiscal desde 23/11/2026, 12:30 (horário de Brasília).",
        "",
        "O que você pode notar: você não consegue acessar ou usar o serviço.",
        "O que fazer agora: ainda não há uma alternativa. Avisaremos assim que houver.",
        "O que estamos fazendo: nossa equipe está investigando e trabalhando para normalizar o serviço.",
        "Seus dados: Ainda estamos verificando se algum dado foi afetado.",
        "",
        "Sabemos que isso atrapalha o seu trabalho e sentimos muito.",
        "",
        "Próxima atualização: até 23/11/2026, 15:05 (horário de Brasília), mesmo que não haja novidade.",
        "Acompanhe: https://st.cubo.example",
        "Fale com a gente: suporte@cubo.example (cite INC-1042)",
        "",
        "Equipe Cubo Suite",
      ].join("\n"),
    );
    expect(message.sms).toBe(
      "Cubo Suite: problema em Cubo Fiscal desde 23/11 12:30. Estamos investigando. Proximo aviso ate 23/11 15:05. https://st.cubo.example",
    );
    expect(message.inappBody).toMatch(/^Você não consegue acessar ou usar o serviço\. Estamos investigando\./);
  });
});

describe("languages", () => {
  test("a text that is missing in the reader's language is the catalogue's sentence in that language", () => {
    const facts = { texts: texts("whatChanged", { "pt-BR": "Trocamos o servidor" }) };
    expect(aMessage({ template: "update", facts }).text).toContain("O que mudou: Trocamos o servidor.\n");
    expect(aMessage({ template: "update", facts, language: "en" }).text).toContain(
      "What changed: our team is still following the problem closely.",
    );
    expect(aMessage({ template: "update", facts, language: "es" }).text).not.toContain("Trocamos");
  });

  test("a text of only spaces or invisible characters counts as missing", () => {
    const message = aMessage({ template: "update", facts: { texts: texts("action", { "pt-BR": " \u200B\n " }) } });
    expect(message.text).toContain(
      "O que estamos fazendo: nossa equipe segue dedicada até que o serviço esteja normal.",
    );
  });

  test("no reader gets a Portuguese word in an English message", () => {
    for (const template of TEMPLATES) {
      const { text, sms, subject } = aMessage({ template, language: "en", firstContact: true });
      expect(`${text} ${sms} ${subject}`).not.toMatch(/[ãõçêô]|\b(?:não|você|horário|serviço|seus?|até)\b/iu);
    }
  });
});

describe("honest words", () => {
  test("only a full outage is called one", () => {
    for (const language of LANGUAGES)
      for (const effect of ["significant", "affected", "little", "unknown"] as const) {
        const { text, sms } = aMessage({ template: "update", language, facts: { effect } });
        expect(`${text} ${sms}`).not.toMatch(
          /fora do ar|indispon|outage|unavailable|não consegue acessar|cannot access/i,
        );
      }
  });

  test("once the service works again, nobody reads that it does not", () => {
    const facts = { status: "monitoring" as const, effect: "outage" as const };
    const message = aMessage({ template: "update", facts });
    expect(message.text).toContain("O que você pode notar: o uso deve estar normal.");
    expect(message.sms).toContain("(Em observacao). Voce consegue continuar a usar.");
  });

  test("lost data is said with its detail, without it in another language, and as recovered when it is back", () => {
    const lost = { data: "lost" as const, texts: texts("dataLossDetail", { "pt-BR": "notas de 22/11" }) };
    expect(aMessage({ facts: lost }).text).toContain("perdida ou alterada: notas de 22/11.\n");
    expect(aMessage({ facts: lost, language: "en" }).text).toContain(
      "Your data: Part of your data was lost or altered.\n",
    );
    expect(aMessage({ facts: { ...lost, dataRecovered: true } }).text).toContain("alterada e já foi recuperada.");
  });

  test("without an observation time no number is promised", () => {
    const message = aMessage({ template: "monitoring", facts: { observationMinutes: 0 } });
    expect(message.text).toContain("Vamos observar por algum tempo antes");
  });

  test("a message whose facts lack an instant that it needs is refused, not sent with a hole", () => {
    expect(() => aMessage({ template: "resolved", facts: { restoredAt: null } })).toThrow(/restoredAt/);
    expect(() => aMessage({ facts: { nextUpdateAt: null } })).toThrow(/nextUpdateAt/);
  });
});

describe("what may be missing", () => {
  test("without a page or a support contact those lines are left out, also of the SMS", () => {
    for (const [template, language] of all) {
      const { text, sms, links } = aMessage({ template, language, statusUrl: null, supportContact: null });
      expect(text.slice(text.indexOf("\n"))).not.toMatch(
        /:\s*$|: \(|Acompanhe|Follow along|Siga el|Fale com a gente: |Contact us|Contáctenos|Detal/m,
      );
      expect(sms ?? "").not.toMatch(/https|[: ]$/);
      expect(links).toEqual([]);
    }
  });

  test("a page that is not plain https is never sent", () => {
    for (const statusUrl of [
      "http://st.cubo.example",
      "javascript:alert(1)",
      'https://a"b',
      "https://user@st.example/",
    ])
      expect(aMessage({ statusUrl }).text).not.toContain("Acompanhe");
  });

  test("a service that is not known is one of our services, written as a sentence begins", () => {
    const message = aMessage({ template: "resolved", facts: { service: null } });
    expect(message.text).toContain("\n\nUm dos nossos serviços está funcionando normalmente");
    expect(message.subject).toBe("[INC-1042] Um dos nossos serviços: problema resolvido");
    expect(aMessage({ facts: { service: " \u200B" } }).text).toContain(
      "Há um problema em um dos nossos serviços desde",
    );
  });

  test("a contact without a name is greeted by the customer's", () => {
    expect(aMessage({ name: "\u200B " }).text).toMatch(/^Olá, Padaria Sol\./);
    expect(aMessage({ name: "", customerName: "", language: "en" }).text).toMatch(/^Hello customer,/);
  });
});

describe("somebody whom no earlier message reached", () => {
  test("reads first since when the problem exists", () => {
    const { text } = aMessage({ template: "monitoring", firstContact: true, language: "es" });
    expect(text.split("\n\n")[1]).toBe(
      "Si este es el primer aviso que recibe: el problema en Cubo Fiscal comenzó el 23/11/2026, 12:30 (hora de Brasilia).",
    );
  });

  test("the first notice says it by itself, and a withdrawn notice has nothing that began", () => {
    for (const template of ["first_notice", "false_alarm"] as const)
      expect(aMessage({ template, firstContact: true }).text).toBe(aMessage({ template }).text);
  });
});

describe("links in the words of people", () => {
  test("addresses of the company stay, others cannot be clicked", () => {
    const action = "Use https://st.cubo.example/alt ou https://evil.example/x e escreva a suporte@cubo.example";
    const { text } = aMessage({ template: "update", facts: { texts: texts("action", { "pt-BR": action }) } });
    expect(text).toContain("Use https://st.cubo.example/alt ou evil. example/x e escreva a suporte@cubo.example.");
  });

  test("a sentence begun without a space gets one, and numbers stay as they are", () => {
    const action = "voltou.Estamos vendo...Até 1.000,50 às 12.30h";
    const { text } = aMessage({ template: "update", facts: { texts: texts("action", { "pt-BR": action }) } });
    expect(text).toContain("voltou. Estamos vendo... Até 1.000,50 às 12.30h.");
  });

  test("no words of anybody bring a foreign address into a message", () => {
    const piece = fc.constantFrom(
      "https",
      "http",
      ":",
      "//",
      "/",
      "www",
      ".",
      "evil",
      "com",
      "@",
      " ",
      "\u200B",
      "st.cubo.example",
      "｡",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const facts = { texts: texts("action", { "pt-BR": pieces.join("") }) };
        const { text } = aMessage({ template: "update", facts, supportContact: null });
        for (const [, host = ""] of text.matchAll(/[a-z]:\/\/([^\s/?#:]*)/gi)) expect(host).toBe("st.cubo.example");
        expect(text).not.toMatch(/\bevil[.｡]com\b|\bwww[.｡]\w/);
      }),
    );
  });
});
