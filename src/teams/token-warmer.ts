import { toChatFault } from "./teams-fault.js";
import type { TeamsPort } from "./teams-port.js";
import type { TeamsReporter } from "./teams-settings.js";

/** Whether the bot has a token for the connector, as it becomes known. */
export type TokenWarmer = {
  /** "ok", or the code of the latest failure. */
  check(): string;
  /** Asks until there is a token; resolves then, or when stopped. */
  start(): Promise<void>;
  stop(): void;
};

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;

/** Gets the first token ahead of the first message, without keeping the process from starting while Teams is away. */
export function createTokenWarmer(port: Pick<TeamsPort, "warm">, reporter: TeamsReporter): TokenWarmer {
  let problem = "teams_not_asked_yet";
  let stopped = false;
  let wake: () => void = () => {};

  async function ask(): Promise<void> {
    try {
      await port.warm();
      problem = "ok";
    } catch (error) {
      const { code } = toChatFault(error);
      // One report for each reason, however often it is asked again.
      if (code !== problem) reporter.connection({ state: "lost", code });
      problem = code;
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  return {
    check: () => problem,
    async start() {
      for (let delay = FIRST_RETRY_MS; problem !== "ok" && !stopped; delay = Math.min(delay * 2, LONGEST_RETRY_MS)) {
        await ask();
        if (problem !== "ok" && !stopped) await pause(delay);
      }
      if (problem === "ok") reporter.connection({ state: "ready", code: null });
    },
    stop() {
      stopped = true;
      wake();
    },
  };
}
