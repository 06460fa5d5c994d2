// The one place where business facts become log lines and metrics.
import { Registry } from "prom-client";
import type { Reporter } from "../ports/reporter.js";
import type { Log } from "./create-logger.js";
import { createMetrics } from "./metrics.js";

/** Above this lateness a wake-up is worth a warning: the design promises at most this after a process dies. */
const LATE_WAKE_MS = 20_000;

/** A reporter and the registry that `/metrics` shows. */
export type ReporterAndRegistry = { readonly reporter: Reporter; readonly registry: Registry };

/** Creates the reporter; a fact that cannot be reported is counted, never thrown. */
export function createReporter(log: Log, registry: Registry = new Registry()): ReporterAndRegistry {
  const metrics = createMetrics(registry);
  const reporter: Reporter = {
    committed(fact) {
      const { tookMs, door, actor } = fact;
      log.info("A decision was committed.", fact);
      metrics.commits.inc({ door, actor });
      metrics.commitSeconds.observe({ door }, tookMs / 1_000);
    },
    refused(fact) {
      log.info("A command was refused.", fact);
      metrics.refusals.inc({ command: fact.command, reason: fact.reason });
    },
    effectDone(fact) {
      log.debug("An effect was done.", fact);
      metrics.effects.inc({ kind: fact.kind, outcome: "done" });
    },
    effectDropped(fact) {
      log.info("An effect was dropped.", fact);
      metrics.effects.inc({ kind: fact.kind, outcome: "dropped" });
    },
    effectFailed({ givenUp, ...fact }) {
      if (givenUp) log.error("An effect was given up.", fact);
      else log.warn("An effect failed and will be tried again.", fact);
      metrics.effects.inc({ kind: fact.kind, outcome: givenUp ? "given-up" : "failed" });
      metrics.effectFailures.inc({ kind: fact.kind, code: fact.code });
    },
    woke(fact) {
      if (fact.lateMs > LATE_WAKE_MS) log.warn("An incident was woken late.", fact);
      else log.debug("An incident was woken.", fact);
      metrics.wakeLateness.observe(Math.max(0, fact.lateMs) / 1_000);
    },
    wakeFailed(fact) {
      log.error("An incident could not be woken; it is tried again.", fact);
      metrics.wakeFailures.inc();
    },
    auditFound(fact) {
      log.error("The audit found a row that differs from its commits.", fact);
      metrics.auditDifferences.inc();
    },
    storeFailed(fact) {
      log.warn("The store could not answer.", fact);
      metrics.storeFailures.inc({ what: fact.what, code: fact.code });
    },
  };
  return { reporter: neverThrowing(reporter, () => metrics.reportFailures.inc()), registry };
}

/** Reporting must not break what is reported. */
function neverThrowing(reporter: Reporter, onFailure: () => void): Reporter {
  const guard =
    <F>(report: (fact: F) => void) =>
    (fact: F): void => {
      try {
        report(fact);
      } catch {
        onFailure();
      }
    };
  return {
    committed: guard(reporter.committed),
    refused: guard(reporter.refused),
    effectDone: guard(reporter.effectDone),
    effectDropped: guard(reporter.effectDropped),
    effectFailed: guard(reporter.effectFailed),
    woke: guard(reporter.woke),
    wakeFailed: guard(reporter.wakeFailed),
    auditFound: guard(reporter.auditFound),
    storeFailed: guard(reporter.storeFailed),
  };
}
