// The app package under Microsoft's own schema (MIT licence), and what that schema does not notice.
import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import draft4 from "ajv-draft-04";
import formats from "ajv-formats";
import { unzipSync } from "fflate";
import { PNG } from "pngjs";
import { describe, expect, test } from "vitest";
import { teamsPackage } from "../../../manifests/teams/teams-package.js";
import { commandNamed } from "../../../src/chat/command-table.js";
import { usedInvokes } from "./used-invokes.js";

const input = {
  appId: "5f7d3c1e-8a42-4b0e-9c6d-2f1a7b8e4d90",
  version: "0.1.0",
  websiteUrl: "https://cubosuite.example",
  privacyUrl: "https://cubosuite.example/privacidade",
  termsUrl: "https://cubosuite.example/termos",
  developer: "Cubo Suite",
};

type Command = { readonly title: string; readonly description?: string };
type Manifest = {
  readonly icons: { readonly color: string; readonly outline: string };
  readonly localizationInfo: { readonly additionalLanguages: readonly { readonly file: string }[] };
  readonly bots: readonly { readonly commandLists: readonly { readonly commands: readonly Command[] }[] }[];
  readonly composeExtensions: readonly { readonly commands: readonly Command[] }[];
  readonly authorization?: unknown;
};

const files = unzipSync(teamsPackage(input));
const textOf = (name: string): string => new TextDecoder().decode(files[name]);
const manifest = JSON.parse(textOf("manifest.json")) as Manifest;

describe("the package", () => {
  test("is valid under Microsoft's schema", async () => {
    const path = new URL("./teams-app-manifest.v1.29.schema.json", import.meta.url);
    const schema = JSON.parse(await readFile(path, "utf8")) as object;
    const ajv = new draft4.default({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    validate(manifest);
    expect(validate.errors).toBeNull();
    validate({ ...manifest, name: { short: "x".repeat(31), full: "x" } });
    expect(validate.errors).not.toBeNull();
  });

  test("has every file that it names, and no other", () => {
    const { icons, localizationInfo } = manifest;
    const named = [icons.color, icons.outline, ...localizationInfo.additionalLanguages.map(({ file }) => file)];
    expect(Object.keys(files).sort()).toEqual(["manifest.json", ...named].sort());
  });

  test("is the same bytes each time", () => {
    expect(Buffer.from(teamsPackage(input)).equals(Buffer.from(teamsPackage(input)))).toBe(true);
  });

  test("asks for no right to read what is not said to the bot", () => {
    expect(manifest.authorization).toBeUndefined();
  });
});

describe("commands", () => {
  const lists = manifest.bots[0]?.commandLists ?? [];

  test("are verbs that the bot understands, each described and listed once", () => {
    expect(lists).toHaveLength(3);
    for (const { commands } of lists) {
      expect(new Set(commands.map(({ title }) => title)).size).toBe(commands.length);
      for (const { title, description } of commands) {
        expect(commandNamed(title)).not.toBeNull();
        expect(description?.trim()).not.toBe("");
      }
    }
  });

  test("stand in English too, at the same places", () => {
    const english = JSON.parse(textOf("en.json")) as Record<string, string>;
    lists.forEach(({ commands }, list) => {
      commands.forEach(({ title }, index) => {
        const other = english[`bots[0].commandLists[${list}].commands[${index}].title`] ?? "";
        expect(commandNamed(other)?.verb).toBe(commandNamed(title)?.verb);
      });
    });
  });

  test("of the message extension are served by the bot", () => {
    expect(manifest.composeExtensions[0]?.commands).toHaveLength(1);
    expect(usedInvokes()).toEqual(
      expect.arrayContaining(["composeExtension/fetchTask", "composeExtension/submitAction"]),
    );
  });
});

describe("icons", () => {
  const pixels = (name: string) => PNG.sync.read(Buffer.from(files[name] ?? []));

  test("the colour icon is 192 by 192, opaque, and its symbol stays in the middle", () => {
    const { width, height, data } = pixels("color.png");
    expect([width, height]).toEqual([192, 192]);
    const paper = data.subarray(0, 4).toString("hex");
    for (let at = 0; at < data.length; at += 4) {
      expect(data[at + 3]).toBe(255);
      const [x, y] = [(at / 4) % width, Math.floor(at / 4 / width)];
      const isMiddle = x >= 48 && x < 144 && y >= 48 && y < 144;
      if (!isMiddle) expect(data.subarray(at, at + 4).toString("hex")).toBe(paper);
    }
  });

  test("the outline icon is 32 by 32, white or nothing", () => {
    const { width, height, data } = pixels("outline.png");
    expect([width, height]).toEqual([32, 32]);
    const paints = new Set(Array.from({ length: data.length / 4 }, (_, at) => data.readUInt32BE(at * 4)));
    expect([...paints].sort()).toEqual([0xffffff00, 0xffffffff]);
  });
});

describe("the script", () => {
  const run = promisify(execFile);
  const script = ["--import", "tsx", "manifests/teams/build-package.ts"];

  test("writes the package, and says what is missing", async () => {
    const out = join(await mkdtemp(join(tmpdir(), "plantao-package-")), "plantao-teams.zip");
    const given = ["--app-id", input.appId, "--website", input.websiteUrl, "--out", out];
    await run(process.execPath, [...script, ...given], { env: { PATH: process.env["PATH"] } });
    expect(Object.keys(unzipSync(new Uint8Array(await readFile(out)))).sort()).toEqual(Object.keys(files).sort());
    const refused = await run(process.execPath, [...script, "--app-id", "no"], { env: {} }).catch((error) => error);
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("--app-id is not an id") });
  });
});
