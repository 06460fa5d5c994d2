// One whole story under deaths: people act, the bot dies and comes back, and in the end the record is judged.
import { type BotProcess, runCommand } from "../support/process-bot.js";
import { eventsOf, judge, pagesAfter } from "../support/process-judgement.js";
import {
  askTimeline,
  declareByForm,
  MITIGATION,
  mitigateByCommand,
  resolveByForm,
  roomOpens,
  takeByButton,
} from "../support/process-people.js";
import { type StoredRecord, settledRecord, uriOfDataDir } from "../support/process-record.js";
import { openStage, type Stage } from "../support/process-stage.js";
import { type MortalBot, startMortalBot } from "./mortal-bot.js";
import type { Death, StoryLength } from "./random-kills.js";

/** What one run showed. */
export type RunReport = {
  readonly problems: readonly string[];
  readonly kills: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly duplicated: number;
  readonly dropped: number;
  readonly restartMs: readonly number[];
  readonly latenessMs: readonly number[];
  readonly length: StoryLength;
};

const SPEED = 120;
const TITLE = "Checkout fora do ar";
const ACTS = ["declared", "taken", "mitigated", "resolved"] as const;
/** After a death another process, or the next life, acts within this time (design, section 3). */
const TAKEOVER_MS = 20_000;
/** A page request that had begun may still be on its way when the person reads the answer. */
const ON_THE_WAY_MS = 100;

type Act = (typeof ACTS)[number];
type Acknowledged = ReadonlyMap<Act, number>;

/** Plays one run. */
export const playUnderDeaths = async (program: string, deaths: readonly Death[]): Promise<RunReport> => {
  const stage = await openStage({ program, speed: SPEED });
  try {
    const bot = await startMortalBot(stage, deaths);
    const startedAt = Date.now();
    bot.begin();
    const { room, acknowledged } = await play(stage);
    const length = { ms: Date.now() - startedAt, calls: bot.calls() };
    const living = await bot.afterAllDeaths();
    const record = await settledRecord(() => uriOfDataDir(stage.dataDir));
    const timeline = await askTimeline(stage, "ana", room);
    const problems = await verified(stage, living);
    return report({ stage, bot, record, acknowledged, timeline, problems, length });
  } finally {
    await stage.close();
  }
};

const play = async (stage: Stage): Promise<{ room: string; acknowledged: Acknowledged }> => {
  const acknowledged = new Map<Act, number>();
  await declareByForm(stage, TITLE);
  acknowledged.set("declared", Date.now());
  const room = await roomOpens(stage);
  await stage.person("carla").waitsToSee(room, /Pré-aviso: 90 %|Violação|Repetição/, 60_000);
  await takeByButton(stage, "carla", room);
  acknowledged.set("taken", Date.now());
  await mitigateByCommand(stage, "carla", room);
  acknowledged.set("mitigated", Date.now());
  await resolveByForm(stage, "carla", room);
  acknowledged.set("resolved", Date.now());
  return { room, acknowledged };
};

/** Ends the bot in order and has the program itself check the chain. */
const verified = async (stage: Stage, living: BotProcess): Promise<readonly string[]> => {
  living.signal("SIGTERM");
  const { code } = await living.exited;
  const verdict = JSON.parse(await runCommand(stage.program, ["verify", "--json"], stage.env())) as {
    problems: readonly unknown[];
  };
  return [
    ...(code === 0 ? [] : [`the bot ended with ${code}`]),
    ...verdict.problems.map((problem) => `verify: ${JSON.stringify(problem)}`),
  ];
};

const report = (run: {
  readonly stage: Stage;
  readonly bot: MortalBot;
  readonly record: StoredRecord;
  readonly acknowledged: Acknowledged;
  readonly timeline: string;
  readonly problems: readonly string[];
  readonly length: StoryLength;
}): RunReport => {
  const { stage, bot, record, acknowledged, timeline } = run;
  const { commits } = record;
  const judgement = judge(stage, commits, TAKEOVER_MS);
  const lost = ACTS.filter((act) => acknowledged.has(act) && eventsOf(commits, act).length !== 1);
  const unseen = [TITLE, MITIGATION].filter((text) => !timeline.includes(text));
  return {
    problems: [
      ...run.problems,
      ...bot.troubles,
      ...judgement.problems,
      ...lost.map((act) => `acknowledged and recorded ${eventsOf(commits, act).length} times: ${act}`),
      ...unseen.map((text) => `not in the timeline: ${text}`),
      ...pagesAfter(stage, commits, acknowledged.get("taken") ?? 0, ON_THE_WAY_MS),
      ...record.givenUp.map((key) => `given up: ${key}`),
      ...placesProblems(stage),
    ],
    kills: bot.kills,
    acknowledged: acknowledged.size,
    lost: lost.length,
    duplicated: judgement.duplicated,
    dropped: judgement.dropped,
    restartMs: bot.restartMs,
    latenessMs: judgement.latenessMs,
    length: run.length,
  };
};

/** One channel with one pinned card, one announcement, nothing asked of Slack that it does not know. */
const placesProblems = ({ sandbox: { slack } }: Stage): readonly string[] => {
  const rooms = slack.channels().filter(({ name }) => name.startsWith("inc-"));
  const announced = slack.channel("incidentes")?.messages.filter(({ fromBot }) => fromBot).length;
  const counts = { rooms: rooms.length, pins: rooms[0]?.pins.length, announced };
  const wanted = { rooms: 1, pins: 1, announced: 1 };
  return [
    ...(JSON.stringify(counts) === JSON.stringify(wanted) ? [] : [`places: ${JSON.stringify(counts)}`]),
    ...slack.transcript.unknownMethods.map((method) => `unknown method: ${method}`),
  ];
};
