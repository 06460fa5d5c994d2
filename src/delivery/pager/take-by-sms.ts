// Taking by SMS. Without a number the person must have exactly one page open, because a "1" does not say which
// incident it means; the number of the sender is all that proves who writes.
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { CommandHandler } from "../../ports/command-handler.js";
import { StoreFault } from "../../ports/commit-store.js";
import type { PersonCard } from "../../ports/directory.js";
import type { AnswerMark, PageAnswers, PageSight } from "../../ports/page-answers.js";
import type { PageLog, PageRow } from "../../ports/page-log.js";
import type { RealTime } from "../../ports/real-time.js";
import { platformName, type SmsAnswer } from "../../render/page-sms.js";

/** What to answer, to whom of the owners of the number, and the platform of the incident if it is known. */
export type SmsTake = {
  readonly answer: SmsAnswer;
  readonly person: PersonCard | null;
  readonly platform: string | null;
};

/** Takes for one of the owners of a number: the incident of this number, or the only one that they were paged about. */
export type TakeBySms = (people: readonly PersonCard[], number: string | null, commandId: string) => Promise<SmsTake>;

/** What taking by SMS needs. */
export type SmsTakeDeps = {
  readonly log: Pick<PageLog, "recent">;
  readonly handler: Pick<CommandHandler, "look">;
  readonly answers: Pick<PageAnswers, "takeFor">;
  readonly realTime: Pick<RealTime, "now">;
};

/** A page older than this is not what somebody answers without a number. */
const BARE_MS = 30 * 60_000;
/** As long as the link of a page is good, its incident can be taken by number. */
const NUMBERED_MS = 24 * 60 * 60_000;

type Candidate = { readonly row: PageRow; readonly snapshot: IncidentSnapshot };

const plain = (answer: SmsAnswer): SmsTake => ({ answer, person: null, platform: null });

/** Creates what takes by SMS. */
export function createTakeBySms({ log, handler, answers, realTime }: SmsTakeDeps): TakeBySms {
  const latestPages = async (people: readonly PersonCard[], forMs: number): Promise<readonly Candidate[]> => {
    const since = new Date(realTime.now().getTime() - forMs);
    const rows = await log.recent(
      people.map(({ id }) => id),
      since,
    );
    const newest = rows.filter((row, index) => rows.findIndex((one) => one.incidentId === row.incidentId) === index);
    const seen = await Promise.all(newest.map(({ incidentId }) => handler.look({ by: "id", id: incidentId })));
    return newest.flatMap((row, index) => {
      const snapshot = seen[index]?.snapshot;
      return snapshot === undefined ? [] : [{ row, snapshot }];
    });
  };

  const choose = (pages: readonly Candidate[], number: string | null): Candidate | SmsAnswer => {
    if (number !== null) {
      const code = `INC-${number}`;
      return pages.find(({ snapshot }) => snapshot.incident.code === code) ?? { kind: "no-such-page", code };
    }
    const open = pages.filter(({ snapshot: { incident } }) => incident.taken === null && incident.resolvedAt === null);
    const [only] = open;
    if (open.length > 1) return { kind: "which", codes: open.map(({ snapshot }) => snapshot.incident.code) };
    // Somebody else was faster: the latest page tells who.
    return only ?? pages[0] ?? { kind: "no-page" };
  };

  return async (people, number, commandId) => {
    try {
      const chosen = choose(await latestPages(people, number === null ? BARE_MS : NUMBERED_MS), number);
      if ("kind" in chosen) return plain(chosen);
      const { row, snapshot } = chosen;
      const person = people.find(({ id }) => id === row.person) ?? null;
      const mark: AnswerMark = { commandId, door: "sms" };
      const sight = await answers.takeFor(row, row.person, mark);
      return {
        answer: answerOf(sight, snapshot.incident.code),
        person,
        platform: platformName(snapshot.incident.home),
      };
    } catch (error) {
      if (!(error instanceof StoreFault)) throw error;
      return plain({ kind: "not-confirmed" });
    }
  };
}

function answerOf(sight: PageSight, code: string): SmsAnswer {
  if (sight.kind === "not-confirmed") return { kind: "not-confirmed" };
  if (sight.kind !== "found") return { kind: "no-page" };
  const { standing } = sight;
  switch (standing.kind) {
    case "taken":
      return { kind: "taken", code, by: standing.by };
    case "open":
      return { kind: "not-confirmed" };
    default:
      return { kind: standing.kind, code };
  }
}
