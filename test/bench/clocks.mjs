// The clock engine by itself, and an incident's record read from the store and folded.
import { dueAt } from "../../dist/domain/calendar/business-time.js";
import { foldCommits } from "../../dist/domain/incident/evolve.js";
import { sheetOf } from "../../dist/domain/incident/sheet.js";
import { createMongoCommitStore } from "../../dist/storage/mongo-commit-store.js";
import { figure, median } from "./figures.mjs";
import { insertStories, withStore } from "./seed-store.mjs";
import { customerTerms, declareStory, follow, note, policy } from "./stories.mjs";

const ROUNDS = 15;
const DUES = 100_000;
const TARGET_MINUTES = [15, 60, 240, 480, 1620, 4860];
const MINUTE_MS = 60_000;
const YEAR_MS = 366 * 86_400_000;
const CUSTOMERS = 50;
const EVENTS = 200;
const COMMITS = 1000;
const STARTED = new Date("2026-11-23T13:00:00.000Z");

/** Measures computations per second, recomputing and loading. */
export async function benchClocks(directory) {
  return [...dueFigures(), recomputeFigure(), ...(await loadFigures(directory))];
}

/** Earliest instants on business calendars, beside the same on round-the-clock time, which is one addition. */
function dueFigures() {
  const business = policy.calendars[policy.businessCalendar];
  const calendars = [business, { ...business, zone: "America/Manaus", open: "08:00", close: "18:00" }];
  const starts = Array.from(
    { length: DUES },
    (_, at) => new Date(STARTED.getTime() + ((at * 7919) % DUES) * (YEAR_MS / DUES)),
  );
  const run = (countingOf) => {
    let sum = 0;
    for (let at = 0; at < DUES; at += 1) {
      sum += dueAt(countingOf(at), starts[at], TARGET_MINUTES[at % TARGET_MINUTES.length]).getTime();
    }
    return sum;
  };
  const rounds = inTurns({ business: () => run((at) => calendars[at % 2]), plain: () => run(() => "24x7") });
  const perSecond = (ms) => (DUES * 1000) / ms;
  return [
    figure({
      bench: "clocks",
      name: "earliest instants on business calendars (floor: 24x7)",
      unit: "per s",
      value: perSecond(median(rounds.business)),
      floor: perSecond(median(rounds.plain)),
      isRate: true,
      budget: { of: "value", atLeast: 200_000 },
    }),
  ];
}

/** The sheet of an incident with many events and customers, beside the one that it had when it was declared. */
function recomputeFigure() {
  const long = eventfulStory();
  const [declared] = long.commits;
  const now = new Date(long.commits.at(-1).at.getTime() + MINUTE_MS);
  const fresh = foldCommits([declared]);
  const rounds = inTurns({
    long: () => sheetOf(foldCommits(long.commits), policy, now),
    fresh: () => sheetOf(fresh, policy, now),
  });
  return figure({
    bench: "clocks",
    name: `${EVENTS} events and ${CUSTOMERS} customers folded and recomputed (floor: 1 event)`,
    unit: "ms",
    value: median(rounds.long),
    floor: median(rounds.fresh),
    budget: { of: "value", atMost: 5 },
  });
}

/** An incident in which every kind of fact that moves clocks happens again and again. */
function eventfulStory() {
  const ids = Array.from({ length: CUSTOMERS }, (_, at) => `cliente-${at}`);
  let story = declareStory({ number: 1, at: STARTED, customers: ids.map(customerTerms) });
  const steps = [
    (at) => ({
      type: "pause",
      reason: "waiting-customer",
      customers: [ids[at % CUSTOMERS]],
      question: "Podem testar?",
    }),
    note,
    (at) => ({ type: "resume", customers: [ids[(at - 2) % CUSTOMERS]] }),
    () => ({ type: "mitigate", action: "Fila reiniciada" }),
    () => ({ type: "regress", what: "Voltou a falhar", to: "investigating" }),
  ];
  const eventsOf = () => story.commits.reduce((sum, { events }) => sum + events.length, 0);
  for (let at = 0; eventsOf() < EVENTS; at += 1) story = follow(story, steps[at % steps.length](at), 3);
  return story;
}

/** A long record from the store, beside the bare driver reading the same documents. */
async function loadFigures(directory) {
  let story = declareStory({ number: 1, at: STARTED, customers: [customerTerms("padaria-aurora")], level: 2 });
  for (let at = 1; at < COMMITS; at += 1) story = follow(story, note(at));
  const { id } = story.incident;
  return withStore(directory, async (mongo) => {
    await insertStories(mongo, [story]);
    const bare = () => mongo.connection.collection("commits").find({ incidentId: id }).sort({ version: 1 }).toArray();
    const warm = createMongoCommitStore(mongo);
    const rounds = { whole: [], bare: [], known: [], fold: [] };
    for (let at = 0; at < ROUNDS; at += 1) {
      rounds.bare.push(await timed(bare));
      // A store without a memory of earlier readings, as after a start.
      rounds.whole.push(await timed(async () => foldCommits(await createMongoCommitStore(mongo).load(id))));
      const commits = await warm.load(id);
      rounds.known.push(await timed(() => warm.load(id)));
      rounds.fold.push(await timed(() => foldCommits(commits)));
    }
    const loading = (name, value, budget = null) =>
      figure({ bench: "clocks", name, unit: "ms", value: median(value), floor: median(rounds.bare), budget });
    return [
      loading(`${COMMITS} commits folded`, rounds.fold, { of: "value", atMost: 20 }),
      loading(`${COMMITS} commits read and folded, first time (floor: bare driver)`, rounds.whole),
      loading(`${COMMITS} commits read again (floor: bare driver)`, rounds.known),
    ];
  });
}

/** Durations in milliseconds of each piece of work, round by round; the first rounds only warm up. */
function inTurns(works) {
  const rounds = Object.fromEntries(Object.keys(works).map((name) => [name, []]));
  for (let at = -5; at < ROUNDS; at += 1) {
    for (const [name, work] of Object.entries(works)) {
      const startedAt = performance.now();
      work();
      if (at >= 0) rounds[name].push(performance.now() - startedAt);
    }
  }
  return rounds;
}

async function timed(work) {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
