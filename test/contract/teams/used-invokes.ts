import { readFileSync } from "node:fs";

/** Names of the invokes that the bot answers, as its source states them. */
export function usedInvokes(): readonly string[] {
  const source = readFileSync(new URL("../../../src/teams/teams-bot.ts", import.meta.url), "utf8");
  return [...source.matchAll(/"([A-Za-z]+\/[A-Za-z]+)": async/g)].map(([, name]) => name ?? "");
}
