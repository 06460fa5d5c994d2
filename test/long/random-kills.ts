// When and how a bot is killed, chosen by a generator whose seed is printed.

import type { Victims } from "../support/process-bot.js";

/** One death: at a moment of the story, or right after the bot's nth call to Slack was carried out and not answered. */
export type Death = { readonly victims: Victims } & (
  | { readonly at: "moment"; readonly ms: number }
  | { readonly at: "call"; readonly nth: number }
);

/** How long an undisturbed story takes, and how many calls the bot makes in it. */
export type StoryLength = { readonly ms: number; readonly calls: number };

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export const randomNumbers = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

/** The deaths of one run; every fourth run has two. The victims alternate from run to run. */
export const deathsOf = (run: number, seed: number, length: StoryLength): readonly Death[] => {
  const random = randomNumbers(seed * 1_000 + run);
  const one = (index: number): Death => {
    const victims = (run + index) % 2 === 0 ? "bot" : "group";
    return random() < 0.5
      ? { victims, at: "moment", ms: Math.round(random() * length.ms) }
      : { victims, at: "call", nth: 1 + Math.floor(random() * length.calls) };
  };
  return Array.from({ length: run % 4 === 3 ? 2 : 1 }, (_, index) => one(index));
};

/** One death in words. */
export const describeDeath = (death: Death): string =>
  `${death.victims === "bot" ? "bot" : "bot+store"} ${death.at === "moment" ? `at ${death.ms} ms` : `in call ${death.nth}`}`;
