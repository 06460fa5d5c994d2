// `plantao demo`: the whole product on this machine, playing one incident.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import { readOptions, refuseProblems } from "./cli-options.js";
import { createNarrator } from "./demo-narrator.js";
import { type Play, type Scene, startScene } from "./demo-scene.js";
import { type Stage, StepFailed } from "./demo-step.js";
import { playEmpty, playStory } from "./demo-story.js";
import { demoWords } from "./demo-words.js";
import type { DemoDeps } from "./demo-world.js";
import { EXIT_FAILED } from "./running-app.js";

const HELP = "plantao demo [--once] [--lang pt-BR|en] [--empty] [--speed N]\n";
const ZONE = "America/Sao_Paulo";

const perform = async (io: CliIo, scene: Scene, play: Play, problems: readonly string[]): Promise<number> => {
  const words = demoWords(play.language);
  const startedAt = performance.now();
  const { sandbox, app, company } = scene;
  const narrator = createNarrator({
    entries: sandbox.slack.transcript.entries,
    texts: () => sandbox.twilio?.accepted() ?? [],
    staff: company.staff,
    now: app.now,
    zone: ZONE,
    words,
    write: io.stdout,
  });
  const opening = play.empty
    ? [words.headlineEmpty, words.speed(play.speed), words.empty]
    : [`${words.headline} ${words.pace(play.speed)}`];
  for (const line of opening) narrator.plain(line);
  const stage: Stage = {
    sandbox,
    company,
    narrator,
    words,
    realMs: (minutes) => (minutes * 60_000) / play.speed,
  };
  try {
    await (play.empty ? playEmpty(stage) : playStory(stage));
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    io.stderr(`${words.failed(error.step, error.message)}\n${problems.slice(-10).join("\n")}\n`);
    return EXIT_FAILED;
  }
  narrator.plain(words.done(((performance.now() - startedAt) / 1000).toFixed(0)));
  return EXIT_OK;
};

/** Makes the command. */
export const makeDemo =
  (deps: DemoDeps): CliCommand =>
  async (args, io) => {
    const options = readOptions(args, { once: "flag", empty: "flag", speed: "text" });
    if (options.help) {
      io.stdout(HELP);
      return EXIT_OK;
    }
    const speed = Number(options.text.get("speed") ?? "30");
    const bad =
      Number.isFinite(speed) && speed >= 1 && speed <= 120
        ? []
        : [
            {
              path: "speed",
              code: "invalid-value",
              values: { received: String(options.text.get("speed")), allowed: "1..120" },
            } as const,
          ];
    const problems = [...options.problems, ...bad];
    if (problems.length > 0) return refuseProblems(io, options, problems);
    const play: Play = {
      once: options.flags.has("once"),
      empty: options.flags.has("empty"),
      language: options.language,
      speed,
    };
    const dataDir = await mkdtemp(join(tmpdir(), "plantao-demo-"));
    const logged: string[] = [];
    let fail: (reason: string) => void = () => undefined;
    const failed = new Promise<string>((resolve) => {
      fail = resolve;
    });
    const scene = await startScene(deps, play, dataDir, { fail, logged: (line) => logged.push(line) });
    try {
      const code = await perform(io, scene, play, logged);
      if (play.once || code !== EXIT_OK) return code;
      const words = demoWords(play.language);
      io.stdout(`${(play.empty ? words.pageEmpty : words.page)(scene.sandbox.url)}\n`);
      const reason = await Promise.race([failed, deps.untilAskedToEnd().then(() => null)]);
      if (reason === null) return EXIT_OK;
      io.stderr(`${reason}\n`);
      return EXIT_FAILED;
    } finally {
      await scene.app.stop();
      await scene.sandbox.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  };
