// A bot that is killed as planned and started again at once, with the same data and the same port.
import { type BotProcess, freePort } from "../support/process-bot.js";
import type { Stage } from "../support/process-stage.js";
import { eventually } from "../support/process-wait.js";
import type { Death } from "./random-kills.js";

/** The bot through all its lives. */
export type MortalBot = {
  /** Starts the story's time: from here moments and calls are counted. */
  begin(): void;
  readonly kills: number;
  /** Milliseconds from each new start until it was ready. */
  readonly restartMs: readonly number[];
  /** Log lines of level error, and lives that ended by themselves. */
  readonly troubles: readonly string[];
  /** Waits until every planned death has happened and answers the bot of the last life, ready. */
  afterAllDeaths(): Promise<BotProcess>;
  /** Calls to Slack since the beginning. */
  calls(): number;
};

/** Starts the first life and waits until it is ready. */
export const startMortalBot = async (stage: Stage, deaths: readonly Death[]): Promise<MortalBot> => {
  const port = await freePort();
  const planned = [...deaths];
  const restartMs: number[] = [];
  const troubles: string[] = [];
  const lives: BotProcess[] = [];
  let calls = 0;
  let kills = 0;
  /** Null between two lives. */
  let bot: BotProcess | null = await nextLife();
  let coming: Promise<unknown> = bot.untilReady();
  await coming;
  stage.sandbox.slack.deliverTo(bot.url);

  async function nextLife(): Promise<BotProcess> {
    const life = await stage.bot({ port });
    lives.push(life);
    void life.exited.then(({ code, signal }) => {
      if (signal !== "SIGKILL" && code !== 0) troubles.push(`ended by itself (${code}): ${life.errors().trim()}`);
    });
    return life;
  }

  const die = (death: Death): void => {
    planned.splice(planned.indexOf(death), 1);
    if (bot === null || bot.ended()) return;
    kills += 1;
    bot.kill(death.victims);
    coming = again(bot);
    bot = null;
  };

  const again = async (dead: BotProcess): Promise<void> => {
    await dead.exited;
    const life = await nextLife();
    bot = life;
    try {
      restartMs.push(await life.untilReady());
    } catch (error) {
      // Killed again while it started; that death starts the next life.
      if (bot === life) throw error;
    }
  };

  const begin = (): void => {
    for (const death of deaths) if (death.at === "moment") setTimeout(() => die(death), death.ms).unref();
    stage.sandbox.slack.transcript.subscribe((entry) => {
      if (entry.kind !== "call") return;
      calls += 1;
      // The call was carried out, and the answer has not been written yet.
      for (const death of [...planned]) if (death.at === "call" && calls >= death.nth) die(death);
    });
  };

  return {
    begin,
    restartMs,
    get kills() {
      return kills;
    },
    get troubles() {
      const lines = lives.flatMap((life) => life.lines.filter(({ level }) => level === "error"));
      return [...troubles, ...lines.map(({ message, err: _err, ...rest }) => `${message} ${JSON.stringify(rest)}`)];
    },
    async afterAllDeaths() {
      // A story may need fewer calls than the undisturbed one; a death still to come strikes what the end left to do.
      for (const death of [...planned]) if (death.at === "call") die(death);
      await eventually(() => planned.length === 0, { ms: 60_000, what: "every death has happened" });
      for (let waited: unknown = null; waited !== coming; ) {
        waited = coming;
        await coming;
      }
      if (bot === null) throw new Error("The bot did not come back.");
      return bot;
    },
    calls: () => calls,
  };
};
