// Invariant I9: two bots on one store never act twice, and one takes over what the other leaves when it dies.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Delivery } from "../../src/sandbox/slack/bot-line.js";
import type { BotProcess } from "../support/process-bot.js";
import { buildProgram } from "../support/process-build.js";
import { eventsOf, judge, saidWithKeys } from "../support/process-judgement.js";
import { declareByForm, roomOpens } from "../support/process-people.js";
import { settledRecord } from "../support/process-record.js";
import { openStage, type Stage } from "../support/process-stage.js";
import { createStoreProcess, type StoreProcess } from "../support/process-store.js";

/** An N1 of Hospital Vida reaches 50 % after 7.5 s of real time and its due instant after 15 s. */
const SPEED = 40;
const TAKEOVER_MS = 20_000;
const SMALL_ONES = 4;
const IS_SAMPLE = process.env["LONG_SAMPLE"] === "1";
const NOTES = IS_SAMPLE ? 5 : 25;

let stage: Stage;
let store: StoreProcess;
let bots: readonly BotProcess[];

beforeEach(async () => {
  stage = await openStage({ program: await buildProgram(), speed: SPEED });
  store = createStoreProcess(stage.program, stage.dir);
  await store.start();
  const env = { MONGODB_URI: store.uri };
  bots = [await stage.bot({ env }), await stage.bot({ env })];
  await Promise.all(bots.map((bot) => bot.untilReady()));
  stage.sandbox.slack.deliverTo(bots[0]?.url ?? "");
});

afterEach(async () => {
  await stage.close();
  await store.stop();
});

const errorsOf = (): readonly string[] =>
  bots.flatMap(({ lines }) => lines.filter(({ level }) => level === "error").map((line) => JSON.stringify(line)));

/** The bot that woke an incident last, which is the one that holds the clock. */
const clockHolder = (): BotProcess => {
  const wokeAt = ({ lines }: BotProcess): string =>
    lines.filter(({ message }) => message.startsWith("An incident was woken")).at(-1)?.timestamp ?? "";
  const [first, second] = bots;
  if (first === undefined || second === undefined) throw new Error("There are not two bots.");
  return wokeAt(first) >= wokeAt(second) ? first : second;
};

test("every escalation is told exactly once, also when the bot that holds the clock is killed in the middle", async () => {
  const ana = stage.person("ana");
  await declareByForm(stage, "Checkout fora do ar");
  for (let nth = 1; nth <= SMALL_ONES; nth += 1) await ana.types(`/incidente declarar login lento ${nth}`);
  const room = await roomOpens(stage);
  await ana.waitsToSee(room, /Pré-aviso: 50 %/, 20_000);

  const victim = clockHolder();
  const survivor = bots.find((bot) => bot !== victim);
  victim.kill("bot");
  const killedAt = Date.now();
  stage.sandbox.slack.deliverTo(survivor?.url ?? "");

  const isLaterEscalation = (at: Date, text: string): boolean =>
    stage.realMs(at) > killedAt && /^(Pré-aviso|Violação)/.test(text);
  const next = await stage.sandbox.slack.transcript.waitFor(
    ({ at, kind, by, text, direct }) =>
      kind === "message" && by === "bot" && direct === false && isLaterEscalation(at, text ?? ""),
    TAKEOVER_MS + 5000,
  );
  const tookOverAfter = stage.realMs(next.at) - killedAt;
  await ana.waitsToSee(room, IS_SAMPLE ? /Violação do SLA/ : /Repetição 1 após/, 60_000);
  const { commits, givenUp } = await settledRecord(() => store.uri);
  const judgement = judge(stage, commits, TAKEOVER_MS);
  const late = judgement.latenessMs.map(Math.round);
  process.stdout.write(
    `two processes: ${late.length} escalations of ${SMALL_ONES + 1} incidents told, ${judgement.duplicated} twice; ` +
      `next one ${Math.round(tookOverAfter)} ms after the kill; latest ${Math.max(...late)} ms late\n`,
  );
  expect(judgement.problems).toEqual([]);
  expect(givenUp).toEqual([]);
  expect(late.length).toBeGreaterThan(1);
  expect(Math.max(...late)).toBeLessThan(TAKEOVER_MS);
  expect(errorsOf()).toEqual([]);
});

test("a command that arrives at both at the same time changes the record once", async () => {
  const ana = stage.person("ana");
  await declareByForm(stage, "Checkout fora do ar");
  const room = await roomOpens(stage);
  await ana.types("/incidente nota primeira", { in: room });
  const model = stage.sandbox.slack.deliveries.filter(({ kind }) => kind === "command").at(-1);
  if (model === undefined) throw new Error("No command was sent.");

  const notes = Array.from({ length: NOTES }, (_, nth) => `nota simultânea ${nth}`);
  for (const text of notes) {
    const same: Delivery = { kind: "command", payload: { ...model.payload, trigger_id: `both.${text}`, text } };
    const answers = await Promise.all(
      bots.map((bot) => {
        stage.sandbox.slack.deliverTo(bot.url);
        return stage.sandbox.slack.redeliver(same);
      }),
    );
    expect(answers.map(({ body }) => /guardada|Já estava feito/.test(body))).toEqual([true, true]);
  }
  const { commits } = await settledRecord(() => store.uri);
  const recorded = eventsOf(commits, "note-added").map(({ event }) => event.text.prose);
  expect(recorded).toEqual(["primeira", ...notes.map((text) => text.replace("nota ", ""))]);
  const said = saidWithKeys(stage).filter(({ entry }) => entry.text?.startsWith("Nota de"));
  expect(said).toHaveLength(notes.length + 1);
  expect(judge(stage, commits, TAKEOVER_MS).problems).toEqual([]);
  expect(errorsOf()).toEqual([]);
});
