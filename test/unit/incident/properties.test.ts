// Rules that hold whatever people and time do to an incident.
import fc from "fast-check";
import { expect, test } from "vitest";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import { foldCommits } from "../../../src/domain/incident/evolve.js";
import type { IncidentState } from "../../../src/domain/incident/incident.js";
import { nextWakeAt } from "../../../src/domain/incident/next-wake-at.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  by,
  customer,
  declared,
  followedBy,
  fullRoster,
  later,
  person,
  reachedBy,
  type Story,
  THE_CLOCK,
} from "../../support/incident-builders.js";

/** A naive copy of requirements 1.4: which states each command may lead to, from where. */
const WAYS: Readonly<Record<string, readonly (readonly [IncidentState, IncidentState])[]>> = {
  identify: [["investigating", "identified"]],
  mitigate: [
    ["investigating", "monitoring"],
    ["identified", "monitoring"],
  ],
  regress: [
    ["monitoring", "investigating"],
    ["monitoring", "identified"],
  ],
  resolve: [
    ["investigating", "resolved"],
    ["identified", "resolved"],
    ["monitoring", "resolved"],
  ],
  reopen: [
    ["resolved", "investigating"],
    ["reviewed", "investigating"],
  ],
  review: [["resolved", "reviewed"]],
  close: [
    ["resolved", "closed"],
    ["reviewed", "closed"],
  ],
  cancel: [
    ["investigating", "cancelled"],
    ["identified", "cancelled"],
    ["monitoring", "cancelled"],
  ],
};

const text = fc.constantFrom("ok", "índice ausente na migração", "\u{1F525} fogo \uD800", "x".repeat(2001), " ");
const answers = fc.record({
  scope: fc.constantFrom("large", "small_number", "small_group", "single", "unknown"),
  effect: fc.constantFrom("outage", "significant", "affected", "little", "unknown"),
  data: fc.constantFrom("none", "impaired", "lost", "unknown"),
  exposure: fc.constantFrom("none", "suspected", "confirmed"),
} as const);
const command: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constant<IncidentCommand>({ type: "wake" }),
  fc.constant<IncidentCommand>({ type: "take" }),
  text.map((cause): IncidentCommand => ({ type: "identify", cause })),
  text.map((action): IncidentCommand => ({ type: "mitigate", action })),
  text.map((what): IncidentCommand => ({ type: "regress", what, to: null })),
  fc.boolean().map(
    (yes): IncidentCommand => ({
      type: "resolve",
      data: "recovered",
      reason: yes ? "confirmado" : null,
      restoredConfirmed: yes,
    }),
  ),
  text.map((reason): IncidentCommand => ({ type: "reopen", reason, onCall: fullRoster })),
  text.map((review): IncidentCommand => ({ type: "review", review })),
  fc.constant<IncidentCommand>({ type: "close" }),
  text.map((reason): IncidentCommand => ({ type: "cancel", reason: "false-alarm", text: reason })),
  text.map((note): IncidentCommand => ({ type: "add-note", text: note, happenedAt: null })),
  fc.tuple(answers, fc.constantFrom("worsened", "lowered", "corrected", null), text).map(
    ([given, cause, reason]): IncidentCommand => ({
      type: "classify",
      answers: given,
      cause,
      effectiveFrom: null,
      reason,
      onCall: fullRoster,
    }),
  ),
  fc.constantFrom("vida", "norte").map(
    (id): IncidentCommand => ({
      type: "add-customer",
      customer: customer(id, id === "vida" ? "enterprise" : "basico"),
    }),
  ),
  fc
    .constantFrom("vida", "aurora")
    .map((id): IncidentCommand => ({ type: "remove-customer", customer: id, reason: "engano" })),
  fc.constant<IncidentCommand>({
    type: "pause",
    reason: "waiting-customer",
    customers: ["aurora"],
    question: "Pode testar?",
  }),
  fc.constant<IncidentCommand>({ type: "resume", customers: ["aurora"] }),
  fc.constant<IncidentCommand>({
    type: "assign-role",
    role: "incident-commander",
    person: person("helena"),
    summary: null,
  }),
);
const steps = fc.array(
  fc.record({ command, minutes: fc.integer({ min: 0, max: 400 }), who: fc.constantFrom("bruno", "diego", "carla") }),
  {
    maxLength: 25,
  },
);
const level = fc.constantFrom(1, 2, 3, 4) as fc.Arbitrary<1 | 2 | 3 | 4>;

/** Plays the steps and shows each of them to the check. */
const play = (
  start: Story,
  script: readonly { command: IncidentCommand; minutes: number; who: string }[],
  check: (before: Story, after: Story, command: IncidentCommand, at: Date) => void,
): Story => {
  let minute = 0;
  let story = start;
  for (const step of script) {
    minute += step.minutes;
    const actor = step.command.type === "wake" ? THE_CLOCK : by(step.who);
    const before = story;
    story = followedBy(story, step.command, { actor, at: later(minute) });
    check(before, story, step.command, later(minute));
  }
  return story;
};

test("no sequence of commands leads through a way that the policy does not know", () => {
  fc.assert(
    fc.property(level, steps, (n, script) => {
      play(declared(aDeclaration({ level: n })), script, (before, after, { type }) => {
        if (before.incident.state === after.incident.state) return;
        expect(WAYS[type] ?? []).toContainEqual([before.incident.state, after.incident.state]);
      });
    }),
    { numRuns: 150 },
  );
});

test("replaying the commits gives the incident that the decisions worked from", () => {
  fc.assert(
    fc.property(level, steps, (n, script) => {
      const story = play(declared(aDeclaration({ level: n })), script, () => undefined);
      expect(foldCommits(story.commits)).toEqual(story.incident);
      expect(story.commits.map((commit) => commit.version)).toEqual(story.commits.map((_, index) => index + 1));
    }),
    { numRuns: 60 },
  );
});

test("a refusal changes nothing, and what has fired or been breached is never taken back or fired again", () => {
  fc.assert(
    fc.property(level, steps, (n, script) => {
      play(declared(aDeclaration({ level: n })), script, (before, after) => {
        if (!after.last.ok) expect(after.incident).toBe(before.incident);
        expect(after.incident.breaches.slice(0, before.incident.breaches.length)).toEqual(before.incident.breaches);
        const keys = after.incident.fired.map((fired) => fired.key);
        expect(new Set(keys).size).toBe(keys.length);
      });
    }),
    { numRuns: 100 },
  );
});

test("the clock never pages anybody while somebody has the incident", () => {
  fc.assert(
    fc.property(level, steps, (n, script) => {
      play(declared(aDeclaration({ level: n })), script, (before, after, { type }) => {
        if (type === "wake" && before.incident.taken !== null) expect(reachedBy(after, "page")).toEqual([]);
      });
    }),
    { numRuns: 100 },
  );
});

test("waking again at the same instant does nothing, the next wake then lies ahead, and what is due is never hidden", () => {
  fc.assert(
    fc.property(level, steps, (n, script) => {
      play(declared(aDeclaration({ level: n })), script, (_, after, { type }, at) => {
        const next = nextWakeAt(after.incident, sheetOf(after.incident, policy, at), policy, at);
        const isDue = followedBy(after, { type: "wake" }, { actor: THE_CLOCK, at }).last.ok;
        expect(next?.getTime() === at.getTime()).toBe(isDue);
        if (next !== null) expect(next.getTime()).toBeGreaterThanOrEqual(at.getTime());
        if (type === "wake") expect(isDue).toBe(false);
      });
    }),
    { numRuns: 100 },
  );
});
