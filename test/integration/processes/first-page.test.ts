// The first minute after a start, when Slack has not yet told who is who: a page that falls into it must still arrive.
import { afterEach, beforeEach, expect, test } from "vitest";
import type { BotProcess } from "../../support/process-bot.js";
import { buildProgram } from "../../support/process-build.js";
import { judge } from "../../support/process-judgement.js";
import { type StoredRecord, settledRecord, uriOfDataDir } from "../../support/process-record.js";
import { openStage, type Stage } from "../../support/process-stage.js";

const LIMIT_MS = 90_000;

let stage: Stage;
let bot: BotProcess;
beforeEach(async () => {
  stage = await openStage({ program: await buildProgram(), speed: 1 });
}, LIMIT_MS);
afterEach(() => stage.close());

/** Ana declares as soon as the bot answers; resolves when nothing is left to do. */
const declareAtOnce = async (): Promise<StoredRecord> => {
  bot = await stage.bot();
  await bot.untilReady();
  stage.sandbox.slack.deliverTo(bot.url);
  await stage.person("ana").types("/incidente declarar busca fora do ar");
  return settledRecord(() => uriOfDataDir(stage.dataDir));
};

const pages = (): readonly string[] =>
  stage.sandbox.slack.transcript.entries.flatMap(({ kind, by, direct, person }) =>
    kind === "message" && by === "bot" && direct === true && person !== undefined ? [person] : [],
  );

test(
  "people who are being looked up at the same moment are paged when Slack has answered",
  async () => {
    // Ana is looked up first and Bruno, who is paged, after her.
    stage.sandbox.slack.misbehave.slow("users.lookupByEmail", 1);
    stage.sandbox.slack.misbehave.slow("users.lookupByEmail", 4500);
    const { commits, givenUp } = await declareAtOnce();
    expect(givenUp).toEqual([]);
    expect(judge(stage, commits, 0).problems).toEqual([]);
    expect(pages()).toContain("bruno");
    expect(bot.lines.filter(({ level }) => level === "error")).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "people whom Slack could not look up at first are paged when it can",
  async () => {
    stage.sandbox.slack.misbehave.failNext("users.lookupByEmail", 503, 20);
    const { commits, givenUp } = await declareAtOnce();
    expect(givenUp).toEqual([]);
    expect(judge(stage, commits, 0).problems).toEqual([]);
    expect(pages()).toContain("bruno");
    expect(bot.lines.filter(({ level }) => level === "error")).toEqual([]);
  },
  LIMIT_MS,
);
