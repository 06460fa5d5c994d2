import { expect, test } from "vitest";
import type { ButtonAction } from "../../../src/chat/button-action.js";
import { readButtonAction } from "../../../src/chat/read-button-action.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";

const incident = "i1" as IncidentId;

test.each<ButtonAction>([
  { do: "take", incident },
  { do: "note-escalation", incident, escalation: "e1" },
  { do: "open-form", incident, form: "classify" },
  { do: "show", incident, what: "more" },
  { do: "approve-notice", incident, number: 2 },
  { do: "discard-notice", incident, number: 1 },
])("$do comes back as it was", (action) => {
  expect(readButtonAction(JSON.parse(JSON.stringify(action)))).toEqual(action);
});

test.each<Record<string, unknown>>([
  {},
  { do: "take" },
  { do: "take", incident: "" },
  { do: "take", incident, person: "ana" },
  { do: "open-form", incident, form: "drop" },
  { do: "show", incident, what: "all" },
  { do: "note-escalation", incident, escalation: "" },
  { do: "approve-notice", incident, number: "1" },
  { do: "approve-notice", incident, number: 1.5 },
  { do: "approve-notice", incident, number: 0 },
  { do: "drop", incident, number: 1 },
])("%j is refused", (data) => {
  expect(readButtonAction(data)).toBeNull();
});
