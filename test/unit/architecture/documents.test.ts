// Holds the contributor documents to the project: dependencies and their reasons, decisions, and the files they name.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import manifest from "../../../package.json" with { type: "json" };
import { repositoryRoot } from "./planted-tree.js";

const read = (name: string) => readFileSync(path.join(repositoryRoot, name), "utf8");
const decisions = readdirSync(path.join(repositoryRoot, "docs/decisions")).sort();

/** The cells of the table under a heading, row by row, with the code marks taken off. */
function tableUnder(heading: string, page: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll("`", "")),
  );
}

describe("docs/dependencies.md", () => {
  const page = read("docs/dependencies.md");
  const names = (heading: string) =>
    tableUnder(heading, page)
      .map(([name]) => name)
      .sort();

  test("names every runtime dependency of package.json and no other", () => {
    expect(names("In production")).toEqual(Object.keys(manifest.dependencies).sort());
  });

  test("names every development dependency of package.json and no other", () => {
    expect(names("In development")).toEqual(Object.keys(manifest.devDependencies).sort());
  });

  test("gives a reason for each", () => {
    const rows = [...tableUnder("In production", page), ...tableUnder("In development", page)];
    expect(rows.filter((row) => (row.at(-1) ?? "").length < 15)).toEqual([]);
  });

  test("tells the pins that package.json has", () => {
    const installed: Record<string, string> = { ...manifest.dependencies, ...manifest.devDependencies };
    const pins = tableUnder("Pins that have a reason", page);
    expect(pins.length).toBeGreaterThan(5);
    expect(pins.filter(([name = "", pin]) => installed[name] !== pin)).toEqual([]);
  });

  test("can say that every version is exact", () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  test("gives each runtime dependency the home that the import rules give it", () => {
    const rules = read(".dependency-cruiser.mjs");
    const homes = tableUnder("In production", page).flatMap(([, home = ""]) => home.split(", "));
    expect(homes.filter((home) => !rules.includes(home.replace("src/", "")))).toEqual([]);
    expect(homes.filter((home) => !existsSync(path.join(repositoryRoot, home)))).toEqual([]);
  });
});

describe("docs/decisions", () => {
  test("are numbered without a gap", () => {
    const numbers = decisions.map((name) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1]));
    expect(numbers).toEqual(decisions.map((_, index) => index + 1));
  });

  test.each(decisions)("%s says its status, context, decision, cost and doubt", (name) => {
    const page = read(`docs/decisions/${name}`);
    expect(page).toMatch(
      new RegExp(`^# ${name.slice(0, 4)} .+\n\n\\*\\*Status:\\*\\* (accepted|superseded by \\d{4})\n`),
    );
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(["Context", "Decision", "What it costs", "How we would know it was wrong"]);
  });
});

test.each(["CONTRIBUTING.md", "docs/dependencies.md", ...decisions.map((name) => `docs/decisions/${name}`)])(
  "every file that %s names is here",
  (page) => {
    const marked = [...read(page).matchAll(/`([\w./-]+)`/g)].map(([, text]) => text ?? "");
    const files = marked.filter(
      (text) => /^(src|test|docs|manifests|\.ci)\//.test(text) || /^\.?[\w-]+\.(md|mjs|grit|json|example)$/.test(text),
    );
    expect(files.filter((file) => !existsSync(path.join(repositoryRoot, file)))).toEqual([]);
  },
);

test("every npm script that CONTRIBUTING.md names exists", () => {
  const named = [...read("CONTRIBUTING.md").matchAll(/npm run ([\w:]+)|`(check:\w+)`/g)].map(
    ([, a, b]) => a ?? b ?? "",
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});
