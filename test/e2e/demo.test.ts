// What a newcomer runs, as they run it.
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

type Ran = { readonly code: number | null; readonly out: string; readonly err: string; readonly seconds: number };

const run = (args: readonly string[]): Promise<Ran> =>
  new Promise((resolve) => {
    const startedAt = Date.now();
    const child = spawn(process.execPath, ["--import", "tsx", "src/main.ts", ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [out, err] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString("utf8");
    });
    child.stderr.on("data", (chunk: Buffer) => {
      err += chunk.toString("utf8");
    });
    child.on("close", (code) => resolve({ code, out, err, seconds: (Date.now() - startedAt) / 1000 }));
  });

/** A line without the time of day and what a clock used, so that two runs can be compared. */
const timeless = (line: string): string =>
  line
    .replace(/\b\d{2}:\d{2}(:\d{2})?\b/g, "··:··")
    .replace(/\d{2}\/\d{2}\/\d{4}/, "··/··")
    .replaceAll(/\(\d+ min de/g, "(·· min de")
    .trim();

test("the demonstration plays the README's incident in at most 60 lines and ends well", {
  timeout: 90_000,
}, async () => {
  const { code, out, err, seconds } = await run(["demo", "--once"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const lines = out.trimEnd().split("\n");
  expect(lines.length).toBeLessThanOrEqual(60);
  expect(seconds).toBeLessThan(60);
  const readme = await readFile("README.md", "utf8");
  const transcript = /```text\n([\s\S]*?)```/.exec(readme)?.[1]?.trimEnd().split("\n") ?? [];
  expect(transcript.length).toBeGreaterThanOrEqual(10);
  const played = lines.map(timeless);
  for (const line of transcript) expect(played).toContain(timeless(line));
});

test("the demonstration tells its story in English: phones, customers, Teams", { timeout: 90_000 }, async () => {
  const { code, out, err } = await run(["demo", "--once", "--lang", "en"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out.trimEnd().split("\n").length).toBeLessThanOrEqual(60);
  for (const sentence of [
    'Carla presses key 1: "',
    "silence: no message, no SMS, no call",
    'Tom Baker (Padaria Aurora, en): e-mail "[INC-1] Checkout: we are investigating a problem"',
    "Loja Norte, which is not affected: nothing",
    'in Teams, Diego types "@Plantão list"',
    "Every step happened.",
  ])
    expect(out).toContain(sentence);
});

test("minute one of an empty installation plays in English too", { timeout: 60_000 }, async () => {
  const { code, out, err } = await run(["demo", "--once", "--empty", "--lang", "en", "--speed", "60"]);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toContain("An empty installation");
  expect(out).toContain("Nobody is on call on any rung");
});

test("a speed that makes no sense is refused", async () => {
  const { code, err } = await run(["demo", "--speed", "0"]);
  expect(code).toBe(2);
  expect(err).toContain("speed");
});
