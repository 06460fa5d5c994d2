// Catches log lines; a test fails on every error line that it did not announce.
import { Writable } from "node:stream";

/** One line as it was logged. */
export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly message: string };

/** The lines of one story. */
export type LogLines = {
  readonly stream: Writable;
  readonly lines: readonly LogLine[];
  /** Takes back errors that the test expects; throws when there is none. */
  expectError(pattern: RegExp): void;
  /** Error lines that nobody announced. */
  unexpected(): readonly string[];
  raw(): string;
};

/** Creates an empty catch. */
export const catchLogs = (): LogLines => {
  const lines: LogLine[] = [];
  const announced = new Set<LogLine>();
  let text = "";
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      text += chunk.toString("utf8");
      for (const line of chunk.toString("utf8").split("\n")) if (line !== "") lines.push(JSON.parse(line) as LogLine);
      done();
    },
  });
  return {
    stream,
    lines,
    expectError(pattern) {
      const found = lines.filter(
        (line) => line.level === "error" && !announced.has(line) && pattern.test(JSON.stringify(line)),
      );
      if (found.length === 0) throw new Error(`No error line matches ${String(pattern)}.`);
      for (const line of found) announced.add(line);
    },
    unexpected: () =>
      lines
        .filter((line) => line.level === "error" && !announced.has(line))
        .map((line) => JSON.stringify({ ...line, err: undefined })),
    raw: () => text,
  };
};
