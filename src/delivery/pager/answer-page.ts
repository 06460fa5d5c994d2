// What somebody who was paged finds when they come back by a key, a link or an SMS, and how they take the incident.
import type { CommandId, PersonId } from "../../domain/incident/ids.js";
import type { Incident } from "../../domain/incident/incident.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import { allows } from "../../domain/incident/transitions.js";
import type { CommandHandler, Outcome } from "../../ports/command-handler.js";
import { StoreFault } from "../../ports/commit-store.js";
import type { Directory, StaffLanguage } from "../../ports/directory.js";
import type { AnswerMark, PageAnswers, PageSight, PageStanding } from "../../ports/page-answers.js";
import type { PageLog, PageRow } from "../../ports/page-log.js";
import type { RealTime } from "../../ports/real-time.js";

/** What answering needs. */
export type AnswerDeps = {
  readonly log: Pick<PageLog, "byToken" | "answered">;
  readonly handler: Pick<CommandHandler, "look" | "change">;
  readonly directory: Pick<Directory, "person">;
  readonly realTime: Pick<RealTime, "now">;
  readonly orgLanguage: StaffLanguage;
};

/** Creates the answers to pages. */
export function createPageAnswers(deps: AnswerDeps): PageAnswers {
  const { log, handler, directory, realTime, orgLanguage } = deps;
  const languageOf = (person: PersonId) => directory.person(person)?.language ?? orgLanguage;

  const standingOf = (incident: Incident, person: PersonId): PageStanding => {
    if (!allows(incident.state, "take")) return { kind: "over" };
    if (incident.taken === null) return { kind: "open" };
    if (incident.taken.by === person) return { kind: "yours" };
    return { kind: "taken", by: directory.person(incident.taken.by)?.name ?? "" };
  };

  const found = (row: PageRow, snapshot: IncidentSnapshot, person: PersonId): PageSight => {
    const language = languageOf(person);
    // The page belonged to an earlier time of this incident; the present one pages anew.
    if (snapshot.incident.reopenedAt.some((at) => at.getTime() > row.alertAt.getTime())) {
      return { kind: "expired", language };
    }
    return { kind: "found", row, snapshot, language, standing: standingOf(snapshot.incident, person) };
  };

  const lookAt = async (row: PageRow, person: PersonId): Promise<PageSight> => {
    if (row.expiresAt.getTime() <= realTime.now().getTime()) return { kind: "expired", language: languageOf(person) };
    const seen = await handler.look({ by: "id", id: row.incidentId });
    return seen === null ? { kind: "unknown" } : found(row, seen.snapshot, person);
  };

  const takeBy = async (row: PageRow, person: PersonId, { commandId, door }: AnswerMark): Promise<PageSight> => {
    const before = await lookAt(row, person);
    // Asked first: an old link must not answer from the memory of an earlier take.
    if (before.kind !== "found" || before.standing.kind !== "open") return before;
    const envelope = { personId: person, commandId: commandId as CommandId, door };
    const outcome = await handler.change({ by: "id", id: row.incidentId }, { type: "take" }, envelope);
    const after = afterTake(outcome, row, person);
    if (after.kind === "found" && after.standing.kind === "took") await noteAnswer(row.key);
    return after;
  };

  const afterTake = (outcome: Outcome, row: PageRow, person: PersonId): PageSight => {
    if (outcome.kind === "fault" || outcome.snapshot === null) {
      return { kind: "not-confirmed", language: languageOf(person) };
    }
    const sight = found(row, outcome.snapshot, person);
    if (sight.kind !== "found") return sight;
    if (outcome.kind === "done" && sight.standing.kind === "yours") return { ...sight, standing: { kind: "took" } };
    // Refused although nobody has it: the person was told nothing that would help on a phone.
    return sight.standing.kind === "open" ? { kind: "not-confirmed", language: sight.language } : sight;
  };

  /** Only the log of pages misses it when the store is away now: the incident is taken. */
  const noteAnswer = (key: string): Promise<void> => log.answered(key).catch(ignoreFault);

  const guarded = async (language: () => StaffLanguage, work: () => Promise<PageSight>): Promise<PageSight> => {
    try {
      return await work();
    } catch (error) {
      ignoreFault(error);
      return { kind: "not-confirmed", language: language() };
    }
  };

  const byToken = (token: string, work: (row: PageRow) => Promise<PageSight>): Promise<PageSight> => {
    let language = orgLanguage;
    return guarded(
      () => language,
      async () => {
        const row = await log.byToken(token);
        if (row === null) return { kind: "unknown" };
        language = languageOf(row.person);
        return work(row);
      },
    );
  };

  return {
    look: (token) => byToken(token, (row) => lookAt(row, row.person)),
    take: (token, mark) => byToken(token, (row) => takeBy(row, row.person, mark)),
    takeFor: (row, person, mark) =>
      guarded(
        () => languageOf(person),
        () => takeBy(row, person, mark),
      ),
  };
}

function ignoreFault(error: unknown): void {
  if (!(error instanceof StoreFault)) throw error;
}
