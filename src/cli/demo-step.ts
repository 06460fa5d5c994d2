// What every act of the demonstration stands on: the stage, and steps of which each must happen.
import { setTimeout as wait } from "node:timers/promises";
import type { DemoCompany } from "./demo-company.js";
import type { Narrator } from "./demo-narrator.js";
import type { DemoWords } from "./demo-words.js";
import type { DemoSandbox } from "./demo-world.js";

/** The stage of a story. */
export type Stage = {
  readonly sandbox: DemoSandbox;
  readonly company: DemoCompany;
  readonly narrator: Narrator;
  readonly words: DemoWords;
  /** Milliseconds of real time that so many minutes of the incident last. */
  readonly realMs: (minutes: number) => number;
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

/** Milliseconds that anything may take beyond what it has to. */
export const PATIENCE_MS = 8_000;

const LOOK_EVERY_MS = 25;
const QUIET_MS = 300;

/** Plays a step, and says which one it was when it does not happen. */
export const step = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw new StepFailed(name, error);
  }
};

/** Ends the step unless something is so. */
export const ensure = (what: boolean, why: string): void => {
  if (!what) throw new Error(why);
};

/** Waits until something is so, for as long as patience lasts. */
export const until = async (what: () => boolean, why: () => string): Promise<void> => {
  const deadline = performance.now() + PATIENCE_MS;
  while (!what()) {
    ensure(performance.now() < deadline, why());
    await wait(LOOK_EVERY_MS);
  }
};

/** Everything that reached anybody so far, as a number that grows. */
const happenings = ({ sandbox: { slack, twilio } }: Stage): number =>
  slack.transcript.entries.length + (twilio?.accepted().length ?? 0) + (twilio?.acceptedCalls().length ?? 0);

/** Effects come in a burst; the narrator speaks when the burst is over. */
export const quiet = async (stage: Stage): Promise<void> => {
  for (let before = -1; before !== happenings(stage); ) {
    before = happenings(stage);
    await wait(QUIET_MS);
  }
};
