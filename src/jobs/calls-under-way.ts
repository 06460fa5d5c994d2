// Agenda asks the store from timers and does not wait for the answers when it stops, so whoever closes the store has to.
import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises";
import type { MongoBackend } from "@agendajs/mongo-backend";

/** Agenda's calls to the store that have no answer yet. */
export type CallsUnderWay = {
  /** True when none is left within the time. */
  answeredWithin(ms: number): Promise<boolean>;
};

/** Counts the calls that Agenda's processor makes by itself. */
export function countCalls(repository: MongoBackend["repository"]): CallsUnderWay {
  const calls = new Set<Promise<unknown>>();
  const counted =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> => {
      const answer = call(...args);
      const forget = (): void => void calls.delete(answer);
      calls.add(answer);
      answer.then(forget, forget);
      return answer;
    };
  repository.getNextJobToRun = counted(repository.getNextJobToRun.bind(repository));
  repository.saveJobState = counted(repository.saveJobState.bind(repository));
  repository.unlockJob = counted(repository.unlockJob.bind(repository));

  const allAnswered = async (): Promise<"answered"> => {
    while (calls.size > 0) {
      await Promise.allSettled([...calls]);
      // An answer may lead to the next call.
      await nextTurn();
    }
    return "answered";
  };
  return {
    async answeredWithin(ms) {
      const patience = new AbortController();
      const late = pause(ms, "late" as const, { signal: patience.signal }).catch(() => "late" as const);
      const outcome = await Promise.race([allAnswered(), late]);
      patience.abort();
      return outcome === "answered";
    },
  };
}
