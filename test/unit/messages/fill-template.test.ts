import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillTemplate, type SlotValue, type SlotValues } from "../../../src/chat/messages/fill-template.js";
import { MESSAGE_SLOTS } from "../../../src/domain/notices/message-slots.js";
import { HOSTILE } from "./a-message.js";

const values = (given: Partial<SlotValues> = {}): SlotValues => ({
  ...(Object.fromEntries(MESSAGE_SLOTS.map((slot) => [slot, null])) as Record<string, SlotValue> as SlotValues),
  ...given,
});

describe("filling a template", () => {
  test("what is put in is never scanned again", () => {
    fc.assert(
      fc.property(fc.oneof(fc.constantFrom(...HOSTILE, "{{service}}", "{{#link}}"), fc.string()), (service) => {
        expect(fillTemplate("a {{service}} b {{action}}.", values({ service, action: "{{service}}" }))).toBe(
          `a ${service} b {{service}}.`,
        );
      }),
    );
  });

  test("a section stays only while its slot has a value", () => {
    const template = "Oi.\n{{#reportDueAt}}Até {{reportDueAt}}.\n{{/reportDueAt}}Fim.";
    expect(fillTemplate(template, values())).toBe("Oi.\nFim.");
    expect(fillTemplate(template, values({ reportDueAt: "amanhã" }))).toBe("Oi.\nAté amanhã.\nFim.");
  });

  test("a line without its link or contact is left out, and leaves no hole", () => {
    expect(fillTemplate("A.\n\nVeja {{link}}\nFale: {{supportContact}} ({{service}})\n\nB.", values())).toBe(
      "A.\n\nB.",
    );
  });

  test("a phrase of the catalogue is capitalised where a sentence begins, a person's words never", () => {
    const phrase = { phrase: "um serviço" };
    expect(fillTemplate("{{service}}. {{service}} e {{service}}\n{{service}}", values({ service: phrase }))).toBe(
      "Um serviço. Um serviço e um serviço\nUm serviço",
    );
    expect(fillTemplate("{{service}}", values({ service: "iFood" }))).toBe("iFood");
  });

  test.each([
    ["{{nope}}", /nope is not known/],
    ["{{#nope}}x{{/nope}}", /nope is not known/],
    ["{{service}}", /service has no value/],
    ["{{ service }}", /braces/],
    ["x }}", /braces/],
  ])("%s is refused", (template, reason) => {
    expect(() => fillTemplate(template, values())).toThrow(reason);
  });
});
