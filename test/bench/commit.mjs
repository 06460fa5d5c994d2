// A slash command that commits: a note, from the signed request to the answer that says it is stored, beside the bare
// driver inserting a document of the same size, acknowledged by majority and journal, into a store of its own.
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { MongoClient } from "mongodb";
import { startEmbeddedStore } from "../../dist/storage/embedded/start-embedded-store.js";
import { figure, median, percentile } from "./figures.mjs";
import { callAll, sendAll, signedCommands } from "./load.mjs";
import { stopProcess, usageOf } from "./processes.mjs";
import { startProduct, startWorkspace } from "./product.mjs";
import { commitDocuments } from "./seed-store.mjs";
import { customerTerms, declareStory, follow, note } from "./stories.mjs";

const CONCURRENCY = 16;
const ROUNDS = 5;
const REQUESTS_PER_ROUND = 320;
/** Rounds in which everybody writes in the same incident. */
const CROWD_ROUNDS = 2;
/** Rooms are created as fast as Slack allows; a few seconds later most have theirs. */
const ROOMS_OPEN_MS = 3_000;
/** How the answers begin that say "noted" and "not confirmed yet". */
const NOTED = "Nota";
const LATE = "Ainda não está confirmado";

/** Measures latency of committing, in as many incidents as there are lanes. */
export async function benchCommit(directory) {
  const { started: workspace, facts } = await startWorkspace(directory);
  const product = await startProduct({ directory, facts, announces: true });
  const floor = await openFloor(join(directory, "floor"));
  const codes = await declare(product, facts);
  await wait(ROOMS_OPEN_MS);
  const rounds = { product: [], floor: [] };
  await productRound(product, facts, codes, 0);
  await floor.round();
  for (let at = 1; at <= ROUNDS; at += 1) {
    rounds.product.push(await productRound(product, facts, codes, at));
    rounds.floor.push(await floor.round());
  }
  const crowd = [];
  for (let at = 1; at <= CROWD_ROUNDS; at += 1) crowd.push(await productRound(product, facts, codes.slice(0, 1), -at));
  await Promise.all([floor.stop(), stopProcess(product.started), stopProcess(workspace)]);
  return figuresOf(rounds, crowd);
}

async function declare(product, facts) {
  const requests = commands(facts, CONCURRENCY, (index) => `declare Pagamentos lentos ${index}`);
  const isExpected = ({ status, text }) => status === 200 && /INC-\d+/.test(text);
  const { answers } = await sendAll(product.commandsUrl, requests, { concurrency: 4, isExpected });
  return answers.map(({ text }) => /INC-\d+/.exec(text)[0]);
}

async function productRound(product, facts, codes, round) {
  const textOf = (index) => `${codes[index % codes.length]} note ${note(round * REQUESTS_PER_ROUND + index).text}`;
  const requests = commands(facts, REQUESTS_PER_ROUND, textOf);
  const isLate = ({ text }) => text.includes(LATE);
  const isExpected = (answer) => answer.status === 200 && (answer.text.includes(NOTED) || isLate(answer));
  const before = await usageOf(product.started);
  const sent = await sendAll(product.commandsUrl, requests, { concurrency: CONCURRENCY, isExpected });
  const after = await usageOf(product.started);
  return {
    ...roundOf(sent.latencies),
    cpuUs: (after.cpuUs - before.cpuUs) / REQUESTS_PER_ROUND,
    late: sent.answers.filter(isLate).length,
  };
}

function commands({ signingSecret: secret, userId, channelId }, count, textOf) {
  return signedCommands(count, { secret, userId, channelId, textOf });
}

async function openFloor(dataDir) {
  const store = await startEmbeddedStore({ dataDir });
  const client = new MongoClient(store.uri, { writeConcern: { w: "majority", journal: true } });
  const collection = client.db().collection("documents");
  // The second commit of a story is its note: what one of the measured commands stores.
  const [, document] = commitDocuments(
    follow(declareStory({ number: 1, at: new Date(), customers: [customerTerms("padaria-aurora")] }), note(1)),
  );
  let inserted = 0;
  const insert = () => {
    inserted += 1;
    return collection.insertOne({ ...document, _id: `floor.${inserted}` });
  };
  return {
    round: async () => roundOf(await callAll(REQUESTS_PER_ROUND, CONCURRENCY, insert)),
    stop: async () => {
      await client.close();
      await store.stop();
    },
  };
}

const roundOf = (latencies) => ({ p50Ms: percentile(latencies, 0.5), p99Ms: percentile(latencies, 0.99) });

function figuresOf({ product, floor }, crowd) {
  const both = (field) => ({
    value: median(product.map((one) => one[field])),
    floor: median(floor.map((one) => one[field])),
  });
  return [
    figure({ bench: "commit", name: `p50 at concurrency ${CONCURRENCY}`, unit: "ms", ...both("p50Ms") }),
    figure({
      bench: "commit",
      name: `p99 at concurrency ${CONCURRENCY}`,
      unit: "ms",
      ...both("p99Ms"),
      budget: { of: "value", atMost: 250 },
    }),
    figure({
      bench: "commit",
      name: `p99 at concurrency ${CONCURRENCY}, all in one incident`,
      unit: "ms",
      value: median(crowd.map((one) => one.p99Ms)),
    }),
    figure({
      bench: "commit",
      name: "CPU of the bot per command, effects included",
      unit: "µs",
      value: median(product.map((one) => one.cpuUs)),
    }),
    figure({
      bench: "commit",
      name: `answers "not confirmed yet", of ${(ROUNDS + CROWD_ROUNDS) * REQUESTS_PER_ROUND}`,
      unit: "answers",
      value: [...product, ...crowd].reduce((sum, one) => sum + one.late, 0),
    }),
  ];
}
