// Acknowledging a signed `/incident help`: the whole product beside a bare Bolt app, in alternating rounds.
import { figure, median, percentile } from "./figures.mjs";
import { sendAll, signedCommands } from "./load.mjs";
import { besideThis, firstMessage, freePort, startProcess, stopProcess, usageOf } from "./processes.mjs";
import { startProduct, startWorkspace } from "./product.mjs";

const CONCURRENCY = 64;
const WARM_UP = 2000;
const ROUNDS = 7;
const REQUESTS_PER_ROUND = 2500;

/** Measures CPU per request and latency. */
export async function benchAck(directory) {
  const { started: workspace, facts } = await startWorkspace(directory);
  const product = await startProduct({ directory, facts });
  const floor = await startFloor(directory, facts);
  const targets = {
    product: { ...product, isExpected: ({ status, text }) => status === 200 && text.includes("ephemeral") },
    floor: { ...floor, isExpected: ({ status }) => status === 200 },
  };
  const rounds = { product: [], floor: [] };
  for (const target of Object.values(targets)) await round(target, facts, WARM_UP);
  for (let at = 0; at < ROUNDS; at += 1) {
    // Who goes first alternates, so that neither gains from what the other leaves behind.
    const order = at % 2 === 0 ? ["product", "floor"] : ["floor", "product"];
    for (const name of order) rounds[name].push(await round(targets[name], facts, REQUESTS_PER_ROUND));
  }
  for (const started of [product.started, floor.started, workspace]) await stopProcess(started);
  return figuresOf(rounds);
}

async function startFloor(directory, facts) {
  const port = await freePort();
  const started = startProcess(besideThis("bolt-floor.mjs"), {
    args: [String(port), facts.apiUrl],
    directory,
    env: { SLACK_BOT_TOKEN: facts.botToken, SLACK_SIGNING_SECRET: facts.signingSecret },
  });
  await firstMessage(started);
  return { started, commandsUrl: `http://127.0.0.1:${port}/slack/events` };
}

async function round({ started, commandsUrl, isExpected }, facts, count) {
  const { signingSecret: secret, userId, channelId } = facts;
  const requests = signedCommands(count, { secret, userId, channelId, textOf: () => "help" });
  const before = await usageOf(started);
  const { latencies, perSecond } = await sendAll(commandsUrl, requests, { concurrency: CONCURRENCY, isExpected });
  const after = await usageOf(started);
  return { cpuUs: (after.cpuUs - before.cpuUs) / count, p99Ms: percentile(latencies, 0.99), perSecond };
}

function figuresOf({ product, floor }) {
  const both = (field) => ({
    value: median(product.map((one) => one[field])),
    floor: median(floor.map((one) => one[field])),
    ratio: median(product.map((one, at) => one[field] / floor[at][field])),
  });
  const rates = both("perSecond");
  return [
    figure({
      bench: "ack",
      name: "CPU per request",
      unit: "µs",
      ...both("cpuUs"),
      budget: { of: "ratio", atMost: 1.5 },
    }),
    figure({
      bench: "ack",
      name: `p99 at concurrency ${CONCURRENCY}`,
      unit: "ms",
      ...both("p99Ms"),
      budget: { of: "value", atMost: 100 },
    }),
    figure({ bench: "ack", name: "requests", unit: "per s", ...rates, ratio: 1 / rates.ratio, isRate: true }),
  ];
}
