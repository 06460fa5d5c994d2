// A process that stands still for longer than its locks live (a laptop that sleeps, a virtual machine that is moved)
// goes on with the clock when it wakes.
import { MongoClient } from "mongodb";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BotProcess } from "../support/process-bot.js";
import { buildProgram } from "../support/process-build.js";
import { judge } from "../support/process-judgement.js";
import { declareByForm, roomOpens } from "../support/process-people.js";
import { settledRecord, uriOfDataDir } from "../support/process-record.js";
import { openStage, type Stage } from "../support/process-stage.js";
import { eventually } from "../support/process-wait.js";

const SPEED = 40;
/** Longer than the lock of a job (10 s) and the lease of an effect (15 s). */
const ASLEEP_MS = 16_000;
const TAKEOVER_MS = 20_000;

let stage: Stage;
let bot: BotProcess;
beforeEach(async () => {
  stage = await openStage({ program: await buildProgram(), speed: SPEED });
  bot = await stage.bot();
  await bot.untilReady();
  stage.sandbox.slack.deliverTo(bot.url);
});
afterEach(async () => {
  bot.signal("SIGCONT");
  await stage.close();
});

/**
 * Suspends the bot between taking the clock's job and running it. There Agenda forgets the job when its lock has run
 * out, and the clock of a bot that is alone would stand still for ever.
 */
const suspendBeforeATick = async (uri: string): Promise<void> => {
  const client = await new MongoClient(uri).connect();
  try {
    const isTaken = async (): Promise<boolean> => {
      const job = await client.db().collection("agendaJobs").findOne({ name: "clock.tick" });
      const [lockedAt, began, ended] = [job?.["lockedAt"], job?.["lastRunAt"], job?.["lastFinishedAt"]];
      return lockedAt instanceof Date && lockedAt > ended && ended >= began;
    };
    const tryOnce = async (): Promise<boolean> => {
      if (!(await isTaken())) return false;
      bot.signal("SIGSTOP");
      if (await isTaken()) return true;
      bot.signal("SIGCONT");
      return false;
    };
    await eventually(tryOnce, { ms: 30_000, what: "the bot is suspended before a tick", everyMs: 1 });
  } finally {
    await client.close();
  }
};

test("a bot that was suspended tells what fell due meanwhile, once, and everything after it in time", async () => {
  await declareByForm(stage, "Checkout fora do ar");
  const room = await roomOpens(stage);
  const ana = stage.person("ana");
  await ana.waitsToSee(room, "Escalação inicial", 10_000);

  const uri = await uriOfDataDir(stage.dataDir);
  await suspendBeforeATick(uri);
  const wakesAt = Date.now() + ASLEEP_MS;
  await eventually(() => Date.now() >= wakesAt, { ms: ASLEEP_MS + 5000, what: "it was suspended long enough" });
  bot.signal("SIGCONT");

  await ana.waitsToSee(room, /Violação do SLA de resposta/, TAKEOVER_MS);
  const wokeAfter = Date.now() - wakesAt;
  await ana.waitsToSee(room, /Repetição 1 após/, 60_000);
  const { commits } = await settledRecord(() => uri);
  const { problems, latenessMs } = judge(stage, commits, ASLEEP_MS + TAKEOVER_MS);
  process.stdout.write(
    `suspended for ${ASLEEP_MS} ms: the breach was told ${wokeAfter} ms after waking, ` +
      `the latest repeat ${Math.round(latenessMs.at(-1) ?? 0)} ms late\n`,
  );
  expect(problems).toEqual([]);
  expect(latenessMs.at(-1)).toBeLessThan(TAKEOVER_MS);
});
