// Finds the people of a rung. An empty rung passes to the next one and the hole is recorded (requirements R4-04).
import type { ReachedStep } from "../incident/events.js";
import type { PersonId } from "../incident/ids.js";
import type { Incident } from "../incident/incident.js";
import type { How, Ladder, Role, RungStep } from "../policy/policy.js";

/** The people of a rung, the roles found empty, and whether the whole ladder from here on is empty. */
export type ResolvedRung = {
  readonly steps: readonly ReachedStep[];
  readonly gaps: readonly Role[];
  readonly emptyLadder: boolean;
};

type Staffed = Pick<Incident, "roles" | "onCall" | "declaredBy">;

const ORDER = ["0", "50", "75", "90", "100", "repeat"] as const;
type RungName = (typeof ORDER)[number];

/** The name of the rung for a percent; repeats share one rung. */
export const rungName = (percent: number, repeat: number): RungName => {
  const name = repeat > 0 ? "repeat" : String(percent);
  const found = ORDER.find((rung) => rung === name);
  if (found === undefined) throw new Error(`The ladder has no rung for ${percent} percent.`);
  return found;
};

const peopleOf = (role: Role, staffed: Staffed): readonly PersonId[] => {
  const assigned = staffed.roles[role];
  if (assigned !== undefined) return [assigned];
  const onDuty = staffed.onCall.byRole[role] ?? [];
  // The responder of a team is its primary unless the roster names somebody else.
  return onDuty.length === 0 && role === "responder" ? (staffed.onCall.byRole.primary ?? []) : onDuty;
};

const STRENGTH: Readonly<Record<How, number>> = { page: 2, remind: 1, inform: 0 };

const withoutRepeats = (steps: readonly ReachedStep[]): readonly ReachedStep[] => {
  const seen = new Set<PersonId>();
  const strongestFirst = [...steps].sort((a, b) => STRENGTH[b.how] - STRENGTH[a.how]);
  const kept = new Map(
    strongestFirst.map((step) => {
      const people = step.people.filter((person) => !seen.has(person));
      for (const person of people) seen.add(person);
      return [step, { ...step, people }] as const;
    }),
  );
  return steps.map((step) => kept.get(step) ?? step).filter((step) => step.people.length > 0);
};

const staff = (rung: readonly RungStep[], staffed: Staffed): { steps: ReachedStep[]; gaps: Role[] } => {
  const steps: ReachedStep[] = [];
  const gaps: Role[] = [];
  for (const { role, how } of rung) {
    const people = peopleOf(role, staffed);
    if (people.length === 0) gaps.push(role);
    else steps.push({ role, how, people });
  }
  return { steps, gaps };
};

const fallbackSteps = (staffed: Staffed): ReachedStep[] => {
  const people = [
    ...new Set([...(staffed.declaredBy === null ? [] : [staffed.declaredBy]), ...staffed.onCall.fallback]),
  ];
  return people.length === 0 ? [] : [{ role: "responder", how: "page", people }];
};

/** The people to reach for these steps of a rung, going up the ladder while nobody is found. */
export const resolveSteps = (
  rung: readonly RungStep[],
  name: RungName,
  ladder: Ladder,
  staffed: Staffed,
): ResolvedRung => {
  const own = staff(rung, staffed);
  let gaps = own.gaps;
  if (own.steps.length > 0) return { steps: withoutRepeats(own.steps), gaps, emptyLadder: false };
  for (const next of ORDER.slice(ORDER.indexOf(name) + 1)) {
    const higher = staff(ladder[next], staffed);
    gaps = [...new Set([...gaps, ...higher.gaps])];
    if (higher.steps.length > 0) return { steps: withoutRepeats(higher.steps), gaps, emptyLadder: false };
  }
  return { steps: fallbackSteps(staffed), gaps, emptyLadder: true };
};
