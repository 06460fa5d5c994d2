// From the start of the process to ready, on an installation that is empty and on one with 10,000 incidents, beside the
// bare start of node; and the memory of both processes afterwards.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { privateMemoryOfChildren } from "./child-memory.mjs";
import { figure, median } from "./figures.mjs";
import { stopProcess, usageOf } from "./processes.mjs";
import { startProduct, startWorkspace } from "./product.mjs";
import { insertStories, withStore } from "./seed-store.mjs";
import { closedStory, customerTerms, declareStory, follow, note } from "./stories.mjs";

const INCIDENTS = 10_000;
/** Every tenth is open, far more than any company works on at once. */
const OPEN_EVERY = 10;
const ROUNDS = 3;
const MEGABYTE = 1024 * 1024;
const DAY_MS = 86_400_000;
/** After this the jobs have run, the people are linked and the first audit is under way. */
const SETTLED_MS = 2_500;

/** Measures starts and memory. */
export async function benchStart(directory) {
  const fullDir = join(directory, "full");
  await mkdir(fullDir);
  await withStore(fullDir, (mongo) => insertStories(mongo, manyStories()));
  const { started: workspace, facts } = await startWorkspace(directory);
  const rounds = [];
  const stopping = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    const bareMs = await bareStart();
    const full = await startOnce({ directory, facts, dataDir: fullDir });
    // Its store has ended long before the next start on the same directory.
    stopping.push(stopProcess(full.started));
    const empty = await startOnce({ directory, facts, dataDir: join(directory, `empty-${at}`) });
    stopping.push(stopProcess(empty.started));
    rounds.push({ bareMs, empty, full });
  }
  await Promise.all([...stopping, stopProcess(workspace)]);
  return figuresOf(rounds);
}

function manyStories() {
  const customers = [customerTerms("padaria-aurora")];
  const now = Date.now();
  return Array.from({ length: INCIDENTS }, (_, index) => {
    const number = index + 1;
    // Nothing falls due while it is measured: that would be another benchmark.
    if (index % OPEN_EVERY === 0) {
      return follow(declareStory({ number, at: new Date(now - 2 * 60_000), customers }), note(number));
    }
    return closedStory(number, new Date(now - 60 * DAY_MS + index * 60_000), customers);
  });
}

async function bareStart() {
  const startedAt = performance.now();
  await once(spawn(process.execPath, ["-e", "0"], { stdio: "ignore" }), "exit");
  return performance.now() - startedAt;
}

async function startOnce({ directory, facts, dataDir }) {
  const { started, readyMs } = await startProduct({ directory, facts, dataDir });
  const cpuMs = (await usageOf(started)).cpuUs / 1000;
  await wait(SETTLED_MS);
  const { rssBytes } = await usageOf(started);
  return { started, readyMs, cpuMs, rssBytes, storeBytes: privateMemoryOfChildren(started.pid) };
}

function figuresOf(rounds) {
  const bareMs = median(rounds.map((round) => round.bareMs));
  const of = (kind, field, per = 1) => median(rounds.map((round) => round[kind][field] / per));
  const memory = (name, field, atMost) =>
    figure({
      bench: "start",
      name,
      unit: "MB",
      value: of("full", field, MEGABYTE),
      floor: of("empty", field, MEGABYTE),
      budget: { of: "value", atMost },
    });
  const isStoreKnown = rounds.every(({ full, empty }) => full.storeBytes !== null && empty.storeBytes !== null);
  return [
    figure({
      bench: "start",
      name: "empty, to ready (floor: node -e 0)",
      unit: "ms",
      value: of("empty", "readyMs"),
      floor: bareMs,
    }),
    figure({
      bench: "start",
      name: `${INCIDENTS} incidents, to ready (floor: empty)`,
      unit: "ms",
      value: of("full", "readyMs"),
      floor: of("empty", "readyMs"),
      budget: { of: "value", atMost: 2000 },
    }),
    figure({
      bench: "start",
      name: "CPU of the bot until ready (floor: empty)",
      unit: "ms",
      value: of("full", "cpuMs"),
      floor: of("empty", "cpuMs"),
    }),
    memory("bot RSS", "rssBytes", 200),
    ...(isStoreKnown ? [memory("store RssAnon", "storeBytes", 80)] : []),
  ];
}
