import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLogger, type Log } from "../../../src/logging/create-logger.js";
import { createReporter } from "../../../src/logging/reporter.js";

function reporting() {
  const stream = new PassThrough();
  const { reporter, registry } = createReporter(createLogger({ level: "debug", stream, pretty: false }));
  const levels = () =>
    ((stream.read() as Buffer | null)?.toString("utf8") ?? "")
      .split("\n")
      .filter(Boolean)
      .map((line) => (JSON.parse(line) as { level: string }).level);
  const metric = async (line: string) => expect(await registry.metrics()).toContain(line);
  return { reporter, levels, metric };
}

const failure = { key: "inc.1:0", kind: "say", code: "slack_rate_limited", attempts: 1, err: new Error("429") };

test("a commit is a line and a count", async () => {
  const { reporter, levels, metric } = reporting();
  reporter.committed({
    incidentId: "inc",
    code: "INC-1",
    version: 1,
    actor: "person",
    events: ["declared"],
    door: "slack",
    tookMs: 12,
  });
  expect(levels()).toEqual(["info"]);
  await metric('plantao_commits_total{door="slack",actor="person"} 1');
  await metric('plantao_commit_seconds_bucket{le="0.025",door="slack"} 1');
});

test("a failing effect warns, a given-up one is an error", async () => {
  const { reporter, levels, metric } = reporting();
  reporter.effectFailed({ ...failure, givenUp: false });
  reporter.effectFailed({ ...failure, givenUp: true });
  expect(levels()).toEqual(["warn", "error"]);
  await metric('plantao_effects_total{kind="say",outcome="given-up"} 1');
  await metric('plantao_effect_failures_total{kind="say",code="slack_rate_limited"} 2');
});

test("a wake that is later than promised warns", async () => {
  const { reporter, levels, metric } = reporting();
  reporter.woke({ incidentId: "inc", lateMs: 300, events: 1 });
  reporter.woke({ incidentId: "inc", lateMs: 20_001, events: 1 });
  expect(levels()).toEqual(["debug", "warn"]);
  await metric("plantao_wake_lateness_seconds_count 2");
});

test("every other fact is counted", async () => {
  const { reporter, levels, metric } = reporting();
  reporter.refused({ incidentId: null, command: "take", reason: "already-taken", door: "slack" });
  reporter.effectDone({ key: "k", kind: "say", attempts: 1 });
  reporter.effectDropped({ key: "k", kind: "reach", reason: "taken" });
  reporter.wakeFailed({ incidentId: "inc", err: new Error("boom") });
  reporter.auditFound({ incidentId: "inc", difference: "state" });
  reporter.storeFailed({ what: "append", code: "store_unreachable", err: new Error("gone") });
  expect(levels()).toEqual(["info", "debug", "info", "error", "error", "warn"]);
  await metric('plantao_refusals_total{command="take",reason="already-taken"} 1');
  await metric('plantao_effects_total{kind="say",outcome="done"} 1');
  await metric('plantao_effects_total{kind="reach",outcome="dropped"} 1');
  await metric("plantao_wake_failures_total 1");
  await metric("plantao_audit_differences_total 1");
  await metric('plantao_store_failures_total{what="append",code="store_unreachable"} 1');
});

test("a log that fails does not break what is reported", async () => {
  const fail = () => {
    throw new Error("disk full");
  };
  const broken: Log = { error: fail, warn: fail, info: fail, debug: fail, child: () => broken };
  const { reporter, registry } = createReporter(broken);
  reporter.wakeFailed({ incidentId: "inc", err: null });
  expect(await registry.metrics()).toContain("plantao_report_failures_total 1");
});
