import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { createLogger, type LogFields, type LogLevel } from "../../../src/logging/create-logger.js";

function logging(level: LogLevel = "debug", pretty = false) {
  const stream = new PassThrough();
  const log = createLogger({ level, stream, pretty });
  const text = () => (stream.read() as Buffer | null)?.toString("utf8") ?? "";
  const lines = () =>
    text()
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, text, lines };
}

test("a line is one object of JSON with the sentence, the level, the instant and the fields", () => {
  const { log, lines } = logging();
  log.info("A command was refused.", { reason: "already-taken", tookMs: 3 });
  expect(lines()).toEqual([
    {
      level: "info",
      message: "A command was refused.",
      timestamp: expect.stringMatching(/Z$/),
      reason: "already-taken",
      tookMs: 3,
    },
  ]);
});

test("lines below the level are not written", () => {
  const { log, lines } = logging("warn");
  log.info("quiet");
  log.warn("loud");
  expect(lines().map(({ message }) => message)).toEqual(["loud"]);
});

test("an error keeps its message, stack and causes, and does not touch the sentence", () => {
  const { log, lines } = logging();
  log.error("send failed", { err: new Error("boom", { cause: new Error("below") }) });
  expect(lines()).toMatchObject([
    {
      message: "send failed",
      err: { message: "boom", stack: expect.stringContaining("boom"), cause: { message: "below" } },
    },
  ]);
});

test("fields cannot garble sentence, level or instant", () => {
  const { log, lines } = logging();
  log.info("a fact", { message: "other", level: 2, timestamp: 0 } as unknown as LogFields);
  expect(lines()).toMatchObject([{ message: "a fact", level: "info", messageField: "other", levelField: 2 }]);
});

test("a child's fields stand on every line, and those of the call win", () => {
  const { log, lines } = logging();
  const child = log.child({ incidentId: "inc1", door: "slack" }).child({ commandId: "c1" });
  child.info("one", { door: "clock" });
  log.info("two");
  expect(lines()).toEqual([
    expect.objectContaining({ incidentId: "inc1", commandId: "c1", door: "clock" }),
    expect.not.objectContaining({ incidentId: "inc1" }),
  ]);
});

test("sentence and fields are redacted (I8)", () => {
  const { log, text } = logging();
  log.warn("cannot reach ana@cubosuite.example", {
    phone: "+5511955550101",
    note: "xoxb-1-2",
    err: new Error("Bearer abcdefghij"),
  });
  expect(text()).not.toMatch(/cubosuite|95555|xoxb-1-2|abcdefghij/);
});

test("values that JSON cannot carry do not throw", () => {
  const { log, lines } = logging();
  const circle: Record<string, unknown> = { n: 1n };
  circle["self"] = circle;
  log.info("odd", { circle, at: new Date(Number.NaN) });
  expect(lines()).toHaveLength(1);
});

test("on a terminal a line is for people", () => {
  const { log, text } = logging("debug", true);
  log.info("Ready.", { port: 3000 });
  log.error("Broken.", { err: new Error("boom") });
  expect(text()).toMatch(/^\d\d:\d\d:\d\d\.\d{3} info {2}Ready\. {"port":3000}\n.* error Broken\.\n {2}Error: boom\n/);
});
