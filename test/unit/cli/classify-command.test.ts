import { describe, expect, it, test } from "vitest";
import { runClassify } from "../../../src/cli/classify.js";
import { CLASSIFICATION_TABLE } from "../classification/classification-table.js";
import { runWithFiles } from "./run-command.js";

const run = (...args: string[]) => runWithFiles(runClassify, args);
const errors = (stdout: string) =>
  (JSON.parse(stdout) as { errors: { path: string; code: string }[] }).errors.map(
    ({ path, code }) => `${path}: ${code}`,
  );

describe("classify", () => {
  it("prints the level and its rule as one line of JSON", async () => {
    const args = "--scope large --effect outage --data none --exposure none --json".split(" ");
    expect(await run(...args)).toEqual({
      exitCode: 0,
      stdout:
        '{"level":1,"kind":"T","ambiguous":false,"provisional":false,"rule":"N1: interrupção completa + grande número"}\n',
      stderr: "",
    });
  });

  it("agrees with the whole table", async () => {
    for (const [scope, effect, data, level, kind, rule] of CLASSIFICATION_TABLE) {
      const { stdout } = await run(
        "--scope",
        scope,
        "--effect",
        effect,
        "--data",
        data,
        "--exposure",
        "none",
        "--json",
      );
      expect(JSON.parse(stdout)).toEqual({ level, kind, ambiguous: kind !== "T", provisional: false, rule });
    }
  });

  it("takes unknown for what is not known, and says that the level is provisional", async () => {
    const { stdout } = await run("--scope", "unknown", "--effect", "little", "--data", "lost", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ level: 1, kind: "D", provisional: true });
  });

  it("takes data as unknown and exposure as none when they are not given", async () => {
    const { stdout } = await run("--scope", "single", "--effect", "little", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ level: 4, provisional: true });
  });

  test.each([
    [["--users", "500"], 1],
    [["--users", "11", "--monthly-active-users", "110"], 1],
    [["--users", "11"], 2],
    [["--all-users"], 1],
    [["--users=5", "--whole-customer"], 2],
    [["--users", "1"], 3],
  ])("computes the scope from %j", async (counts, level) => {
    const { stdout } = await run(...counts, "--effect", "outage", "--data", "none", "--json");
    expect(JSON.parse(stdout)).toMatchObject({ level, provisional: false });
  });

  it("speaks to a person in Portuguese, or in English when asked", async () => {
    expect((await run("--scope", "single", "--effect", "little", "--data", "none")).stdout).toBe(
      "N4: N4: um usuário, pouco ou nenhum impacto\no texto da política decide\n",
    );
    expect((await run("--scope", "unknown", "--effect", "little", "--lang", "en")).stdout).toBe(
      'N3: N4 holds for "only one user"; one level up\nno level fits the text: the next more severe holds; provisional until what is missing is answered\n',
    );
  });

  it("refuses every wrong value at once, as JSON on standard output", async () => {
    const { exitCode, stdout, stderr } = await run(
      ...["--scope", "many", "--effect", "bad", "--data", "gone", "--exposure", "maybe", "--users", "0", "--json"],
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "" });
    expect(errors(stdout)).toEqual([
      "scope: invalid-value",
      "effect: invalid-value",
      "data: invalid-value",
      "exposure: invalid-value",
      "users: bad-format",
    ]);
    expect(JSON.parse(stdout)).toMatchObject({
      errors: [
        { message: "many não é um valor aceito.", remedy: expect.stringContaining("small_group") as string },
        {},
        {},
        {},
        {},
      ],
    });
  });

  test.each<[string[], string[]]>([
    [[], ["scope: missing", "effect: missing"]],
    [["--scope", "large", "--effect"], ["effect: missing"]],
    [["--scope", "--effect", "outage"], ["scope: missing"]],
    [["--scope", "large", "--scope", "single", "--effect", "outage"], ["scope: repeated-option"]],
    [["--scope", "large", "--effect", "outage", "--colour=red"], ["colour: unknown-option"]],
    [["--scope", "large", "--effect", "outage", "now"], [": misplaced-argument"]],
    [["--scope", "large", "--effect", "outage", "--all-users=yes"], ["all-users: misplaced-argument"]],
    [["--scope", "large", "--effect", "outage", "--lang", "fr"], ["lang: invalid-value"]],
    [
      ["--scope", "constructor", "--effect", "__proto__"],
      ["scope: invalid-value", "effect: invalid-value"],
    ],
  ])("refuses %j", async (args, expected) => {
    const { exitCode, stdout } = await run(...args, "--json");
    expect(exitCode).toBe(2);
    expect(errors(stdout)).toEqual(expected);
  });

  it("tells a person what is wrong on standard error", async () => {
    expect(await run("--scope", "large")).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: "effect: Falta este valor. Acrescente-o.\n",
    });
  });

  it("explains itself", async () => {
    const { exitCode, stdout } = await run("--help");
    expect(exitCode).toBe(0);
    expect(stdout).toContain("--scope large|small_number|small_group|single|unknown");
  });
});
