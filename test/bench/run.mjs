// `npm run bench -- [ack] [start] [commit] [clocks] [broadcast] [sms] [--json]`: measures the built program against its budgets, each figure
// beside its floor in the same run. Figures go to standard output as JSON lines, a table to standard error.
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { tableOf } from "./figures.mjs";
import { killAll } from "./processes.mjs";

// Each takes well under a minute on two free cores; on busy ones it must still end.
const LIMIT_MS = 120_000;
/** An embedded store ends by itself when its parent is gone. */
const STORES_END_MS = 500;
const benches = {
  ack: async (directory) => (await import("./ack.mjs")).benchAck(directory),
  start: async (directory) => (await import("./start.mjs")).benchStart(directory),
  commit: async (directory) => (await import("./commit.mjs")).benchCommit(directory),
  clocks: async (directory) => (await import("./clocks.mjs")).benchClocks(directory),
  broadcast: async (directory) => (await import("./broadcast.mjs")).benchBroadcast(directory),
  sms: async (directory) => (await import("./broadcast.mjs")).benchSms(directory),
};

const args = process.argv.slice(2);
const flags = args.filter((arg) => arg.startsWith("--"));
const named = args.filter((arg) => !arg.startsWith("--"));
const unknown = [
  ...flags.filter((flag) => flag !== "--json"),
  ...named.filter((name) => !Object.hasOwn(benches, name)),
];
const names = named.length > 0 ? named : Object.keys(benches);
const isJsonOnly = flags.includes("--json");
const say = (words) => isJsonOnly || process.stderr.write(words);

if (unknown.length > 0) {
  process.stderr.write(`Unknown: ${unknown.join(" ")}. Known: ${Object.keys(benches).join(" ")} --json\n`);
  process.exit(2);
}

// Wall-clock figures mean little on a machine that is busy with something else, so that is told beside them.
const machine = () => ({ machine: { node: process.version, cores: availableParallelism(), load: loadavg()[0] } });
process.stdout.write(`${JSON.stringify(machine())}\n`);

let missed = false;
const figures = [];
for (const name of new Set(names)) {
  say(`${name} ...\n`);
  for (const one of await inTime(name)) {
    figures.push(one);
    missed ||= one.verdict === "missed";
    process.stdout.write(`${JSON.stringify(one)}\n`);
  }
}
const { cores, load } = machine().machine;
say(`\n${tableOf(figures)}\nLoad of the machine during the last minute: ${load.toFixed(1)} on ${cores} cores.\n`);
process.exit(missed ? 1 : 0);

async function inTime(name) {
  const directory = await mkdtemp(join(tmpdir(), `plantao-bench-${name}-`));
  const overdue = new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`${name} took longer than ${LIMIT_MS} ms`)), LIMIT_MS).unref();
  });
  try {
    const found = await Promise.race([benches[name](directory), overdue]);
    await rm(directory, { recursive: true, force: true });
    return found;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    killAll();
    await wait(STORES_END_MS);
    await rm(directory, { recursive: true, force: true });
    return process.exit(1);
  }
}
