import { Counter, collectDefaultMetrics, Histogram, type Registry } from "prom-client";

/** Registers the metrics of the bot; every label has few values. */
export function createMetrics(registry: Registry) {
  collectDefaultMetrics({ register: registry });
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Counter<L>({ name: `plantao_${name}`, help, labelNames, registers: [registry] });
  return {
    commits: counter("commits_total", "Decisions stored.", ["door", "actor"]),
    commitSeconds: new Histogram({
      name: "plantao_commit_seconds",
      help: "From a command's arrival to its durable commit.",
      labelNames: ["door"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [registry],
    }),
    refusals: counter("refusals_total", "Commands that were refused.", ["command", "reason"]),
    effects: counter("effects_total", "Effects by what became of them.", ["kind", "outcome"]),
    effectFailures: counter("effect_failures_total", "Failed tries of effects by code.", ["kind", "code"]),
    wakeLateness: new Histogram({
      name: "plantao_wake_lateness_seconds",
      help: "From the instant at which an incident fell due to its commit.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 60, 300],
      registers: [registry],
    }),
    wakeFailures: counter("wake_failures_total", "Incidents that could not be woken."),
    auditDifferences: counter("audit_differences_total", "Rows that differed from their commits."),
    storeFailures: counter("store_failures_total", "Calls that the store did not answer.", ["what", "code"]),
    reportFailures: counter("report_failures_total", "Facts that could not be reported."),
  };
}
