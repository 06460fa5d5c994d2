// Compares what was recorded with what the workspace saw: nothing lost, nothing said twice, nobody paged in vain.
import { computeClocks } from "../../src/domain/clocks/compute-clocks.js";
import { escalationKey } from "../../src/domain/escalation/escalate.js";
import { type Commit, effectKey } from "../../src/domain/incident/commit.js";
import type { Effect } from "../../src/domain/incident/effects.js";
import type { EventOf, EventType } from "../../src/domain/incident/events.js";
import { foldCommits } from "../../src/domain/incident/evolve.js";
import { cuboSuitePolicyV1 } from "../../src/formats/policies/cubo-suite-v1.js";
import type { TranscriptEntry } from "../../src/sandbox/slack/transcript.js";
import type { Stage } from "./process-stage.js";

/** What was found; `problems` is empty when all is well. */
export type Judgement = {
  readonly problems: readonly string[];
  readonly duplicated: number;
  /** Effects that were rightly not performed, because somebody took the incident first. */
  readonly dropped: number;
  /** How long after its instant each escalation was told, in milliseconds of real time. */
  readonly latenessMs: readonly number[];
};

type Said = { readonly key: string; readonly entry: TranscriptEntry };
type Planned = { readonly key: string; readonly effect: Effect; readonly commit: Commit };

/** The bot's messages with the key of the effect that each carries out. */
export const saidWithKeys = (stage: Stage): readonly Said[] =>
  stage.sandbox.slack.transcript.entries.flatMap((entry) => {
    const metadata = entry.metadata as { event_payload?: { key?: unknown } } | undefined;
    const key = metadata?.event_payload?.key;
    const isPost = entry.kind === "message" && entry.what === "posted" && entry.by === "bot";
    return isPost && typeof key === "string" ? [{ key, entry }] : [];
  });

/** The events of one type with the commits that hold them. */
export const eventsOf = <T extends EventType>(commits: readonly Commit[], type: T) =>
  commits.flatMap((commit) =>
    commit.events.flatMap((event) => (event.type === type ? [{ commit, event: event as EventOf<T> }] : [])),
  );

/**
 * Judges the record of one or more incidents. Lateness of up to `lateMs` of real time before a taking is what a death
 * may cost: an escalation that fell due within it may be missing because nobody had to hear of it any more.
 */
export const judge = (stage: Stage, commits: readonly Commit[], lateMs: number): Judgement => {
  const said = saidWithKeys(stage);
  const planned = commits.flatMap((commit) =>
    commit.effects.map(
      (effect, index): Planned => ({ key: effectKey(commit.incidentId, commit.version, index), effect, commit }),
    ),
  );
  const twice = duplicatesOf(said.map(({ key }) => key));
  const missing = missingOf(planned, said, { commits, withinMs: lateMs * stage.speed });
  const byIncident = [...new Set(commits.map(({ incidentId }) => incidentId))].map((id) =>
    commits.filter(({ incidentId }) => incidentId === id),
  );
  const problems = [
    ...twice.map((key) => `said twice: ${key} ${describe(planned, key)}`),
    ...missing.problems,
    ...keysFiredTwice(byIncident),
    ...byIncident.flatMap((own) => escalationsMissed(stage, own, lateMs)),
  ];
  return { problems, duplicated: twice.length, dropped: missing.dropped, latenessMs: latenessOf(stage, planned, said) };
};

const duplicatesOf = (keys: readonly string[]): readonly string[] => [
  ...new Set(keys.filter((key, index) => keys.indexOf(key) !== index)),
];

const describe = (planned: readonly Planned[], key: string): string => {
  const found = planned.find((one) => key === one.key || key.startsWith(`${one.key}:`));
  return found === undefined ? "(no such effect)" : JSON.stringify(found.effect).slice(0, 120);
};

/** How soon after an effect's commit its reason must have ended for the effect to be rightly left out. */
type Ending = { readonly commits: readonly Commit[]; readonly withinMs: number };

/** Every message that a commit ordered was sent, or was out of date when its turn came. */
const missingOf = (planned: readonly Planned[], said: readonly Said[], ending: Ending) => {
  const keys = new Set(said.map(({ key }) => key));
  const problems: string[] = [];
  let dropped = 0;
  for (const { key, effect, commit } of planned) {
    if (effect.kind === "open-room") {
      for (const part of ["card", "announcement"])
        if (!keys.has(`${key}:${part}`)) problems.push(`never said: ${key}:${part}`);
    }
    if ((effect.kind !== "say" && effect.kind !== "reach") || keys.has(key)) continue;
    if (effect.validWhile !== "always" && endedSoonAfter(commit, ending, effect.validWhile)) dropped += 1;
    else problems.push(`never said: ${key} ${JSON.stringify(effect).slice(0, 120)}`);
  }
  return { problems, dropped };
};

const endedSoonAfter = (commit: Commit, ending: Ending, validWhile: "untaken" | "running"): boolean => {
  const ends: readonly string[] = validWhile === "untaken" ? ["taken", "resolved"] : ["mitigated", "resolved"];
  return ending.commits.some(
    (later) =>
      later.incidentId === commit.incidentId &&
      later.version > commit.version &&
      later.at.getTime() - commit.at.getTime() <= ending.withinMs &&
      later.events.some((event) => ends.includes(event.type)),
  );
};

const keysFiredTwice = (byIncident: readonly (readonly Commit[])[]): readonly string[] =>
  byIncident.flatMap((commits) =>
    duplicatesOf(eventsOf(commits, "escalated").map(({ event }) => event.key)).map((key) => `fired twice: ${key}`),
  );

/** What the clocks say fell due while nobody had the incident, against what was recorded. */
const escalationsMissed = (stage: Stage, commits: readonly Commit[], lateMs: number): readonly string[] => {
  const incident = foldCommits(commits);
  if (incident === null) return ["an incident without commits"];
  const until = incident.taken?.at ?? commits.at(-1)?.at ?? stage.now();
  const before = foldCommits(commits.filter((commit) => commit.at <= until)) ?? incident;
  const sheet = computeClocks(before.history, cuboSuitePolicyV1, until);
  const fired = eventsOf(commits, "escalated").map(({ event }) => event);
  return sheet.escalations
    .filter((due) => until.getTime() - due.at.getTime() > lateMs * stage.speed)
    .filter(
      (due) =>
        !fired.some(
          (event) =>
            event.key === escalationKey(due) ||
            (event.collapsed && event.clock === due.clock && event.dueAt.getTime() >= due.at.getTime()),
        ),
    )
    .map((due) => `fell due and was not recorded: ${incident.code} ${escalationKey(due)} at ${due.at.toISOString()}`);
};

const latenessOf = (stage: Stage, planned: readonly Planned[], said: readonly Said[]): readonly number[] => {
  const toldAt = new Map(said.map(({ key, entry }) => [key, entry.at]));
  return planned.flatMap(({ key, effect, commit }) => {
    if (effect.kind !== "say" || effect.notice.kind !== "escalated" || effect.notice.percent === 0) return [];
    const { key: escalation } = effect.notice;
    const at = toldAt.get(key);
    const due = eventsOf([commit], "escalated").find(({ event }) => event.key === escalation)?.event.dueAt;
    return at === undefined || due === undefined ? [] : [stage.realMs(at) - stage.realMs(due)];
  });
};

/** Page requests that arrived later than `graceMs` of real time after somebody knew that the incident was taken. */
export const pagesAfter = (stage: Stage, commits: readonly Commit[], knownAt: number, graceMs: number): string[] => {
  const taken = eventsOf(commits, "taken")[0]?.commit;
  return saidWithKeys(stage).flatMap(({ key, entry }) => {
    const commit = commits.find((one) => key.startsWith(`${one.incidentId}.${one.version}:`));
    const effect = commit?.effects[Number(key.split(":").at(-1))];
    if (taken === undefined || commit?.incidentId !== taken.incidentId) return [];
    if (effect?.kind !== "reach" || effect.how !== "page" || effect.validWhile !== "untaken") return [];
    const afterMs = stage.realMs(entry.at) - knownAt;
    return afterMs > graceMs ? [`paged ${Math.round(afterMs)} ms after the taking was known: ${key}`] : [];
  });
};
