import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BUTTON_ACTION_IDS, buttonRows, readButtonAction } from "../../../src/slack/buttons.js";
import { anyAction, anyText } from "./card-arbitrary.js";

describe("a button's value", () => {
  test("reads back as what was written", () => {
    fc.assert(
      fc.property(anyAction, (action) => {
        const [row] = buttonRows([{ label: "x", action }]);
        const [element] = row?.type === "actions" ? row.elements : [];
        expect(readButtonAction(element && "value" in element ? element.value : null)).toEqual(action);
        expect(element?.action_id).toMatch(BUTTON_ACTION_IDS);
      }),
    );
  });

  test.each([
    ["nothing", undefined],
    ["a number", 7],
    ["no JSON", "take"],
    ["null", "null"],
    ["a list", '["take"]'],
    ["an unknown action", '{"do":"close-all","incident":"i1"}'],
    ["no incident", '{"do":"take"}'],
    ["an empty incident", '{"do":"take","incident":""}'],
    ["an incident that is no text", '{"do":"take","incident":{"$ne":1}}'],
    ["more than was written", '{"do":"take","incident":"i1","admin":true}'],
    ["an unknown form", '{"do":"open-form","incident":"i1","form":"constructor"}'],
    ["an unknown view", '{"do":"show","incident":"i1","what":"secrets"}'],
    ["an empty escalation", '{"do":"note-escalation","incident":"i1","escalation":""}'],
    ["a message without its number", '{"do":"approve-notice","incident":"i1"}'],
    ["a message whose number is a text", '{"do":"approve-notice","incident":"i1","number":"2"}'],
    ["a message whose number is none", '{"do":"discard-notice","incident":"i1","number":0.5}'],
    ["a message before the first", '{"do":"approve-notice","incident":"i1","number":0}'],
    ["too much", JSON.stringify({ do: "take", incident: "x".repeat(2000) })],
  ])("%s is refused", (_, value) => {
    expect(readButtonAction(value)).toBeNull();
  });

  test("any text is read without an error", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.json()), (text) => {
        readButtonAction(text);
      }),
    );
  });
});
