import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field, Form, FormPart } from "../../../src/chat/form.js";
import { viewProblems } from "../../../src/sandbox/slack/validate-blocks.js";
import { readMemory, readView } from "../../../src/slack/read-view.js";
import { messageModal, renderModal } from "../../../src/slack/render-modal.js";
import { anyText } from "./card-arbitrary.js";

const memory = { form: { incident: "i1" }, channel: "C1", thread: null, responseUrl: null };
const userIdOf = (id: string) => (id === "ana" ? "U0ANA" : null);
const form = (...parts: FormPart[]): Form => ({
  name: "note",
  title: "Nota",
  submit: "Salvar",
  cancel: "Cancelar",
  parts,
  context: {},
});
const field = (one: Field): FormPart => ({ kind: "field", field: one });
const options = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ value: `v${at}`, label: `Serviço ${at}` }));

const anyOptions = fc.uniqueArray(
  fc.record({ value: fc.string({ minLength: 1, maxLength: 75 }), label: anyText, description: anyText }),
  { maxLength: 130, selector: (option) => option.value },
);
const looks = fc.record({ label: anyText, hint: anyText, optional: fc.boolean(), live: fc.boolean() });
const anyField = fc
  .tuple(
    looks,
    fc.oneof(
      fc.record({
        kind: fc.constantFrom("line", "text"),
        max: fc.integer({ min: 1, max: 9000 }),
        value: anyText,
        placeholder: anyText,
      }),
      fc.record({ kind: fc.constant("choice"), options: anyOptions, value: anyText, expanded: fc.boolean() }),
      fc.record({
        kind: fc.constant("choices"),
        options: anyOptions,
        values: fc.array(anyText),
        expanded: fc.boolean(),
      }),
      fc.record({ kind: fc.constant("person"), value: fc.constantFrom("ana", "nobody") }),
      fc.record({
        kind: fc.constant("moment"),
        value: fc.date({ min: new Date("2020-01-01"), max: new Date("2100-01-01") }),
      }),
    ),
  )
  .map(([look, rest]) => ({ ...look, ...rest }) as Omit<Field, "id">);

test("any form is accepted by Slack's limits", () => {
  fc.assert(
    fc.property(fc.array(anyField, { maxLength: 12 }), anyText, anyText, (fields, words, title) => {
      const parts = fields.map((one, at) => field({ ...one, id: `f${at}` } as Field));
      const view = renderModal({ ...form(...parts, { kind: "words", id: "w", text: words }), title }, memory, userIdOf);
      expect(viewProblems(view, "modal")).toEqual([]);
    }),
  );
});

test("a modal that only says something is accepted whatever it says", () => {
  fc.assert(
    fc.property(anyText, anyText, (title, text) => {
      expect(viewProblems(messageModal(title, text, "OK"), "modal")).toEqual([]);
    }),
  );
});

describe("a form", () => {
  const element = (one: Field) => renderModal(form(field(one)), memory, userIdOf).blocks[0];

  test("shows what is already known", () => {
    expect(element({ id: "t", label: "Título", kind: "line", max: 120, value: "Checkout" })).toMatchObject({
      block_id: "t",
      element: { type: "plain_text_input", multiline: false, max_length: 120, initial_value: "Checkout" },
    });
    expect(element({ id: "p", label: "Quem", kind: "person", value: "ana" })).toMatchObject({
      element: { initial_user: "U0ANA" },
    });
    const choice = element({ id: "c", label: "Efeito", kind: "choice", options: options(4), value: "v2", live: true });
    expect(choice).toMatchObject({ dispatch_action: true, element: { initial_option: { value: "v2" } } });
  });

  test("offers few choices at a glance and many in a menu", () => {
    expect(element({ id: "c", label: "x", kind: "choice", options: options(5), expanded: true })).toMatchObject({
      element: { type: "radio_buttons" },
    });
    expect(element({ id: "c", label: "x", kind: "choice", options: options(11), expanded: true })).toMatchObject({
      element: { type: "static_select" },
    });
    const groups = element({ id: "c", label: "x", kind: "choice", options: options(250) });
    expect(groups).toMatchObject({
      element: { option_groups: [{ options: { length: 100 } }, {}, { options: { length: 50 } }] },
    });
  });

  test("leaves out a choice among nothing", () => {
    expect(element({ id: "c", label: "x", kind: "choice", options: [] })).toBeUndefined();
  });

  test("that is larger than a modal is our mistake, not a silent loss", () => {
    const parts = Array.from({ length: 101 }, (_, at): FormPart => ({ kind: "words", id: `w${at}`, text: "x" }));
    expect(() => renderModal(form(...parts), memory, userIdOf)).toThrow(/larger/);
  });
});

describe("what comes back", () => {
  const stateOf = (element: unknown) => ({ state: { values: { f: { field: element } } } });

  test.each([
    ["a text", { type: "plain_text_input", value: "oi" }, "oi"],
    ["an empty text", { type: "plain_text_input", value: "  " }, null],
    ["a missing text", { type: "plain_text_input" }, null],
    ["a choice", { type: "static_select", selected_option: { value: "v1" } }, "v1"],
    ["a radio choice", { type: "radio_buttons", selected_option: { value: "v1" } }, "v1"],
    ["no choice", { type: "static_select", selected_option: null }, null],
    ["choices", { type: "checkboxes", selected_options: [{ value: "a" }, {}, { value: "b" }] }, ["a", "b"]],
    ["no choices", { type: "multi_static_select" }, []],
    ["a person", { type: "users_select", selected_user: "U1" }, "U1"],
    ["an instant", { type: "datetimepicker", selected_date_time: 1773155040 }, new Date("2026-03-10T15:04:00Z")],
    ["no instant", { type: "datetimepicker", selected_date_time: null }, null],
    ["an instant that is none", { type: "datetimepicker", selected_date_time: "soon" }, null],
    ["an unknown element", { type: "file_input", files: [] }, null],
    ["nothing", null, null],
  ])("%s is read", (_, element, value) => {
    expect(readView(stateOf(element))).toEqual({ f: value });
  });

  test("anything at all is read without an error", () => {
    fc.assert(
      fc.property(fc.anything(), (junk) => {
        readView(junk);
        readView({ state: { values: { f: junk } } });
        expect(readMemory({ private_metadata: junk })).toEqual({
          form: {},
          channel: null,
          thread: null,
          responseUrl: null,
        });
      }),
    );
  });

  test("the memory of a modal survives the journey", () => {
    expect(readMemory(renderModal(form(), memory, userIdOf))).toEqual(memory);
  });
});
