// Reads the container and CI files, which cannot be run on every machine, and checks that they agree with the project.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import manifest from "../../../package.json" with { type: "json" };
import { repositoryRoot } from "./planted-tree.js";

const read = (name: string) => readFileSync(path.join(repositoryRoot, name), "utf8");
const exists = (name: string) => existsSync(path.join(repositoryRoot, name));

const dockerfile = read("Dockerfile");
const compose = parse(read("compose.yaml"));
const workflow = parse(read(".github/workflows/ci.yml"));
const lockfile = JSON.parse(read("package-lock.json"));
const scripts: Record<string, string> = manifest.scripts;

const lowestNode = Number(/^>=(\d+)\./.exec(manifest.engines.node)?.[1]);
const imageNodes = [...dockerfile.matchAll(/^FROM node:(\d+)-slim/gm)].map(([, major]) => Number(major));
const testedNodes: number[] = workflow.jobs.embedded.strategy.matrix.node;

test("CI runs on the lowest Node that package.json admits, and on the one that the container uses", () => {
  expect(testedNodes).toEqual([...testedNodes].sort());
  expect(testedNodes[0]).toBe(lowestNode);
  expect(testedNodes).toContain(imageNodes[0]);
  expect(read(".nvmrc").trim()).toBe(String(lowestNode));
});

test("both stages of the container use the same Node", () => {
  expect(imageNodes).toHaveLength(2);
  expect(new Set(imageNodes).size).toBe(1);
});

test("every file that the container copies exists and is not left out of its context", () => {
  const copies = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(
    ([, names]) => names?.split(" ") ?? [],
  );
  const context = read(".dockerignore").split("\n");
  expect(copies.length).toBeGreaterThan(4);
  expect(copies.filter((name) => !exists(name))).toEqual([]);
  expect(copies.filter((name) => !context.includes(`!${name.replace("./", "")}`))).toEqual([]);
});

test("the container starts what the package calls its program, as a user without rights", () => {
  expect(dockerfile).toContain(`CMD ["node", "${manifest.bin.plantao}", "serve"]`);
  expect(scripts["start"]).toBe(`node ${manifest.bin.plantao} serve`);
  expect(dockerfile.lastIndexOf("\nUSER node\n")).toBeGreaterThan(dockerfile.lastIndexOf("\nRUN "));
});

test("the container is healthy when its own health page says so", () => {
  const [, program = ""] = /HEALTHCHECK [\s\S]*?CMD (\[.*\])$/m.exec(dockerfile) ?? [];
  const [node, flag, code] = JSON.parse(program) as string[];
  expect([node, flag]).toEqual(["node", "-e"]);
  expect(code).toContain("'http://127.0.0.1:' + process.env.PORT + '/healthz'");
  expect(() => new Function(code ?? "return (")).not.toThrow();
});

test("compose starts the bot once a replica set takes writes, and gives it time to stop", () => {
  const { bot, mongo } = compose.services;
  expect(bot.depends_on.mongo.condition).toBe("service_healthy");
  expect(mongo.command).toContain("--replSet");
  const set = mongo.command[mongo.command.indexOf("--replSet") + 1];
  expect(bot.environment.MONGODB_URI).toBe(`mongodb://mongo:27017/plantao?replicaSet=${set}`);
  expect(mongo.healthcheck.test.at(-1)).toContain(`_id: "${set}"`);
  expect(Number.parseInt(bot.stop_grace_period, 10)).toBeGreaterThan(25);
});

test("compose publishes nothing beyond this machine and holds no secret", () => {
  const { bot, mongo } = compose.services;
  expect(bot.ports.filter((port: string) => !port.startsWith("127.0.0.1:"))).toEqual([]);
  expect(mongo.ports).toBeUndefined();
  expect(Object.keys(bot.environment)).toEqual(["MONGODB_URI", "HOST", "PORT"]);
  expect(bot.env_file).toBe(".env");
});

test("CI tests against the same MongoDB as compose runs", () => {
  const { services, env } = workflow.jobs.mongodb;
  expect(services.mongo.image).toBe(compose.services.mongo.image);
  const [[variable = "", uri] = []] = Object.entries(env);
  expect(uri).toMatch(/^mongodb:\/\/127\.0\.0\.1:27017\//);
  expect(read("test/support/test-store.ts")).toContain(`process.env["${variable}"]`);
});

test("CI runs only scripts that exist", () => {
  const steps: { run?: string }[] = Object.values<{ steps: [] }>(workflow.jobs).flatMap((job) => job.steps);
  const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
  const named = [...commands, read(".ci/run")].flatMap((text) => [...text.matchAll(/npm run (?:-s )?([\w:]+)/g)]);
  expect(commands).toContain(".ci/run");
  expect(named.length).toBeGreaterThan(4);
  expect(named.map(([, name]) => name ?? "").filter((name) => !(name in scripts))).toEqual([]);
  expect(statSync(path.join(repositoryRoot, ".ci/run")).mode & 0o111).toBe(0o111);
});

test("every npm script starts a program or a file that is here", () => {
  const files = Object.values(scripts).flatMap((line) => [...line.matchAll(/(?:^|\s)((?:src|test)\/[\w./-]+)/g)]);
  expect(files.map(([, name]) => name ?? "").filter((name) => !exists(name))).toEqual([]);
  const installed = { ...manifest.dependencies, ...manifest.devDependencies };
  const programs = Object.values(scripts).flatMap((line) => line.split("&&").map((part) => part.trim().split(" ")[0]));
  const packages: Record<string, string> = {
    tsc: "typescript",
    biome: "@biomejs/biome",
    depcruise: "dependency-cruiser",
  };
  const unknown = programs.filter(
    (name = "") => !["npm", "node"].includes(name) && !((packages[name] ?? name) in installed),
  );
  expect(unknown).toEqual([]);
});

test("the lockfile knows every optional package of every platform, or npm ci refuses it", () => {
  const packages: Record<string, { optionalDependencies?: Record<string, string> }> = lockfile.packages;
  const locked = new Set(Object.keys(packages).map((place) => place.slice(place.lastIndexOf("node_modules/") + 13)));
  const optional = Object.values(packages).flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}));
  expect(optional.length).toBeGreaterThan(10);
  expect(optional.filter((name) => !locked.has(name))).toEqual([]);
});

test("the lockfile is of this package.json", () => {
  const root = lockfile.packages[""];
  expect(root.dependencies).toEqual(manifest.dependencies);
  expect(root.devDependencies).toEqual(manifest.devDependencies);
  expect(root.engines).toEqual(manifest.engines);
});
