// A breach that nobody has recorded yet when the clocks are stopped: no wake-up follows that could still record it.
import { expect, test } from "vitest";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import { declared, followedBy, later, wokenAt } from "../../support/incident-builders.js";

const STOPS: readonly IncidentCommand[] = [
  { type: "mitigate", action: "Reiniciado" },
  { type: "resolve", data: "not-affected", reason: null, restoredConfirmed: true },
];

test.each(STOPS)("$type after a due that nobody saw records the breach with it, and says so", (command) => {
  const story = followedBy(declared(), command, { at: later(20) });
  expect(story.incident.breaches).toMatchObject([{ customer: "aurora", clock: "response", breachAt: later(15) }]);
  const said = story.last.ok
    ? story.last.effects.flatMap((effect) => (effect.kind === "say" ? [effect.notice.kind] : []))
    : [];
  expect(said[0]).toBe("breached");
});

test.each(STOPS)("$type before anything fell due records no breach", (command) => {
  expect(followedBy(declared(), command, { at: later(10) }).incident.breaches).toEqual([]);
});

test.each(STOPS)("$type after a breach that was recorded does not record it again", (command) => {
  const story = followedBy(wokenAt(declared(), later(15)), command, { at: later(20) });
  expect(story.last.ok).toBe(true);
  expect(story.incident.breaches).toHaveLength(1);
});
