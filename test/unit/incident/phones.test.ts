import { describe, expect, test } from "vitest";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import { nextWakeAt } from "../../../src/domain/incident/next-wake-at.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  answersFor,
  by,
  declared,
  followedBy,
  fullRoster,
  later,
  person,
  type Story,
  wokenAt,
} from "../../support/incident-builders.js";

const everybody = Object.values(fullRoster.byRole).flat() as PersonId[];
const onCall = { ...fullRoster, byPhone: everybody };
const rings = (story: Story): readonly string[] =>
  story.last.ok ? story.last.effects.flatMap((e) => (e.kind === "ring" ? [`${e.by} ${e.person}`] : [])).sort() : [];
const nextWake = (story: Story, at: Date) =>
  nextWakeAt(story.incident, sheetOf(story.incident, policy, at), policy, at);

describe("phones while nobody has the incident", () => {
  test("ring by SMS with the first page, for those who are paged and have one", () => {
    const declaration = aDeclaration({ onCall: { ...onCall, byPhone: [person("bruno"), person("diego")] } });
    expect(rings(declared(declaration))).toEqual(["sms bruno"]);
    expect(rings(declared(aDeclaration({ onCall })))).toEqual(["sms bruno", "sms helena", "sms igor"]);
  });

  test("are called two minutes later, once", () => {
    const story = declared(aDeclaration({ onCall }));
    expect(nextWake(story, later(0))).toEqual(later(2));
    const called = wokenAt(story, later(2));
    expect(rings(called)).toEqual(["call bruno", "call helena", "call igor"]);
    expect(nextWake(called, later(2))).toEqual(later(5));
  });

  test("ring again by a call when the primary is paged again", () => {
    const again = wokenAt(wokenAt(declared(aDeclaration({ onCall })), later(2)), later(5));
    expect(rings(again)).toEqual(["call bruno"]);
  });

  test("a call and another page that fall due together ring once", () => {
    expect(rings(wokenAt(declared(aDeclaration({ onCall })), later(5)))).toEqual([
      "call bruno",
      "call helena",
      "call igor",
    ]);
  });

  test("ring at the next rungs as well", () => {
    const story = wokenAt(wokenAt(wokenAt(declared(aDeclaration({ onCall })), later(2)), later(5)), later(7.5));
    expect(rings(story)).toEqual(["sms carla", "sms diego"]);
  });
});

describe("phones are quiet", () => {
  test("in a drill", () => {
    const drill = declared(aDeclaration({ onCall, kind: "drill" }));
    expect(rings(drill)).toEqual([]);
    expect(rings(wokenAt(drill, later(5)))).toEqual([]);
  });

  test("once somebody has the incident", () => {
    const taken = followedBy(declared(aDeclaration({ onCall })), { type: "take" }, { at: later(1) });
    expect(taken.incident.pendingCalls).toEqual([]);
    expect(wokenAt(taken, later(2)).last.ok).toBe(false);
  });

  test("at levels that do not page", () => {
    expect(rings(declared(aDeclaration({ onCall, level: 3 })))).toEqual([]);
  });

  test("but those of primary, secondary and lead, before anybody has classified the incident", () => {
    const answers = { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" } as const;
    const unclassified = declared(aDeclaration({ onCall, answers }));
    expect(unclassified.incident.classification.provisional).toBe(true);
    expect(rings(unclassified)).toEqual(["sms bruno"]);
    const classified = declared(aDeclaration({ onCall, answers: answersFor[1] }));
    expect(rings(classified)).toContain("sms helena");
  });
});

test("a new rung calls once when whoever took the incident has been silent for half an hour", () => {
  const taken = followedBy(declared(aDeclaration({ onCall })), { type: "take" }, { at: later(1) });
  const half = wokenAt(taken, later(120));
  expect(half.last.ok && half.last.events.some((e) => e.type === "escalated" && e.clock === "resolution")).toBe(true);
  expect(rings(half).every((ring) => ring.startsWith("call "))).toBe(true);
  expect(rings(half).length).toBeGreaterThan(0);
  const busy = followedBy(
    taken,
    { type: "add-note", text: "testando", happenedAt: null },
    { actor: by("bruno"), at: later(115) },
  );
  expect(rings(wokenAt(busy, later(120)))).toEqual([]);
});
