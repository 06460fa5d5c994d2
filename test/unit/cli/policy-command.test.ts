import { describe, expect, it, test } from "vitest";
import { runPolicy } from "../../../src/cli/policy.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { parsePolicyFile, printPolicyFile } from "../../../src/formats/policy-file.js";
import { runWithFiles } from "./run-command.js";

const shipped = printPolicyFile(policy);
const draft = shipped
  .replace("version: 1", "version: 2")
  .replace("largeUsers: 500", "largeUsers: 300")
  .replace("          how: page\n          fromRepeat: 4", "          how: inform\n          fromRepeat: 5");
const broken = shipped.replace("defaultTier: padrao", "defaultTier: ouro").replace("largeUsers: 500", "largeUsers: 9");
const files = { "in-force.yaml": shipped, "draft.yaml": draft, "broken.yaml": broken, "-": shipped };

const run = (...args: string[]) => runWithFiles(runPolicy, args, files);
const errors = (stdout: string) =>
  (JSON.parse(stdout) as { errors: { path: string; code: string }[] }).errors.map(
    ({ path, code }) => `${path}: ${code}`,
  );

describe("policy show", () => {
  it("prints a file that is the policy, and says that it is not confirmed", async () => {
    const { exitCode, stdout } = await run("show");
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^# Padrão, não confirmado/);
    expect(parsePolicyFile(stdout)).toEqual({ ok: true, value: policy });
  });

  it("prints the policy as JSON", async () => {
    expect(JSON.parse((await run("show", "--json")).stdout)).toEqual(policy);
  });
});

describe("policy validate", () => {
  test.each(["in-force.yaml", "-"])("accepts %s", async (file) => {
    expect(await run("validate", file)).toEqual({
      exitCode: 0,
      stdout: "Política cubo-suite versão 1: válida.\n",
      stderr: "",
    });
    expect(JSON.parse((await run("validate", file, "--json")).stdout)).toEqual({
      valid: true,
      id: "cubo-suite",
      version: 1,
    });
  });

  it("refuses a broken file with everything wrong at once", async () => {
    const { exitCode, stdout } = await run("validate", "broken.yaml", "--json");
    expect(exitCode).toBe(2);
    expect(errors(stdout)).toEqual([
      "defaultTier: unknown-default-tier",
      "classification.largeUsers: thresholds-not-ordered",
    ]);
  });

  it("tells a person on standard error, in the language asked for", async () => {
    const { stderr } = await run("validate", "broken.yaml", "--lang", "en");
    expect(stderr.split("\n")[0]).toBe(
      "defaultTier: The tier ouro is not among tiers. Use one of: basico, padrao, premium, enterprise; or add the tier.",
    );
  });

  it("says which file could not be read", async () => {
    expect((await run("validate", "nowhere.yaml")).stderr).toContain("nowhere.yaml");
    expect(errors((await run("validate", "nowhere.yaml", "--json")).stdout)).toEqual([": unreadable-file"]);
  });
});

describe("policy diff", () => {
  it("tells a person what changes", async () => {
    expect(await run("diff", "in-force.yaml", "draft.yaml")).toEqual({
      exitCode: 0,
      stdout: `version: 1 → 2
levels.2.ladder.repeat: page director, page engineering-manager, page executive (fromRepeat 4) → page director, page engineering-manager, inform executive (fromRepeat 5)
classification.largeUsers: 500 → 300
`,
      stderr: "",
    });
  });

  it("tells a program what changes", async () => {
    const { stdout } = await run("diff", "in-force.yaml", "draft.yaml", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      differences: [
        { path: "version", before: 1, after: 2 },
        { path: "levels.2.ladder.repeat" },
        { path: "classification.largeUsers", before: 500, after: 300 },
      ],
    });
  });

  it("of equal files says so", async () => {
    expect((await run("diff", "in-force.yaml", "-")).stdout).toBe("Nenhuma diferença.\n");
    expect(JSON.parse((await run("diff", "in-force.yaml", "-", "--json")).stdout)).toEqual({ differences: [] });
  });

  it("refuses wrong files and says which is wrong in what", async () => {
    const { exitCode, stdout } = await run("diff", "broken.yaml", "nowhere.yaml", "--json");
    expect(exitCode).toBe(2);
    expect(errors(stdout)).toEqual([
      "broken.yaml#defaultTier: unknown-default-tier",
      "broken.yaml#classification.largeUsers: thresholds-not-ordered",
      "nowhere.yaml: unreadable-file",
    ]);
  });
});

describe("policy", () => {
  test.each<[string[], string[]]>([
    [[], [": missing-command"]],
    [["constructor"], [": unknown-command"]],
    [["validate"], ["validate: missing-file"]],
    [["diff", "a"], ["diff: missing-file"]],
    [["show", "a"], ["show: misplaced-argument"]],
    [["show", "--yaml"], ["yaml: unknown-option"]],
  ])("refuses %j", async (args, expected) => {
    const { exitCode, stdout } = await run(...args, "--json");
    expect(exitCode).toBe(2);
    expect(errors(stdout)).toEqual(expected);
  });

  it("explains itself", async () => {
    expect((await run("--help")).stdout).toContain("plantao policy diff A B");
    expect((await run("--help", "--lang", "en")).stdout).toContain("Shows the policy in force");
  });
});
