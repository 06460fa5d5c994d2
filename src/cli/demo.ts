// `plantao demo`: the whole product on this machine, playing one incident.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readConfig } from "../config/read-config.js";
import type { CliCommand, CliIo } from "./cli-io.js";
import { EXIT_OK } from "./cli-io.js";
import { readOptions, refuseProblems } from "./cli-options.js";
import { createNarrator } from "./demo-narrator.js";
import { playEmpty, playStory, type Stage, StepFailed } from "./demo-story.js";
import { demoWords } from "./demo-words.js";
import type { DemoDeps, DemoSandbox } from "./demo-world.js";
import { EXIT_FAILED, type RunningApp } from "./running-app.js";

const HELP = "plantao demo [--once] [--lang pt-BR|en] [--empty] [--speed N]\n";
const ZONE = "America/Sao_Paulo";
const PEOPLE: readonly (readonly [handle: string, name: string])[] = [
  ["ana", "Ana Souza"],
  ["bruno", "Bruno Lima"],
  ["carla", "Carla Dias"],
  ["diego", "Diego Reis"],
  ["elisa", "Elisa Prado"],
  ["fabio", "Fábio Nunes"],
  ["gabriela", "Gabriela Melo"],
  ["helena", "Helena Castro"],
  ["igor", "Igor Matos"],
];

const emailOf = (name: string): string =>
  `${name.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "").replace(" ", ".")}@cubosuite.example`;
const example = (file: string): string => fileURLToPath(new URL(`../../docs/examples/${file}`, import.meta.url));

type Play = {
  readonly once: boolean;
  readonly empty: boolean;
  readonly language: "pt-BR" | "en";
  readonly speed: number;
};
type Scene = { readonly sandbox: DemoSandbox; readonly app: RunningApp };

const startScene = async (
  deps: DemoDeps,
  play: Play,
  dataDir: string,
  fail: (reason: string) => void,
  problems: string[],
): Promise<Scene> => {
  const late: { app: RunningApp | null } = { app: null };
  const sandbox = await deps.startSandbox({
    now: () => late.app?.now() ?? new Date(),
    language: play.language,
    people: PEOPLE.map(([handle, name]) => ({ handle, name, email: emailOf(name), owner: handle === "elisa" })),
    channels: [{ name: "geral", general: true }, ...(play.empty ? [] : [{ name: "incidentes", bot: true }])],
    rateLimits: "enforced",
  });
  const announcement = sandbox.slack.channel("incidentes")?.id;
  const read = readConfig({
    DATA_DIR: dataDir,
    PORT: "0",
    LOG_LEVEL: "warn",
    ORG_LANGUAGE: play.language,
    CLOCK_SPEED: String(play.speed),
    SLACK_BOT_TOKEN: sandbox.slack.botToken,
    SLACK_SIGNING_SECRET: sandbox.slack.signingSecret,
    SLACK_API_URL: sandbox.slack.apiUrl,
    ...(announcement === undefined
      ? {}
      : {
          SLACK_ANNOUNCEMENT_CHANNEL: announcement,
          PEOPLE_FILE: example("people.yaml"),
          CUSTOMERS_FILE: example("customers.yaml"),
        }),
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  // The story is the output; log lines that matter are told when it fails.
  const logStream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      problems.push(chunk.toString("utf8").trimEnd());
      done();
    },
  });
  late.app = await deps.startApp(read.config, { onFatal: fail, logStream });
  await late.app.untilReady();
  sandbox.slack.deliverTo(late.app.url);
  return { sandbox, app: late.app };
};

const perform = async (io: CliIo, scene: Scene, play: Play, problems: readonly string[]): Promise<number> => {
  const words = demoWords(play.language);
  const startedAt = performance.now();
  const { sandbox, app } = scene;
  const narrator = createNarrator({
    entries: sandbox.slack.transcript.entries,
    now: app.now,
    zone: ZONE,
    words,
    write: io.stdout,
  });
  narrator.plain(words.headline);
  narrator.plain(words.speed(play.speed));
  if (play.empty) narrator.plain(words.empty);
  const stage: Stage = {
    sandbox,
    narrator,
    words,
    realMs: (minutes) => (minutes * 60_000) / play.speed,
    wait: async (ms) => void (await wait(ms)),
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
    const speed = Number(options.text.get("speed") ?? "40");
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
    const scene = await startScene(deps, play, dataDir, fail, logged);
    try {
      const code = await perform(io, scene, play, logged);
      if (play.once || code !== EXIT_OK) return code;
      io.stdout(`${demoWords(play.language).page(scene.sandbox.url)}\n`);
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
