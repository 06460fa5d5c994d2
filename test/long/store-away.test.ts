// The store comes late, dies or hangs under a running bot: what people are told is true, and repeating is safe.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Delivery } from "../../src/sandbox/slack/bot-line.js";
import type { BotProcess } from "../support/process-bot.js";
import { runCommand } from "../support/process-bot.js";
import { buildProgram } from "../support/process-build.js";
import { eventsOf, judge } from "../support/process-judgement.js";
import { readRecord, settledRecord } from "../support/process-record.js";
import { openStage, type Stage } from "../support/process-stage.js";
import { createStoreProcess, type StoreProcess } from "../support/process-store.js";
import { eventually } from "../support/process-wait.js";

const LIMIT_MS = 90_000;
/** Nothing saved, not known, not known yet: each says what to do. */
const HONEST = /nada mudou\. Tente de novo|Repetir é seguro/;
const NOT_SAVED = /nada mudou/;
const SAVED = /guardada|Já estava feito/;

let stage: Stage;
let store: StoreProcess;
let bot: BotProcess;

beforeEach(async () => {
  stage = await openStage({ program: await buildProgram(), speed: 1 });
  store = createStoreProcess(stage.program, stage.dir);
}, LIMIT_MS);

afterEach(async () => {
  await stage.close();
  await store.stop();
});

const begin = async (): Promise<void> => {
  bot = await stage.bot({ env: { MONGODB_URI: store.uri } });
  stage.sandbox.slack.deliverTo(bot.url);
};

const declared = async (): Promise<Delivery> => {
  await store.start();
  await begin();
  await bot.untilReady();
  await stage.person("ana").types("/incidente declarar busca fora do ar");
  const model = stage.sandbox.slack.deliveries.filter(({ kind }) => kind === "command").at(-1);
  if (model === undefined) throw new Error("No command was sent.");
  return model;
};

const isReady = async (): Promise<boolean> => (await bot.ready())?.status === 200;

/** The same request again, as Slack or a person would send it, until it is saved. */
const untilSaved = (request: Delivery): Promise<void> =>
  eventually(async () => SAVED.test((await stage.sandbox.slack.redeliver(request)).body), {
    ms: 30_000,
    what: "the repeated command is saved",
    everyMs: 100,
  });

test(
  "a bot whose store is not there lives, says why it is not ready, and becomes ready when the store appears",
  async () => {
    await begin();
    await eventually(async () => (await bot.ready()) !== null, { ms: 20_000, what: "the bot listens" });
    const answer = await bot.ready();
    expect(answer?.status).toBe(503);
    expect(answer?.checks["store"]).not.toMatch(/^(ok)?$/);
    expect((await fetch(`${bot.url}/healthz`)).status).toBe(200);
    expect((await stage.person("ana").types("/incidente ajuda")).body).toContain("/incidente");
    expect((await stage.person("ana").types("/incidente declarar cedo demais")).body).toMatch(HONEST);

    await store.start();
    await eventually(isReady, { ms: 20_000, what: "the bot is ready" });
    expect((await stage.person("ana").types("/incidente declarar agora sim")).body).toContain("INC-1 declarado");
    expect((await readRecord(store.uri)).commits).toHaveLength(1);
  },
  LIMIT_MS,
);

test(
  "a store killed under a command leaves it saved or not, never half, and the repeated command is saved once",
  async () => {
    const model = await declared();
    const unsure: string[] = [];
    const texts = Array.from({ length: 3 }, (_, nth) => `observação ${nth}`);
    for (const text of texts) {
      const request: Delivery = {
        kind: "command",
        payload: { ...model.payload, trigger_id: `away.${text}`, text: `INC-1 nota ${text}` },
      };
      const [{ body }] = await Promise.all([stage.sandbox.slack.redeliver(request), store.kill()]);
      expect(SAVED.test(body) || HONEST.test(body), body).toBe(true);
      await eventually(async () => !(await isReady()), { ms: 20_000, what: "the bot knows that the store is away" });
      const told = (await stage.person("ana").types(`/incidente INC-1 nota perdida ${texts.indexOf(text)}`)).body;
      expect(told).toMatch(HONEST);
      if (!NOT_SAVED.test(told)) unsure.push(`perdida ${texts.indexOf(text)}`);
      await store.start();
      await eventually(isReady, { ms: 20_000, what: "the bot is ready again" });
      await untilSaved(request);
    }
    const { commits } = await settledRecord(() => store.uri);
    const recorded = eventsOf(commits, "note-added").map(({ event }) => event.text.prose);
    // What nobody could confirm may have been saved, and no other.
    expect(recorded.filter((text) => !unsure.includes(text))).toEqual(texts);
    expect(new Set(recorded).size).toBe(recorded.length);
    expect(judge(stage, commits, 0).problems).toEqual([]);
    const verdict = await runCommand(stage.program, ["verify", "--json"], { ...stage.env(), MONGODB_URI: store.uri });
    expect(JSON.parse(verdict)).toMatchObject({ problems: [] });
  },
  LIMIT_MS,
);

test(
  "a store that hangs: the person is told in time that it is not confirmed, and the outcome when it is known",
  async () => {
    const model = await declared();
    await stage.sandbox.slack.transcript.waitFor(({ kind }) => kind === "pin", 10_000);
    store.freeze(true);
    const request: Delivery = {
      kind: "command",
      payload: { ...model.payload, trigger_id: "hanging", text: "INC-1 nota devagar" },
    };
    const from = stage.sandbox.slack.transcript.entries.length;
    const askedAt = Date.now();
    const { status, body } = await stage.sandbox.slack.redeliver(request);
    expect(status).toBe(200);
    expect(body).toMatch(/Ainda não está confirmado/);
    expect(Date.now() - askedAt).toBeLessThan(3000);
    store.freeze(false);
    const told = await stage.sandbox.slack.transcript.waitFor(({ ephemeral }) => ephemeral === true, 20_000, from);
    expect(told.text).toContain("Nota guardada em INC-1");
    await untilSaved(request);
    expect(eventsOf((await readRecord(store.uri)).commits, "note-added")).toHaveLength(1);
  },
  LIMIT_MS,
);
