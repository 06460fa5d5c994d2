import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { customerMail, customerMailTemplate } from "../../../src/render/customer-mail.js";
import {
  aMessage,
  type Given,
  HOSTILE,
  LANGUAGES,
  readerOf,
  sourceOf,
  TEMPLATES,
  texts,
} from "../messages/a-message.js";

const orgName = "Cubo Suite";
const mailOf = (given: Given = {}) => customerMail(aMessage(given), { language: given.language ?? "pt-BR", orgName });
const templateOf = (given: Given = {}) => customerMailTemplate({ ...sourceOf(given), group: readerOf(given), orgName });

// As the provider does it: raw replacement in every part.
const substituted = (template: ReturnType<typeof templateOf>, recipient: { name: string; customerName: string }) => {
  const put = (part: string) =>
    Object.entries(template.keys(recipient)).reduce((made, [key, value]) => made.replaceAll(key, () => value), part);
  return { subject: put(template.subject), html: put(template.html), text: put(template.text) };
};

/** What a reader sees of the HTML. */
const visible = (html: string): string =>
  html
    .replace(/<head>[\s\S]*<\/head>|<div class="preheader"[\s\S]*?<\/div>|<p class="brand">.*<\/p>/g, "")
    .replace(/<[^>]+>/g, "")
    .replace(/&(lt|gt|quot|#39|#96|amp);/g, (_, name: string) => UNESCAPED[name] ?? "")
    .split("\n")
    .filter((line) => line !== "")
    .join("\n");
const UNESCAPED: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", "#96": "`", amp: "&" };

describe("an e-mail", () => {
  test.each(LANGUAGES)("in %s shows the same words as its text, in that language", (language) => {
    for (const template of TEMPLATES) {
      const mail = mailOf({ template, language, firstContact: true });
      expect(visible(mail.html)).toBe(mail.text.split("\n").filter(Boolean).join("\n"));
      expect(mail.html).toContain(`<html lang="${language}"`);
    }
  });

  test("loads nothing, runs nothing and links only the company's page", () => {
    const { html } = mailOf({ template: "resolved" });
    expect(html).not.toMatch(/<img|<script|<link|<iframe|url\(|@import|\son\w+=|src=/i);
    expect([...html.matchAll(/href="([^"]*)"/g)].map((m) => m[1])).toEqual(["https://st.cubo.example"]);
  });

  test("an address of the support that is https is a link too, a mail address stays text", () => {
    const { html } = mailOf({ supportContact: "https://ajuda.cubo.example/contato?de=aviso&x=1" });
    expect(html).toContain('<a href="https://ajuda.cubo.example/contato?de=aviso&amp;x=1">');
    expect(mailOf().html).not.toContain("mailto");
  });

  test("words of people bring no markup and no second line into the subject", () => {
    for (const bad of HOSTILE) {
      const facts = { service: bad, texts: texts("workaround", { "pt-BR": bad }) };
      const mail = mailOf({ facts, name: bad });
      const plain = mailOf({ facts: { service: "a", texts: texts("workaround", { "pt-BR": "b" }) }, name: "c" });
      expect(mail.html.match(/<\w+/g)).toEqual(plain.html.match(/<\w+/g));
      expect(mail.subject).not.toMatch(/[\r\n\p{Cc}]/u);
    }
  });

  test("a subject that a catalogue broke in two lines is still one", () => {
    expect(customerMail({ ...aMessage(), subject: "a\r\nBcc: b\u2028c" }, { language: "en", orgName }).subject).toBe(
      "a Bcc: b c",
    );
  });
});

describe("labels", () => {
  test("are the catalogue's, never the words of a person", () => {
    const { html } = mailOf({ facts: { service: "Seu banco: senha" }, name: "Aviso: leia" });
    expect([...html.matchAll(/<strong>(.*?)<\/strong>/g)].map((m) => m[1])).toEqual([
      "O que você pode notar:",
      "O que fazer agora:",
      "O que estamos fazendo:",
      "Seus dados:",
      "Próxima atualização:",
      "Acompanhe:",
      "Fale com a gente:",
    ]);
    expect(mailOf({ template: "resolved" }).html).toContain("<strong>Detalhes:</strong> <a ");
  });
});

describe("an e-mail to many", () => {
  const names = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.constantFrom(...HOSTILE, "D'Ávila & Filhos <TI>", "a: b", ""),
  );

  test("with the keys replaced equals the e-mail made for each recipient", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...TEMPLATES),
        fc.constantFrom(...LANGUAGES),
        fc.boolean(),
        fc.record({ name: names, customerName: names }),
        names,
        (template, language, firstContact, recipient, words) => {
          const facts = { service: words, texts: texts("action", { [language]: words }) };
          const given = { template, language, firstContact, facts };
          expect(substituted(templateOf(given), recipient)).toEqual(mailOf({ ...given, ...recipient }));
        },
      ),
      { numRuns: 120 },
    );
  });

  test("a key that a person typed is replaced by nobody's name", () => {
    const facts = { texts: texts("workaround", { "pt-BR": "%%p1:nameText%% e %%%%p1:nameHtml%%" }) };
    const mail = substituted(templateOf({ facts }), { name: "Mariana", customerName: "Padaria" });
    expect(mail.text.match(/Mariana/g)).toHaveLength(1);
    expect(mail.html.match(/Mariana/g)).toHaveLength(1);
    expect(templateOf({ facts }).text.match(/%%/g)).toHaveLength(2);
  });

  test("the values are made for their part, and only for keys that the e-mail has", () => {
    expect(templateOf().keys({ name: "<b>Ana</b>", customerName: "x" })).toEqual({
      "%%p1:nameText%%": "<b>Ana</b>",
      "%%p1:nameHtml%%": "&lt;b&gt;Ana&lt;/b&gt;",
    });
  });

  test("a catalogue that names the customer gets a key for that as well, also in the subject", () => {
    const source = sourceOf();
    const own = source.catalogue.templates.first_notice["pt-BR"];
    const catalogue = {
      ...source.catalogue,
      templates: {
        ...source.catalogue.templates,
        first_notice: {
          ...source.catalogue.templates.first_notice,
          "pt-BR": { ...own, subject: "{{customerName}}: aviso", body: "Olá.\n\nPara {{customerName}}." },
        },
      },
    };
    const mail = customerMailTemplate({ ...source, catalogue, group: readerOf(), orgName });
    expect(substituted(mail, { name: "A", customerName: "Sol & Mar\r\nBcc: x" }).subject).toBe(
      "Sol & Mar Bcc: x: aviso",
    );
    expect(substituted(mail, { name: "A", customerName: "Sol & Mar" }).html).toContain("Para Sol &amp; Mar.");
  });
});
