// Valid incidents from few words; a test states only what matters to it.
import type { ClassificationAnswers } from "../../src/domain/classification/answers.js";
import type { CustomerTerms } from "../../src/domain/clocks/clock-history.js";
import type { DeclareIncident, IncidentCommand } from "../../src/domain/incident/commands.js";
import type { Commit } from "../../src/domain/incident/commit.js";
import { decide } from "../../src/domain/incident/decide.js";
import { decideDeclare } from "../../src/domain/incident/decide-declare.js";
import type { Decision } from "../../src/domain/incident/decision.js";
import { applyCommit } from "../../src/domain/incident/evolve.js";
import type { Actor, CommandId, IncidentId, PersonId } from "../../src/domain/incident/ids.js";
import type { Incident, OnCallSnapshot } from "../../src/domain/incident/incident.js";
import type { Level, Policy } from "../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../src/formats/policies/cubo-suite-v1.js";

export const person = (name: string): PersonId => name as PersonId;
export const by = (name: string): Actor => ({ kind: "person", personId: person(name) });
export const THE_CLOCK: Actor = { kind: "system", name: "clock" };

/** Monday 23 November 2026, 10:00 in São Paulo. */
export const MONDAY_10 = new Date("2026-11-23T13:00:00.000Z");
export const later = (minutes: number, from: Date = MONDAY_10): Date => new Date(from.getTime() + minutes * 60_000);

/** Everybody of the company on duty, one person for each role. */
export const fullRoster: OnCallSnapshot = {
  byRole: {
    primary: [person("bruno")],
    secondary: [person("carla")],
    "on-call-lead": [person("diego")],
    "engineering-manager": [person("elisa")],
    director: [person("fabio")],
    executive: [person("gabriela")],
    "incident-commander": [person("helena")],
    "communications-lead": [person("igor")],
    "support-owner": [person("ana")],
  },
  fallback: [person("admin")],
};

export const emptyRoster: OnCallSnapshot = { byRole: {}, fallback: [person("admin")] };

/** Answers that the matrix of the policy turns into each level. */
export const answersFor: Readonly<Record<Level, ClassificationAnswers>> = {
  1: { scope: "large", effect: "outage", data: "none", exposure: "none" },
  2: { scope: "small_number", effect: "outage", data: "none", exposure: "none" },
  3: { scope: "small_group", effect: "affected", data: "none", exposure: "none" },
  4: { scope: "single", effect: "little", data: "none", exposure: "none" },
};

/** Terms of a customer with a recorded contract on a tier. */
export const customer = (id: string, tier = "padrao", policy: Policy = cuboSuitePolicyV1): CustomerTerms => {
  const targets = policy.tiers[tier]?.targets;
  const calendar = policy.calendars[policy.businessCalendar];
  if (targets === undefined || calendar === undefined) throw new Error(`No tier ${tier}.`);
  return {
    id,
    contract: { id: `contract-${id}`, version: 1 },
    calendarName: policy.businessCalendar,
    calendar,
    targets,
    pauseOnThirdParty: false,
    affectedFrom: null,
  };
};

/** A declaration that would be accepted. */
export const aDeclaration = (with_: Partial<DeclareIncident> & { readonly level?: Level } = {}): DeclareIncident => {
  const { level = 1, ...rest } = with_;
  return {
    type: "declare",
    incidentId: "i1" as IncidentId,
    code: "INC-1",
    kind: "real",
    origin: "form",
    home: "slack",
    title: "Checkout fora do ar",
    services: [{ id: "checkout", name: "Checkout" }],
    answers: answersFor[level],
    detectedBy: "staff",
    detectedAt: null,
    startedAt: null,
    confirmed: true,
    customers: [customer("aurora")],
    onCall: fullRoster,
    take: false,
    ...rest,
  };
};

/** An incident together with the commits that made it, driven by people and by time. */
export type Story = {
  readonly incident: Incident;
  readonly commits: readonly Commit[];
  /** The latest decision, accepted or refused. */
  readonly last: Decision;
};

const commitOf = (
  decision: Extract<Decision, { ok: true }>,
  before: Incident | null,
  id: IncidentId,
  actor: Actor,
  at: Date,
): Commit => {
  const version = (before?.version ?? 0) + 1;
  return {
    incidentId: id,
    version,
    at,
    actor,
    commandId: `c${version}` as CommandId,
    events: decision.events,
    effects: decision.effects,
  };
};

/** Begins a story; throws when the declaration is refused. */
export const declared = (
  declaration: DeclareIncident = aDeclaration(),
  options: { actor?: Actor; at?: Date; policy?: Policy } = {},
): Story => {
  const { actor = by("ana"), at = MONDAY_10, policy = cuboSuitePolicyV1 } = options;
  const decision = decideDeclare(declaration, { actor, now: at, policy, admin: false });
  if (!decision.ok) throw new Error(`The declaration was refused: ${decision.refusal.reason}`);
  const commit = commitOf(decision, null, declaration.incidentId, actor, at);
  return { incident: applyCommit(null, commit), commits: [commit], last: decision };
};

/** Goes on with one command; a refusal leaves the incident as it was. */
export const followedBy = (
  story: Story,
  command: IncidentCommand,
  options: { actor?: Actor; at?: Date; policy?: Policy; admin?: boolean } = {},
): Story => {
  const {
    actor = by("bruno"),
    at = story.commits.at(-1)?.at ?? MONDAY_10,
    policy = cuboSuitePolicyV1,
    admin = false,
  } = options;
  const decision = decide(story.incident, command, { actor, now: at, policy, admin });
  if (!decision.ok) return { ...story, last: decision };
  const commit = commitOf(decision, story.incident, story.incident.id, actor, at);
  return { incident: applyCommit(story.incident, commit), commits: [...story.commits, commit], last: decision };
};

/** Lets the clock look at an instant. */
export const wokenAt = (story: Story, at: Date, policy: Policy = cuboSuitePolicyV1): Story =>
  followedBy(story, { type: "wake" }, { actor: THE_CLOCK, at, policy });

/** Why the latest command was refused; null when it was not. */
export const refusalOf = (story: Story): string | null => (story.last.ok ? null : story.last.refusal.reason);

/** People paged or informed by the latest command, by name. */
export const reachedBy = (story: Story, how?: "page" | "inform" | "remind"): readonly string[] =>
  story.last.ok
    ? story.last.effects.flatMap((effect) =>
        effect.kind === "reach" && (how === undefined || effect.how === how) ? [effect.person] : [],
      )
    : [];
