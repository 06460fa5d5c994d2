import { expect, test } from "vitest";
import { UnreadableEvent, upcastEvents } from "../../../src/storage/upcast-events.js";

const shapes = {
  version: 3,
  types: new Set(["taken", "closed"]),
  upcasters: {
    taken: [(event: object) => ({ ...event, by: "somebody" }), (event: object) => ({ ...event, door: "slack" })],
  },
};

test("an event of the present version is left as it is", () => {
  const event = { v: 3, type: "taken", by: "bruno" };
  expect(upcastEvents([event], shapes)).toEqual([event]);
});

test("an old event goes through every step from its own version on", () => {
  expect(upcastEvents([{ v: 1, type: "taken" }], shapes)).toEqual([
    { v: 3, type: "taken", by: "somebody", door: "slack" },
  ]);
  expect(upcastEvents([{ v: 2, type: "taken", by: "bruno" }], shapes)).toEqual([
    { v: 3, type: "taken", by: "bruno", door: "slack" },
  ]);
});

test("an old event whose type never changed only gets the present version", () => {
  expect(upcastEvents([{ v: 1, type: "closed" }], shapes)).toEqual([{ v: 3, type: "closed" }]);
});

test.each([
  ["event_newer_than_code", { v: 4, type: "taken" }],
  ["event_newer_than_code", { v: 4, type: "unheard-of" }],
  ["event_unknown", { v: 3, type: "unheard-of" }],
  ["event_unknown", { type: "taken" }],
  ["event_unknown", { v: "3", type: "taken" }],
  ["event_unknown", { v: 0, type: "taken" }],
])("an event that this program does not know is refused as %s", (code, event) => {
  expect(() => upcastEvents([event], shapes)).toThrow(UnreadableEvent);
  expect(() => upcastEvents([event], shapes)).toThrow(expect.objectContaining({ code }));
});
