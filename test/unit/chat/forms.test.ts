import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Listed } from "../../../src/chat/asks.js";
import type { FormName } from "../../../src/chat/button-action.js";
import type { Field, Form, FormValue, FormValues } from "../../../src/chat/form.js";
import type { FormInput, ReadInput } from "../../../src/chat/forms/form-input.js";
import { buildForm, FORM_NAMES, formTarget, isFormName, readForm } from "../../../src/chat/forms/form-registry.js";
import { refusedField } from "../../../src/chat/forms/refused-field.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { later, MONDAY_10 } from "../../support/incident-builders.js";

const listed = (count: number): readonly Listed[] =>
  Array.from({ length: count }, (_, index) => ({ id: `x${index}`, name: `Nome ${index}` }));

const input = (with_: Partial<FormInput> = {}): FormInput => ({
  language: "pt-BR",
  target: { by: "id", id: "i1" as IncidentId },
  services: listed(3),
  customers: listed(2),
  onDuty: false,
  policy: cuboSuitePolicyV1,
  values: {},
  ...with_,
});

const reading = (with_: Partial<ReadInput> = {}): ReadInput => ({
  language: "pt-BR",
  now: MONDAY_10,
  services: listed(3),
  customers: listed(2),
  context: { target: "id:i1" },
  ...with_,
});

const fieldsOf = (form: Form): readonly Field[] =>
  form.parts.flatMap((part) => (part.kind === "field" ? [part.field] : []));
const ids = (form: Form): readonly string[] => fieldsOf(form).map(({ id }) => id);
const field = (form: Form, id: string): Field | undefined => fieldsOf(form).find((one) => one.id === id);
const declare = (values: FormValues = {}, with_: Partial<FormInput> = {}): Form =>
  buildForm("declare", input({ target: null, values, ...with_ }));
const words = (form: Form): string => form.parts.map((part) => (part.kind === "words" ? part.text : "")).join("");
const errorsOf = (name: FormName, values: FormValues, with_: Partial<ReadInput> = {}) => {
  const result = readForm(name, values, reading(with_));
  return result.ok ? {} : result.errors;
};
const asked = (name: FormName, values: FormValues, with_: Partial<ReadInput> = {}) => {
  const result = readForm(name, values, reading(with_));
  if (!result.ok) throw new Error(JSON.stringify(result.errors));
  return result.ask.request;
};

describe("the declaration form", () => {
  test("asks five things, and only the title is required", () => {
    expect(ids(declare())).toEqual(["title", "service", "scope", "effect", "data", "more"]);
    expect(fieldsOf(declare()).filter(({ optional }) => optional !== true)).toMatchObject([{ id: "title", max: 120 }]);
  });

  test("the data answer is not known until somebody says so", () => {
    expect(field(declare(), "data")).toMatchObject({ value: "unknown" });
    expect(field(declare(), "effect")).not.toHaveProperty("value");
  });

  test("possible exposure opens its question", () => {
    expect(ids(declare({ data: "exposure" }))).toContain("exposure");
    expect(ids(declare({ data: "lost" }))).not.toContain("exposure");
  });

  test("an exposure that was said stays in sight when another state of the data is chosen", () => {
    expect(field(declare({ data: "lost", exposure: "confirmed" }), "exposure")).toMatchObject({ value: "confirmed" });
  });

  test("shows the level that the answers give, and that it is provisional", () => {
    expect(words(declare({ scope: "large", effect: "outage", data: "none" }))).toContain("Nível: N1. Regra: N1:");
    expect(words(declare({}))).toContain("Nível: N2, provisório.");
    expect(words(declare({}, { policy: null }))).toBe("");
  });

  test.each([
    [0, "line"],
    [99, "choice"],
    [100, "line"],
  ])("with %i services the service is a %s", (count, kind) => {
    expect(field(declare({}, { services: listed(count) }), "service")).toMatchObject({ kind });
  });

  test("a service that is not listed can be typed", () => {
    const form = declare({ service: "other:" });
    expect(ids(form)).toContain("service-name");
    expect(asked("declare", { title: "x", service: "other:", "service-name": " Site " })).toMatchObject({
      service: "Site",
    });
    expect(errorsOf("declare", { title: "x", service: "other:" })).toEqual({ "service-name": "Preencha este campo." });
  });

  test("the rest shows only when asked for", () => {
    expect(ids(declare({ more: ["more"] }))).toEqual([
      ...["title", "service", "scope", "effect", "data", "more"],
      ...["customers", "since", "kind", "detected-by"],
    ]);
  });

  test("a drill stays in sight, and hidden answers are not read", () => {
    expect(ids(declare({ kind: "drill", more: [] }))).toContain("kind");
    expect(asked("declare", { title: "x", kind: "drill", more: [] })).toMatchObject({ kind: "drill" });
    expect(asked("declare", { title: "x", more: [], "detected-by": "customer" })).toMatchObject({
      detectedBy: "staff",
    });
  });

  test("taking is offered, ticked, to whoever is on duty, and an unticked box stays unticked", () => {
    expect(ids(declare())).not.toContain("take");
    expect(field(declare({}, { onDuty: true }), "take")).toMatchObject({ values: ["take"] });
    expect(field(declare({ take: [] }, { onDuty: true }), "take")).not.toHaveProperty("values");
    expect(asked("declare", { title: "x", take: ["take"] })).toMatchObject({ take: true });
    expect(asked("declare", { title: "x" })).toMatchObject({ take: false });
  });

  test("a title alone declares with every answer unknown", () => {
    expect(asked("declare", { title: "  Checkout  fora " })).toEqual({
      title: "Checkout fora",
      service: null,
      answers: { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" },
      customers: [],
      kind: "real",
      origin: "form",
      detectedBy: "staff",
      startedAt: null,
      take: false,
    });
  });

  test("everything that is wrong is said at once, in the person's language", () => {
    const values = { title: " ", effect: "worst", more: ["more"], since: later(1), customers: "Nome 1, Nome 9" };
    expect(errorsOf("declare", values, { language: "en" })).toEqual({
      title: "Fill in this field.",
      effect: "Choose one of the options.",
      since: "That instant has not come yet.",
      customers: "I did not find the customer “Nome 9”.",
    });
  });

  test("customers are typed where there are too many to choose from", () => {
    const customers = listed(101);
    const form = declare({ more: ["more"] }, { customers });
    expect(field(form, "customers")).toMatchObject({ kind: "line" });
    const values = { title: "x", more: ["more"], customers: "nome 100; x3, Nome 3" };
    expect(asked("declare", values, { customers })).toMatchObject({ customers: ["x100", "x3"] });
  });
});

describe("the forms about an incident", () => {
  test("come back with the incident they were opened for", () => {
    for (const target of [
      { by: "id", id: "a:b" as IncidentId },
      { by: "code", code: "INC-12" },
      { by: "room", platform: "teams", roomId: "19:abc@thread.tacv2" },
    ] as const) {
      expect(formTarget(buildForm("note", input({ target })).context)).toEqual(target);
    }
  });

  test("that lost their incident say so instead of guessing", () => {
    expect(errorsOf("note", { text: "x" }, { context: {} })).toEqual({ text: expect.stringContaining("abra de novo") });
    expect(formTarget({ target: "room:irc:x" })).toBeNull();
  });

  test.each([
    ["identify", { cause: "c" }, { type: "identify", cause: "c" }],
    ["mitigate", { action: "a" }, { type: "mitigate", action: "a" }],
    ["regress", { what: "w", to: null }, { type: "regress", what: "w", to: null }],
    ["reopen", { reason: "r" }, { type: "reopen", reason: "r" }],
    ["review", { review: "r" }, { type: "review", review: "r" }],
    ["note", { text: "n", "happened-at": null }, { type: "add-note", text: "n", happenedAt: null }],
    ["cancel", { reason: "duplicate", text: "t" }, { type: "cancel", reason: "duplicate", text: "t" }],
    ["merge", { child: "inc-14" }, { type: "merge", childCode: "INC-14" }],
    [
      "resolve",
      { data: "lost", restored: ["restored"], reason: " " },
      { type: "resolve", data: "lost", reason: null, restoredConfirmed: true },
    ],
    [
      "role",
      { role: "director", person: "U1", summary: null },
      { type: "assign-role", role: "director", person: { mention: "U1" }, summary: null },
    ],
    ["affected", { what: "add", customer: "x1" }, { type: "add-customer", customer: "x1", affectedFrom: null }],
    [
      "affected",
      { what: "remove", customer: "Nome 1", reason: "r" },
      { type: "remove-customer", customer: "x1", reason: "r" },
    ],
    [
      "pause",
      { reason: "waiting-customer", customers: [], question: "q" },
      { type: "pause", reason: "waiting-customer", customers: null, question: "q" },
    ],
    [
      "classify",
      { scope: "large", effect: null, data: "exposure", exposure: "confirmed", cause: "worsened" },
      {
        type: "classify",
        answers: { scope: "large", exposure: "confirmed" },
        cause: "worsened",
        effectiveFrom: null,
        reason: null,
      },
    ],
  ] as const)("%s reads %o", (name, values, request) => {
    expect(asked(name, values)).toEqual(request);
  });

  test.each([
    ["resolve", {}, ["data"]],
    ["cancel", { reason: "nonsense", text: "" }, ["reason", "text"]],
    ["role", {}, ["role", "person"]],
    ["affected", { what: "remove", customer: "x1" }, ["reason"]],
    ["affected", { what: "add", customer: "Ninguém" }, ["customer"]],
    ["merge", { child: "the other" }, ["child"]],
    ["note", { text: "x", "happened-at": later(5) }, ["happened-at"]],
    ["identify", { cause: "x".repeat(2_001) }, ["cause"]],
    ["declare", { title: "x".repeat(121) }, ["title"]],
  ] as const)("%s with %o is wrong in the right fields", (name, values, wrong) => {
    expect(Object.keys(errorsOf(name, values))).toEqual(wrong);
  });

  test("the longest texts are accepted", () => {
    expect(asked("note", { text: "x".repeat(2_000) })).toMatchObject({ type: "add-note" });
  });
});

const anyValue: fc.Arbitrary<FormValue> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 50 }),
  fc.array(fc.string({ maxLength: 10 }), { maxLength: 3 }),
  fc.date(),
  fc.constant(null),
  fc.constantFrom("lost", "drill", "more", "other:", "x1", "exposure", "remove"),
);

test("any values are read without an exception, and every error names a field of the form", () => {
  fc.assert(
    fc.property(fc.constantFrom(...FORM_NAMES), fc.infiniteStream(anyValue), fc.boolean(), (name, stream, many) => {
      const customers = listed(many ? 150 : 2);
      const known = ids(buildForm(name, input({ customers, values: { more: ["more"], data: "exposure" } })));
      const values = Object.fromEntries([...known, "service-name"].map((id) => [id, stream.next().value]));
      const form = buildForm(name, input({ customers, values }));
      const result = readForm(name, values, reading({ customers }));
      if (!result.ok)
        // A message to customers that nobody has seen yet has no field: the door draws its preview again.
        expect([...ids(form), "service-name", "template", "confirm"]).toEqual(
          expect.arrayContaining(Object.keys(result.errors)),
        );
    }),
    { numRuns: 500 },
  );
});

test("form names that come back from outside are checked", () => {
  expect([isFormName("resolve"), isFormName("toString"), isFormName("")]).toEqual([true, false, false]);
});

describe("a refusal of a submitted form", () => {
  test("stands beside the field that it is about", () => {
    expect(refusedField("resolve", { reason: "observation-not-over", until: MONDAY_10 })).toBe("reason");
    expect(refusedField("resolve", { reason: "missing", fields: ["data"] })).toBe("data");
    expect(refusedField("note", { reason: "time-in-the-future", at: MONDAY_10 })).toBe("happened-at");
    expect(refusedField("note", { reason: "too-long", field: "text", max: 1, actual: 2 })).toBe("text");
  });

  test("stands beside no field when it is about the incident", () => {
    expect(refusedField("resolve", { reason: "nothing-changed" })).toBeNull();
    expect(refusedField("merge", { reason: "needs-authority", who: "lead" })).toBeNull();
  });
});
