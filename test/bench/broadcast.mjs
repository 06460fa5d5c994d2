// Messages to customers beside the bare SDKs and driver in the same run: 100,000 readers of one e-mail, and SMS.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startEmbeddedStore } from "../../dist/storage/embedded/start-embedded-store.js";
import { figure, median } from "./figures.mjs";
import { besideThis, firstMessage, startProcess, stopProcess } from "./processes.mjs";

const READERS = 100_000;
const MAIL_ROUNDS = 3;
const TEXTS = 3_000;
const TEXT_ROUNDS = 3;
const WARM_UP = 2_000;
const QUIET_MS = 300;
const MEGABYTE = 1024 * 1024;

/** Measures CPU and memory of an e-mail to many. */
export async function benchBroadcast(directory) {
  const rounds = await roundsOf(directory, { channel: "email", count: READERS, rounds: MAIL_ROUNDS });
  const perReader = (kind) => median(rounds[kind].map(({ cpuUs }) => cpuUs / READERS));
  return [
    figure({
      bench: "broadcast",
      name: "CPU per reader of an e-mail (floor: bare request and driver)",
      unit: "µs",
      value: perReader("product"),
      floor: perReader("bare"),
      budget: { of: "ratio", atMost: 2 },
    }),
    figure({
      bench: "broadcast",
      name: `memory over idle, ${READERS} readers`,
      unit: "MB",
      value: Math.max(...rounds.product.map(({ overIdleBytes }) => overIdleBytes)) / MEGABYTE,
      floor: Math.max(...rounds.bare.map(({ overIdleBytes }) => overIdleBytes)) / MEGABYTE,
      budget: { of: "value", atMost: 100 },
    }),
  ];
}

/** Measures the rate of SMS. */
export async function benchSms(directory) {
  const rounds = await roundsOf(directory, { channel: "sms", count: TEXTS, rounds: TEXT_ROUNDS });
  const rate = (kind) => median(rounds[kind].map(({ ms }) => (TEXTS * 1000) / ms));
  const cpu = (kind) => median(rounds[kind].map(({ cpuUs }) => cpuUs / TEXTS));
  const [value, floor] = [rate("product"), rate("bare")];
  return [
    figure({
      bench: "sms",
      name: "rate at concurrency 10, as a share of the bare SDK's",
      unit: "/s",
      value,
      floor,
      ratio: value / floor,
      budget: { of: "ratio", atLeast: 0.6 },
    }),
    figure({
      bench: "sms",
      name: "CPU per SMS, planning included",
      unit: "µs",
      value: cpu("product"),
      floor: cpu("bare"),
    }),
  ];
}

/** The two take turns, so that a busy moment of the machine strikes both. */
async function roundsOf(directory, { channel, count, rounds }) {
  const providers = startProcess(besideThis("provider-process.mjs"), { directory });
  const facts = await firstMessage(providers);
  const store = await startEmbeddedStore({ dataDir: join(directory, "data") });
  const measured = {};
  for (const kind of ["product", "bare"]) {
    const args = [JSON.stringify({ kind, storeUri: store.uri, ...facts })];
    measured[kind] = startProcess(besideThis("broadcast-process.mjs"), { args, directory });
    await firstMessage(measured[kind]);
  }
  const found = { product: [], bare: [] };
  for (let number = 0; number <= rounds; number += 1) {
    for (const kind of ["bare", "product"]) {
      const asked = { channel, count: number === 0 ? WARM_UP : count, number: number + 1 };
      const answer = await ask(measured[kind], asked);
      if (answer.sent !== asked.count) throw new Error(`${kind}: ${answer.sent} of ${asked.count} were sent.`);
      if (number > 0) found[kind].push(answer);
      await wait(QUIET_MS);
    }
  }
  await Promise.all([measured.product, measured.bare, providers].map(stopProcess));
  await store.stop();
  return found;
}

function ask(started, asked) {
  const answer = firstMessage(started);
  started.child.send(asked);
  return answer;
}
