import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { Contact, ContactRole } from "../../../src/domain/customers/contact.js";
import { channelsFor } from "../../../src/domain/notices/channels-for.js";
import type { MessageCatalogue, TemplateName, TemplateText } from "../../../src/domain/notices/message-catalogue.js";
import { validateCatalogue } from "../../../src/domain/notices/validate-catalogue.js";
import { cuboSuiteMessagesV1 as shipped } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import { LANGUAGES, TEMPLATES } from "./a-message.js";

const digest = (value: unknown) => createHash("sha256").update(JSON.stringify(value)).digest("hex");

const aContact = (role: ContactRole): Contact => ({
  id: "c1",
  customerId: "padaria",
  name: "Mariana Costa",
  email: "mariana@padaria.example",
  phone: "+5511999990001",
  roles: [role],
  wishes: {},
});

const withText = (
  name: TemplateName,
  language: "pt-BR" | "en" | "es",
  change: Partial<TemplateText>,
): MessageCatalogue => ({
  ...shipped,
  templates: {
    ...shipped.templates,
    [name]: { ...shipped.templates[name], [language]: { ...shipped.templates[name][language], ...change } },
  },
});
const problems = (catalogue: MessageCatalogue) => validateCatalogue(catalogue).map((p) => `${p.where}: ${p.problem}`);

describe("the shipped catalogue", () => {
  test("can be put in force", () => {
    expect(validateCatalogue(shipped)).toEqual([]);
  });

  test("never changes within its version: messages already sent remember it", () => {
    expect(digest(shipped)).toBe("0825e186e911a2cd32536bd909972432adb123d42f76af4708060b45b5db4483");
  });

  test.each([
    [1, "incident_primary", "first_notice", ["email", "sms"]],
    [1, "incident_primary", "update", ["email"]],
    [1, "incident_primary", "no_change", ["email"]],
    [1, "technical", "resolved", ["email", "sms"]],
    [1, "executive", "reopened", ["email", "sms"]],
    [2, "incident_primary", "first_notice", ["email"]],
    [2, "executive", "first_notice", []],
    [3, "incident_primary", "false_alarm", ["email"]],
    [3, "technical", "first_notice", []],
    [4, "incident_primary", "first_notice", []],
    [1, "user", "first_notice", []],
    [1, "dpo", "first_notice", []],
  ] as const)("at N%i, %s hears of %s by %j", (level, role, template, channels) => {
    expect(channelsFor({ contact: aContact(role), level, template, catalogue: shipped })).toEqual(channels);
  });

  test("promises no time of a fix, blames nobody and excuses nothing", () => {
    const said = JSON.stringify({ ...shipped, rules: null, slotMax: null });
    expect(said).not.toMatch(
      /em breve|o mais rápido possível|inconveniente|transtorno|garantimos|nunca mais|erro humano|human error|guarantee|never again|will be fixed|muito a sério|soon as possible|!/i,
    );
    expect(said).not.toMatch(/deploy|rollback|cluster|timeout|latência|cache|endpoint|hotfix|failover/i);
  });
});

describe("a catalogue is refused", () => {
  test.each<[string, MessageCatalogue, string]>([
    [
      "a slot that nobody fills",
      withText("update", "en", { body: "{{dpoName}}" }),
      "templates.update.en.body: unknown-slot",
    ],
    ["an empty subject", withText("update", "es", { subject: " " }), "templates.update.es.subject: empty"],
    [
      "a subject of two lines",
      withText("update", "en", { subject: "a\nBcc: b" }),
      "templates.update.en.subject: many-lines",
    ],
    ["an open brace", withText("update", "en", { body: "{{service" }), "templates.update.en.body: stray-braces"],
    [
      "a section without an end",
      withText("update", "en", { body: "{{#link}}x" }),
      "templates.update.en.body: stray-braces",
    ],
    ["an accent in an SMS", withText("update", "pt-BR", { sms: "Próximo" }), "templates.update.pt-BR.sms: not-ascii"],
    [
      "a bracket, two septets, in an SMS",
      withText("update", "en", { sms: "[x]" }),
      "templates.update.en.sms: not-ascii",
    ],
    [
      "a long SMS",
      withText("update", "en", { sms: `{{service}}${"a".repeat(137)}` }),
      "templates.update.en.sms: too-long",
    ],
    [
      "a link inside an SMS",
      withText("update", "en", { sms: "{{shortLink}} x" }),
      "templates.update.en.sms: misplaced-slot",
    ],
    ["no SMS in one language", withText("resolved", "es", { sms: null }), "templates.resolved: languages-differ"],
    [
      "a slot of an SMS without a limit",
      { ...shipped, slotMax: { ...shipped.slotMax, service: undefined as unknown as number } },
      "templates.first_notice.en.sms: no-limit",
    ],
    [
      "a long short impact",
      { ...shipped, impactShort: { ...shipped.impactShort, little: { "pt-BR": "x".repeat(41), en: "x", es: "x" } } },
      "impactShort.little.pt-BR: too-long",
    ],
    [
      "a phrase that is missing",
      { ...shipped, someService: { "pt-BR": "um", en: "", es: "uno" } },
      "someService.en: empty",
    ],
    [
      "a slot where a phrase has none",
      { ...shipped, dataRecovered: { "pt-BR": "{{link}}", en: "x", es: "x" } },
      "dataRecovered.pt-BR: unknown-slot",
    ],
    [
      "an SMS promised by the rules and not written",
      { ...shipped, rules: { ...shipped.rules, smsFor: ["no_change"] } },
      "templates.no_change: sms-missing",
    ],
    [
      "quiet hours of another clock",
      { ...shipped, rules: { ...shipped.rules, quietHours: { from: "24:00", to: "8" } } },
      "rules.quietHours.to: not-a-time",
    ],
    [
      "half a minute",
      { ...shipped, rules: { ...shipped.rules, draftMinutes: 0.5 } },
      "rules.draftMinutes: not-a-number",
    ],
  ])("for %s", (_, catalogue, problem) => {
    expect(problems(catalogue)).toContain(problem);
  });

  test("a break in any single text of any template is found", () => {
    for (const name of TEMPLATES)
      for (const language of LANGUAGES)
        for (const part of ["subject", "body", "inappTitle", "inappBody"] as const)
          expect(problems(withText(name, language, { [part]: "" }))).toEqual([
            `templates.${name}.${language}.${part}: empty`,
          ]);
  });
});
