import { describe, expect, test } from "vitest";
import { nextWakeAt } from "../../../src/domain/incident/next-wake-at.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  by,
  customer,
  declared,
  emptyRoster,
  followedBy,
  later,
  MONDAY_10,
  reachedBy,
  refusalOf,
  type Story,
  wokenAt,
} from "../../support/incident-builders.js";

/** Lets the clock look at every instant at which something falls due, until `minutes` have passed. */
const untilMinute = (story: Story, minutes: number): { story: Story; told: string[] } => {
  const told: string[] = [];
  let now = story.commits.at(-1)?.at ?? MONDAY_10;
  for (let guard = 0; guard < 500; guard += 1) {
    const next = nextWakeAt(story.incident, sheetOf(story.incident, policy, now), policy, now);
    if (next === null || next.getTime() > later(minutes).getTime()) return { story, told };
    now = next;
    story = wokenAt(story, now);
    if (story.last.ok) {
      const minute = (now.getTime() - MONDAY_10.getTime()) / 60_000;
      told.push(
        `${minute}: ${story.last.events.map((e) => (e.type === "escalated" ? `${e.clock} ${e.percent}${e.repeat ? `+${e.repeat}` : ""}` : e.type)).join(", ")} -> ${[...reachedBy(story, "page")].sort().join(" ")}`,
      );
    }
  }
  throw new Error("The incident never comes to rest.");
};

describe("an N1 that nobody takes", () => {
  test("climbs the ladder, pages the primary every five minutes until the breach, then at the repeat interval", () => {
    const { told } = untilMinute(declared(), 46);
    expect(told).toEqual([
      "5: repaged -> bruno",
      "7.5: response 50 -> carla diego",
      "10: repaged -> bruno",
      "11.25: response 75 -> elisa",
      "13.5: response 90 -> fabio",
      "15: response 100, breached -> fabio",
      "30: response 100+1, repaged -> bruno fabio gabriela",
      "45: response 100+2, repaged -> bruno fabio gabriela",
    ]);
  });

  test("after an hour of downtime one collapsed escalation and one page go out, marked late", () => {
    const story = wokenAt(declared(), later(60));
    const escalations = story.last.ok ? story.last.events.filter((e) => e.type === "escalated") : [];
    expect(escalations).toHaveLength(1);
    expect(escalations[0]).toMatchObject({ clock: "response", percent: 100, repeat: 3, collapsed: true });
    expect(story.last.ok && story.last.events.filter((e) => e.type === "repaged")).toHaveLength(1);
    expect(refusalOf(wokenAt(story, later(60)))).toBe("not-due");
  });

  test("waking twice at one instant says nothing twice", () => {
    const once = wokenAt(declared(), later(7.5));
    expect(once.last.ok).toBe(true);
    expect(refusalOf(wokenAt(once, later(7.5)))).toBe("not-due");
  });

  test("an empty ladder mentions the fallback people on every rung and records the gap once", () => {
    const { story } = untilMinute(declared(aDeclaration({ onCall: emptyRoster })), 16);
    expect(story.incident.gaps.filter((role) => role === "primary")).toHaveLength(1);
    expect(story.incident.fired.length).toBeGreaterThanOrEqual(5);
  });
});

describe("two customers with different contracts", () => {
  test("the earliest due governs and each breach is recorded with its own instant", () => {
    const { story, told } = untilMinute(
      declared(aDeclaration({ customers: [customer("aurora"), customer("vida", "enterprise")] })),
      16,
    );
    expect(told[0]).toBe("5: response 50, repaged -> bruno carla diego");
    expect(story.incident.breaches.map((b) => [b.customer, b.clock, b.breachAt])).toEqual([
      ["vida", "response", later(10)],
      ["aurora", "response", later(15)],
    ]);
  });

  test("an internal target escalates but is never recorded as a breach", () => {
    const { story } = untilMinute(declared(aDeclaration({ customers: [] })), 20);
    expect(story.incident.fired.map((f) => f.percent)).toContain(100);
    expect(story.incident.breaches).toEqual([]);
  });
});

describe("a mitigated incident", () => {
  test("is silent while it is watched, and goes on where it stopped when the effect returns", () => {
    const taken = followedBy(declared(), { type: "take" }, { at: later(1) });
    const mitigated = followedBy(taken, { type: "mitigate", action: "rollback" }, { at: later(60) });
    expect(untilMinute(mitigated, 600).told).toEqual([]);
    const back = followedBy(mitigated, { type: "regress", what: "erros de novo", to: null }, { at: later(90) });
    expect(untilMinute(back, 151).told).toEqual(["150: resolution 50 -> "]);
  });
});

describe("a raised level", () => {
  test("brings the first rung of the new ladder in, and its own response clock goes on from the start", () => {
    const n3 = declared(aDeclaration({ level: 3 }), { actor: by("ana") });
    const answers = { scope: "large", effect: "outage", data: "none", exposure: "none" } as const;
    const raised = followedBy(
      n3,
      { type: "classify", answers, cause: "worsened", effectiveFrom: null, reason: null, onCall: n3.incident.onCall },
      { at: later(30) },
    );
    expect([...reachedBy(raised, "page")].sort()).toEqual(["bruno", "helena", "igor"]);
    expect(untilMinute(raised, 36).told).toEqual(["35: repaged -> bruno"]);
  });
});

describe("a step for business hours", () => {
  // An enterprise customer's N3 clock runs round the clock: 75 % of 60 minutes falls where the declaration puts it.
  const atLead = (at: Date): readonly string[] => {
    const declaration = aDeclaration({ level: 3, customers: [customer("vida", "enterprise")] });
    const story = wokenAt(declared(declaration, { at }), later(45, at));
    return story.last.ok
      ? story.last.effects.flatMap((e) => (e.kind === "reach" && e.person === "diego" ? [e.how] : []))
      : [];
  };

  test("pages by day and only informs at night", () => {
    expect(atLead(MONDAY_10)).toEqual(["page"]);
    expect(atLead(new Date("2026-11-24T05:00:00.000Z"))).toEqual(["inform"]);
  });
});
