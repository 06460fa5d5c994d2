import { describe, expect, test } from "vitest";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  by,
  declared,
  emptyRoster,
  followedBy,
  later,
  person,
  reachedBy,
  refusalOf,
  wokenAt,
} from "../../support/incident-builders.js";

describe("declaring pages the first rung", () => {
  test("an N1 pages primary, commander and communications lead, and informs lead, manager and director", () => {
    const story = declared();
    expect([...reachedBy(story, "page")].sort()).toEqual(["bruno", "helena", "igor"]);
    expect([...reachedBy(story, "inform")].sort()).toEqual(["diego", "elisa", "fabio"]);
  });

  test("an N4 pages nobody and informs the owner of the support queue", () => {
    const story = declared(aDeclaration({ level: 4 }), { actor: by("bruno") });
    expect(reachedBy(story, "page")).toEqual([]);
    expect(reachedBy(story, "inform")).toEqual(["ana"]);
  });

  test("with nobody on duty the declarer and the administrators are reached and the gaps are recorded", () => {
    const story = declared(aDeclaration({ onCall: emptyRoster }));
    expect([...reachedBy(story)].sort()).toEqual(["admin", "ana"]);
    expect(story.incident.gaps).toContain("primary");
  });

  test("a declarer who takes by declaring leaves nobody to page", () => {
    const story = declared(aDeclaration({ take: true }));
    expect(story.incident.taken?.by).toBe("ana");
    expect(story.incident.roles["incident-commander"]).toBe("ana");
    expect(reachedBy(story, "page")).toEqual([]);
  });

  test("whoever took by declaring gets no message about it", () => {
    const story = declared(aDeclaration({ take: true }), { actor: by("bruno") });
    expect([...reachedBy(story)].sort()).toEqual(["diego", "elisa", "fabio", "igor"]);
  });

  test("a report waits in triage: nobody is paged and no clock runs until it is confirmed", () => {
    const report = declared(aDeclaration({ confirmed: false }));
    expect(report.incident.state).toBe("triage");
    expect(reachedBy(report)).toEqual([]);
    expect(refusalOf(wokenAt(report, later(60)))).toBe("not-in-this-state");
    const confirmed = followedBy(report, { type: "confirm", onCall: report.incident.onCall }, { at: later(5) });
    expect(confirmed.incident.state).toBe("investigating");
    expect(reachedBy(confirmed, "page")).toContain("bruno");
  });

  test.each([
    ["", "missing"],
    [" \n\t ", "missing"],
    ["x".repeat(121), "too-long"],
  ])("the title %j is refused as %s", (title, reason) => {
    expect(() => declared(aDeclaration({ title }))).toThrow(reason);
  });

  test("a beginning in the future is refused", () => {
    expect(() => declared(aDeclaration({ startedAt: { value: later(1), estimated: true } }))).toThrow(
      "time-in-the-future",
    );
  });
});

describe("taking", () => {
  test("stops the pages: no rung of the response clock and no repeat reaches anybody afterwards", () => {
    const taken = followedBy(declared(), { type: "take" }, { at: later(6) });
    for (const minute of [7.5, 10, 11.25, 13.5, 15, 30, 45]) {
      const story = wokenAt(taken, later(minute));
      expect(reachedBy(story)).toEqual([]);
    }
  });

  test("names whoever takes as commander unless the incident has one", () => {
    expect(followedBy(declared(), { type: "take" }).incident.roles["incident-commander"]).toBe("bruno");
    const led = followedBy(declared(), {
      type: "assign-role",
      role: "incident-commander",
      person: person("helena"),
      summary: null,
    });
    expect(followedBy(led, { type: "take" }).incident.roles["incident-commander"]).toBe("helena");
  });

  test("the second of two people learns who was first, and nothing is stored", () => {
    const first = followedBy(declared(), { type: "take" }, { at: later(1) });
    const second = followedBy(first, { type: "take" }, { actor: by("carla"), at: later(1.1) });
    expect(second.last).toEqual({ ok: false, refusal: { reason: "already-taken", by: "bruno", at: later(1) } });
    expect(second.commits).toHaveLength(first.commits.length);
  });

  test("whoever mitigates what nobody took has it, so that no response runs out in silence", () => {
    const mitigated = followedBy(declared(), { type: "mitigate", action: "rollback" }, { at: later(3) });
    expect(mitigated.incident).toMatchObject({ state: "monitoring", taken: { by: "bruno", at: later(3) } });
    expect(mitigated.incident.roles["incident-commander"]).toBe("bruno");
    const told = mitigated.last.ok
      ? mitigated.last.effects.map((e) => (e.kind === "say" ? e.notice.kind : e.kind))
      : [];
    expect(told).toEqual(["taken", "mitigated", "refresh"]);
    const { rows } = sheetOf(mitigated.incident, cuboSuitePolicyV1, later(60));
    expect(rows.find((row) => row.clock === "response")).toMatchObject({ state: "met", stoppedAt: later(3) });
  });

  test("whoever resolves what nobody took has it", () => {
    const resolve = { type: "resolve", data: "not-affected", reason: null, restoredConfirmed: true } as const;
    expect(followedBy(declared(), resolve, { at: later(3) }).incident.taken).toEqual({ by: "bruno", at: later(3) });
  });

  test("mitigating takes nothing from whoever has the incident", () => {
    const taken = followedBy(declared(), { type: "take" }, { actor: by("carla") });
    const mitigated = followedBy(taken, { type: "mitigate", action: "rollback" });
    expect(mitigated.incident.taken?.by).toBe("carla");
    expect(mitigated.incident.roles["incident-commander"]).toBe("carla");
  });

  test("once taken, rungs of the resolution clock inform and page nobody", () => {
    const taken = followedBy(declared(), { type: "take" }, { at: later(1) });
    const half = wokenAt(taken, later(120));
    expect(reachedBy(half, "page")).toEqual([]);
    expect([...reachedBy(half, "inform")].sort()).toEqual(["carla", "diego"]);
  });

  test("noting an escalation is not taking: the pages go on", () => {
    const woken = wokenAt(declared(), later(7.5));
    const noted = followedBy(
      woken,
      { type: "note-escalation", escalation: "response:1:50:0" },
      { actor: by("carla"), at: later(8) },
    );
    expect(noted.last.ok).toBe(true);
    expect(reachedBy(wokenAt(noted, later(11.25)), "page")).toContain("elisa");
    expect(
      refusalOf(followedBy(noted, { type: "note-escalation", escalation: "response:1:50:0" }, { actor: by("carla") })),
    ).toBe("nothing-changed");
    expect(refusalOf(followedBy(noted, { type: "note-escalation", escalation: "response:9:50:0" }))).toBe(
      "unknown-escalation",
    );
  });
});

test("whoever is aware of a breach is spared its repeats; the others are not, and the channel still hears of it", () => {
  const breached = wokenAt(declared(), later(15));
  const aware = followedBy(
    breached,
    { type: "note-escalation", escalation: "response:1:100:0" },
    { actor: by("fabio"), at: later(16) },
  );
  const repeated = wokenAt(aware, later(30));
  expect(reachedBy(repeated, "page")).toEqual(expect.arrayContaining(["gabriela", "bruno"]));
  expect(reachedBy(repeated)).not.toContain("fabio");
  expect(repeated.last.ok && repeated.last.effects.some((effect) => effect.kind === "say")).toBe(true);
});
