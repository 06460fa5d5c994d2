// The demonstration's incident, played by people against the real product. A step that does not happen ends the story.
import type { Narrator } from "./demo-narrator.js";
import type { DemoWords } from "./demo-words.js";
import type { DemoEntry, DemoSandbox } from "./demo-world.js";

/** The stage of a story. */
export type Stage = {
  readonly sandbox: DemoSandbox;
  readonly narrator: Narrator;
  readonly words: DemoWords;
  /** Milliseconds of real time that so many minutes of the incident last. */
  readonly realMs: (minutes: number) => number;
  readonly wait: (ms: number) => Promise<void>;
};

/** A step that did not happen. */
export class StepFailed extends Error {
  readonly step: string;
  constructor(step: string, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.name = "StepFailed";
    this.step = step;
  }
}

const PATIENCE_MS = 8_000;

const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new StepFailed(name, error);
  }
};

// Effects come in a burst; the narrator speaks when the burst is over.
const quiet = async ({ sandbox, wait }: Stage): Promise<void> => {
  const { entries } = sandbox.slack.transcript;
  for (let before = -1; before !== entries.length; ) {
    before = entries.length;
    await wait(300);
  }
};

const roomOf = async (stage: Stage): Promise<string> => {
  const { transcript } = stage.sandbox.slack;
  const created = await transcript.waitFor(
    (entry) => entry.kind === "channel" && entry.what === "created",
    PATIENCE_MS,
  );
  return created.channelName ?? "";
};

const ensure = (what: boolean, why: string): void => {
  if (!what) throw new Error(why);
};

const declare = async (stage: Stage, customers: readonly string[]): Promise<string> => {
  const { sandbox, narrator, words } = stage;
  const ana = sandbox.slack.person("ana");
  narrator.says(words.types("Ana", words.declare));
  await ana.types(words.declare, { in: "geral" });
  const form = await ana.waitsForView(words.formTitle, PATIENCE_MS);
  narrator.quotes(`${words.opens(form.title)}`);
  if (customers.length === 0) await ana.fills({ title: words.title });
  else {
    await ana.fills({
      title: words.title,
      service: "checkout",
      scope: "large",
      effect: "outage",
      data: "none",
      more: ["more"],
    });
    await ana.fills({ customers: [...customers] });
    ensure(words.level.test(ana.openView()?.visible ?? ""), "the form does not show N1");
  }
  const level = (ana.openView()?.visible ?? "").split("\n").find((line) => /N[1-4]/.test(line)) ?? "";
  narrator.says(words.fills("Ana", customers.length === 0 ? words.title : words.filled));
  narrator.quotes(customers.length === 0 ? level : `${level}\n${words.affected}`);
  const answer = await ana.submits();
  ensure(answer.closed, "the form was not accepted");
  narrator.says(words.submits("Ana"));
  return roomOf(stage);
};

const opened = async (stage: Stage, room: string, announced: boolean): Promise<void> => {
  const { sandbox, narrator } = stage;
  const { transcript } = sandbox.slack;
  await transcript.waitFor((entry) => entry.kind === "pin", PATIENCE_MS);
  if (announced)
    await transcript.waitFor((entry) => entry.channelName === "incidentes" && entry.kind === "message", PATIENCE_MS);
  await transcript.waitFor(
    (entry) => entry.kind === "message" && entry.by === "bot" && entry.direct === true,
    PATIENCE_MS,
  );
  await quiet(stage);
  narrator.tells();
  const channel = sandbox.slack.channel(room);
  ensure(
    (channel?.topic ?? "") !== "" && (channel?.pins.length ?? 0) === 1,
    "the channel has no topic or no pinned card",
  );
};

const rung = async (stage: Stage, room: string, percent: number, minutes: number): Promise<void> => {
  const { sandbox, narrator, words, realMs } = stage;
  await sandbox.slack.person("ana").waitsToSee(room, words.warning(percent), realMs(minutes) + PATIENCE_MS);
  narrator.says(words.steps.rung(percent));
};

const take = async (stage: Stage, room: string, handle: string, name: string): Promise<void> => {
  const { sandbox, narrator, words, realMs, wait } = stage;
  const person = sandbox.slack.person(handle);
  // Told as far as it has come: while the clock runs fast, waiting for calm would cost minutes of the response time.
  narrator.tells();
  narrator.says(words.presses(name, words.take));
  await person.presses(words.take, { in: room });
  await person.waitsToSee(room, words.taken, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
  const from = sandbox.slack.transcript.entries.length;
  await wait(realMs(4));
  const loud = sandbox.slack.transcript.entries
    .slice(from)
    .filter((entry: DemoEntry) => entry.kind === "message" && entry.by === "bot");
  ensure(loud.length === 0, words.silenceBroken(loud.map((entry) => entry.text ?? "").join(", ")));
  narrator.says(words.silence);
};

const mitigate = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const carla = sandbox.slack.person("carla");
  narrator.says(words.types("Carla", words.mitigate));
  await carla.types(words.mitigate, { in: room });
  await carla.waitsToSee(room, words.mitigated, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const resolve = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const carla = sandbox.slack.person("carla");
  await carla.presses(words.resolveButton, { in: room });
  narrator.says(words.presses("Carla", words.resolveButton));
  await carla.waitsForView("", PATIENCE_MS);
  await carla.fills({ data: "not-affected", reason: words.reason });
  ensure((await carla.submits()).closed, "the form was not accepted");
  await carla.waitsToSee(room, words.resolved, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const record = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const ana = sandbox.slack.person("ana");
  narrator.says(words.types("Ana", words.timeline));
  await ana.types(words.timeline, { in: room });
  narrator.quotes((await ana.waitsToSee(room, words.timelineHead, PATIENCE_MS)).visible);
};

/** An N1 for two customers with different contracts, from the declaration to the record. */
export const playStory = async (stage: Stage): Promise<void> => {
  const { words } = stage;
  const room = await step(words.steps.declare, () => declare(stage, ["padaria-aurora", "hospital-vida"]));
  await step(words.steps.room, () => opened(stage, room, true));
  for (const [percent, minutes] of [
    [50, 5],
    [75, 3],
  ] as const) {
    await step(words.steps.rung(percent), () => rung(stage, room, percent, minutes));
    await quiet(stage);
    stage.narrator.tells();
  }
  await step(words.steps.rung(90), () => rung(stage, room, 90, 2));
  await step(words.steps.take, () => take(stage, room, "carla", "Carla"));
  await step(words.steps.mitigate, () => mitigate(stage, room));
  await step(words.steps.resolve, () => resolve(stage, room));
  await step(words.steps.record, () => record(stage, room));
};

/** Minute one: nothing is configured, and a title is enough. */
export const playEmpty = async (stage: Stage): Promise<void> => {
  const { words } = stage;
  const room = await step(words.steps.declare, () => declare(stage, []));
  await step(words.steps.room, () => opened(stage, room, false));
  await step(words.steps.take, () => take(stage, room, "ana", "Ana"));
  await step(words.steps.record, () => record(stage, room));
};
