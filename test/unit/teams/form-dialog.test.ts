import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, Form } from "../../../src/chat/form.js";
import { buildForm, FORM_NAMES } from "../../../src/chat/forms/form-registry.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { cardProblems } from "../../../src/sandbox/teams/validate-card.js";
import type { AdaptiveCard } from "../../../src/teams/adaptive-card.js";
import { readSubmission, readValues } from "../../../src/teams/read-submission.js";
import { encodeChoice, renderForm } from "../../../src/teams/render-form.js";
import { parserComplaints } from "./card-lint.js";

const NONCE = "11111111-1111-4111-8111-111111111111";
const ZONE = "America/Sao_Paulo";
const sight = { language: "pt-BR", zone: ZONE, people: [{ id: "p-ana", name: "Ana Souza" }] } as const;
const aForm = (fields: readonly Field[], more: Partial<Form> = {}): Form => ({
  name: "note",
  title: "Nota",
  submit: "Enviar",
  cancel: "Cancelar",
  parts: fields.map((field) => ({ kind: "field", field })),
  context: { target: "id:i1" },
  ...more,
});
const inputsOf = (card: AdaptiveCard) => card.body.filter((element) => element.type.startsWith("Input."));
const submitted = (card: AdaptiveCard, inputs: Readonly<Record<string, string>>) =>
  readSubmission({ ...card.actions?.[0]?.data, ...inputs });

describe("every form of the bot", () => {
  test.each(FORM_NAMES)("%s is a dialog that Teams and Microsoft's parser take", (name) => {
    for (const language of ["pt-BR", "en"] as const) {
      const form = buildForm(name, {
        language,
        target: name === "declare" ? null : { by: "id", id: "i1" as IncidentId },
        services: [{ id: "checkout", name: "Checkout" }],
        customers: [{ id: "acme", name: "Acme, Ltda." }],
        onDuty: true,
        policy: cuboSuitePolicyV1,
        values: { more: ["more"], service: "other:", data: "exposure" },
      });
      const card = renderForm(form, { nonce: NONCE }, { ...sight, language });
      expect(cardProblems(JSON.parse(JSON.stringify(card)), "dialog")).toEqual([]);
      expect(parserComplaints(card)).toEqual([]);
      expect(card.actions?.length).toBeGreaterThan(0);
    }
  });
});

describe("fields", () => {
  const fields: readonly Field[] = [
    { id: "line", label: "Linha", kind: "line", max: 80, value: "x" },
    { id: "text", label: "Texto", kind: "text", max: 500, optional: true },
    { id: "choice", label: "Uma", kind: "choice", options: [{ value: "a,b", label: "A" }], value: "a,b" },
    {
      id: "choices",
      label: "Várias",
      kind: "choices",
      options: ["a,b", "c%"].map((value) => ({ value, label: value })),
    },
    { id: "person", label: "Pessoa", kind: "person", value: "p-ana" },
    { id: "moment", label: "Quando", kind: "moment", value: new Date("2026-11-23T13:00:00Z") },
  ];
  const form = aForm(fields);
  const card = renderForm(form, { nonce: NONCE }, sight);

  test("each has its input, with what was already said", () => {
    expect(inputsOf(card).map((input) => [input.type, "value" in input ? input.value : null])).toEqual([
      ["Input.Text", "x"],
      ["Input.Text", null],
      ["Input.ChoiceSet", "a%2Cb"],
      ["Input.ChoiceSet", null],
      ["Input.ChoiceSet", "p-ana"],
      ["Input.Date", "2026-11-23"],
      ["Input.Time", "10:00"],
    ]);
  });

  test("what comes back has its kind again", () => {
    const back = submitted(card, {
      "field-line": "olá",
      "field-choice": "a%2Cb",
      "field-choices": "a%2Cb,c%25",
      "field-person": "p-ana",
      "field-moment-date": "2026-11-23",
      "field-moment-time": "10:00",
    });
    if (back === null) throw new Error("not read");
    expect(back).toMatchObject({ what: "submit", form: "note", nonce: NONCE, context: { target: "id:i1" } });
    expect(readValues(back, form, ZONE, "bad")).toEqual({
      values: {
        line: "olá",
        text: null,
        choice: "a,b",
        choices: ["a,b", "c%"],
        person: "p-ana",
        moment: new Date("2026-11-23T13:00:00Z"),
      },
      errors: {},
    });
  });

  test("values of choices survive the one string in which they travel", () => {
    const choices = aForm([{ id: "c", label: "C", kind: "choices", options: [] }]);
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 })), (values) => {
        const back = submitted(card, { "field-c": values.map(encodeChoice).join(",") });
        expect(back && readValues(back, choices, ZONE, "bad").values["c"]).toEqual(values);
      }),
    );
  });

  test("in a large company a name is typed", () => {
    const people = Array.from({ length: 61 }, (_, n) => ({ id: `p${n}`, name: `Pessoa ${n}` }));
    const typed = renderForm(aForm(fields.slice(4, 5)), { nonce: NONCE }, { ...sight, people });
    expect(inputsOf(typed)[0]).toMatchObject({ type: "Input.Text" });
  });

  test("an error stands under its field, and one that has no field above all", () => {
    const errors = { line: "Curto demais", other: "Perdeu-se o incidente" };
    const texts = renderForm(form, { nonce: NONCE }, { ...sight, errors }).body.map((element) =>
      element.type === "TextBlock" ? element.text : element.type,
    );
    expect(texts.slice(0, 4)).toEqual([
      "Falta corrigir o que está marcado.",
      "Perdeu-se o incidente",
      "Input.Text",
      "Curto demais",
    ]);
  });

  test("text of people cannot be markup", () => {
    const words = aForm([], { parts: [{ kind: "words", id: "w", text: "[x](https://evil.example) <at>Ana</at>" }] });
    const texts = JSON.stringify(renderForm(words, { nonce: NONCE }, sight).body);
    expect(texts).not.toContain("[x](https");
    expect(texts).not.toContain("<at>Ana");
  });

  test("a form with nothing to send yet can only be drawn again", () => {
    const { actions } = renderForm(aForm([], { inert: true }), { nonce: NONCE }, sight);
    expect(actions?.map(({ data }) => data["do"])).toEqual(["redraw-form"]);
  });
});

describe("what is no form of ours", () => {
  test.each([
    ["nothing", null],
    ["a button", { do: "take", incident: "i1" }],
    ["an unknown form", { do: "submit-form", form: "drop", nonce: NONCE }],
    ["no nonce", { do: "submit-form", form: "note" }],
    ["a nonce of somebody's making", { do: "submit-form", form: "note", nonce: "x" }],
    [
      "a context that is too long",
      { do: "submit-form", form: "note", nonce: NONCE, context: { a: "x".repeat(2_001) } },
    ],
  ])("%s is refused", (_, data) => {
    expect(readSubmission(data)).toBeNull();
  });

  test("anything is read without a fault", () => {
    fc.assert(
      fc.property(fc.anything(), (odd) => {
        const read = readSubmission({
          do: "submit-form",
          form: "note",
          nonce: NONCE,
          context: odd,
          shown: odd,
          "field-x": odd,
        });
        if (read !== null) readValues(read, aForm([{ id: "x", label: "X", kind: "moment" }]), ZONE, "bad");
      }),
    );
  });
});
