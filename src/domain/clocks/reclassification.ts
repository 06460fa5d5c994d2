// A change of level, which moves the due instants by its cause (requirements 4.7).
import type { ContractClock } from "../policy/policy.js";
import type { ClockFact } from "./clock-history.js";
import { activeCustomers, type IncidentClocks } from "./incident-clocks.js";
import { clockStart, type EpochChange, openEpoch } from "./new-epoch.js";
import { endPause } from "./pause-facts.js";
import type { RefusalReason } from "./refusal-reason.js";

type Reclassified = Extract<ClockFact, { readonly kind: "reclassified" }>;

/** Changes the level and opens an epoch of every clock that the change concerns. */
export function reclassify(clocks: IncidentClocks, fact: Reclassified): RefusalReason | null {
  const at = fact.at.getTime();
  const raises = fact.level < clocks.level;
  if (fact.level === clocks.level) return "same-level";
  if (fact.cause === "worsened" && !raises) return "does-not-raise";
  if (fact.cause === "lowered" && raises) return "does-not-lower";
  if (fact.cause === "worsened" && fact.effectiveFrom.getTime() > at) return "effective-from-later";
  clocks.level = fact.level;
  for (const customer of activeCustomers(clocks)) {
    if (customer.pausedUntil !== null && !clocks.policy.levels[fact.level].mayPause) endPause(clocks, customer, at);
    for (const run of [customer.response, customer.resolution]) {
      // A response already stopped is judged by the level in force when it was.
      if (run.clock === "response" && run.phase === "stopped") continue;
      openEpoch(clocks, customer, {
        old: run,
        at,
        level: fact.level,
        ...basisOf(fact, run.clock, raises, clockStart(clocks, customer, run.clock)),
      });
    }
  }
  return null;
}

/**
 * Correcting and lowering count from the start of the clock, a worsening from when it took effect. Lowering never
 * shortens the time to resolve.
 */
function basisOf(
  { cause, effectiveFrom }: Reclassified,
  clock: ContractClock,
  raises: boolean,
  startAt: number,
): Pick<EpochChange, "startAt" | "rule"> {
  if (!raises) return { startAt, rule: clock === "resolution" ? "later" : "new" };
  if (cause === "corrected") return { startAt, rule: "new" };
  return { startAt: Math.max(effectiveFrom.getTime(), startAt), rule: "earlier" };
}
