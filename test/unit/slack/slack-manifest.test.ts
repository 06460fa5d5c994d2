import { readdirSync, readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { commandTable } from "../../../src/chat/command-table.js";
import { slackEventScopes, slackMethodFacts } from "../../../src/limits/slack-methods.js";
import {
  botScopes,
  EVENTS_USED,
  METHODS_USED,
  slackManifest,
  USUAL_COMMANDS,
} from "../../../src/slack/slack-manifest.js";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const schema = JSON.parse(read("test/support/schemas/slack-app-manifest.v2.schema.json")) as object;
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const validate = ajv.compile(schema);
const http = { commands: USUAL_COMMANDS, language: "pt-BR", publicUrl: "https://plantao.example.com/" } as const;
const source = readdirSync(new URL("src/slack/", root))
  .filter((name) => name.endsWith(".ts") && name !== "slack-manifest.ts")
  .map((name) => read(`src/slack/${name}`))
  .join("\n");

describe("the manifest", () => {
  test.each([
    ["in both languages", slackManifest(http)],
    ["in English with a command of its own", slackManifest({ ...http, language: "en", commands: ["/plantao"] })],
  ])("is what Slack accepts %s", (_, manifest) => {
    validate(manifest);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("that breaks a rule is noticed", () => {
    expect(validate(slackManifest({ ...http, commands: ["incident"] }))).toBe(false);
  });

  test("in the repository is the one of this code", () => {
    const stored: unknown = JSON.parse(read("manifests/slack-manifest.json"));
    expect(stored).toEqual(JSON.parse(JSON.stringify(slackManifest(http))));
  });

  test("offers every verb of the table in both commands, with mentions as ids", () => {
    for (const command of slackManifest(http).features.slash_commands) {
      const pt = command.command === "/incidente";
      for (const { verb, pt: word } of commandTable) {
        expect(command.usage_hint).toContain(pt && verb !== "sla" ? word : verb);
      }
      expect(command.should_escape).toBe(true);
      expect(command).toMatchObject({ url: "https://plantao.example.com/slack/events" });
    }
  });
});

describe("the scopes", () => {
  test("cover every method that this room calls", () => {
    const called = [...source.matchAll(/(?:client|interactive|background)\.((?:\w+\.){1,2}\w+)\(/g)].map(
      (match) => match[1],
    );
    const names = new Set(
      called.filter((name) => name !== undefined && /^(auth|chat|conversations|pins|users|views)\./.test(name)),
    );
    expect([...names].sort()).toEqual([...METHODS_USED].sort());
    for (const method of METHODS_USED) {
      const scopes = slackMethodFacts(method)?.scopes ?? [];
      expect(scopes.length === 0 || scopes.some((scope) => botScopes().includes(scope))).toBe(true);
    }
  });

  test("cover every event that this room listens to", () => {
    const heard = [...source.matchAll(/\.event\("([a-z_]+)"/g)].map((match) => match[1]);
    expect(new Set(heard)).toEqual(new Set(EVENTS_USED));
    for (const event of EVENTS_USED) expect(botScopes()).toContain(slackEventScopes[event]);
  });
});
