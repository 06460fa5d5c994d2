// The Bot Connector's side over plain HTTP: who may ask, what is refused with which code, and how it can go wrong.
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { RunningTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import {
  aCard,
  askForToken,
  carrying,
  connector,
  ids,
  newThread,
  type PlainAnswer,
  startTenant,
} from "./tenant-fixture.js";

let sandbox: RunningTeamsSandbox;
let ask: (method: string, path: string, sent?: unknown) => Promise<PlainAnswer>;

beforeEach(async () => {
  sandbox = await startTenant();
  ask = await connector(sandbox);
});

afterEach(() => sandbox.stop());

const incidents = `conversations/${encodeURIComponent(ids.incidents)}`;
const hello = { type: "message", text: "alô" };
const refusal = (status: number, code: string) => ({ status, body: { error: { code, message: expect.any(String) } } });
const said = (): readonly string[] => sandbox.channel("Incidentes")?.messages.map(({ visible }) => visible) ?? [];
const toPerson = (id: string) => ({ isGroup: false, tenantId: ids.tenant, members: [{ id }], activity: hello });

describe("tokens", () => {
  test.each([
    ["another secret", { client_secret: "guess" }, 401, "invalid_client"],
    ["another app", { client_id: ids.tenant }, 400, "unauthorized_client"],
    ["another grant", { grant_type: "password" }, 400, "unsupported_grant_type"],
    ["another scope", { scope: "https://graph.microsoft.com/.default" }, 400, "invalid_scope"],
  ])("%s gets none", async (_what, changes, status, error) => {
    expect(await askForToken(sandbox, changes)).toMatchObject({ status, body: { error } });
  });

  test("the right ones get one that expires", async () => {
    const { status, body } = await askForToken(sandbox);
    expect([status, body]).toEqual([
      200,
      { token_type: "Bearer", expires_in: 3600, ext_expires_in: 3600, access_token: expect.any(String) },
    ]);
  });

  test("without a token, with a made-up one or with a revoked one nothing is read or written", async () => {
    const url = `${sandbox.serviceUrl}v3/teams/${ids.general}`;
    expect((await fetch(url)).status).toBe(401);
    expect((await fetch(url, { headers: { authorization: "Bearer made-up" } })).status).toBe(401);
    expect((await ask("GET", `teams/${ids.general}`)).status).toBe(200);
    sandbox.revokeTokens();
    expect((await ask("POST", `${incidents}/activities`, hello)).status).toBe(401);
    expect(said()).toEqual([]);
  });
});

describe("conversations", () => {
  test("a thread, its answer, its change and its end", async () => {
    const { status, body } = await ask("POST", "conversations", newThread(hello));
    const { id, activityId } = body as { id: string; activityId: string };
    expect([status, id]).toEqual([201, `${ids.incidents};messageid=${activityId}`]);
    const thread = `conversations/${encodeURIComponent(id)}/activities`;
    expect((await ask("POST", `${thread}/any-id-here`, { type: "message", text: "resposta" })).status).toBe(201);
    expect(
      (await ask("POST", `${incidents}/activities/${activityId}`, { type: "message", text: "outra" })).status,
    ).toBe(201);
    expect((await ask("POST", thread, { type: "typing" })).status).toBe(201);
    expect((await ask("PUT", `${thread}/${activityId}`, { type: "message", text: "**mudou**" })).status).toBe(200);
    expect(sandbox.threads("Incidentes")).toMatchObject([
      { title: "mudou", messages: [{ edited: true }, { visible: "resposta" }, { visible: "outra" }] },
    ]);
    expect((await ask("DELETE", `${thread}/${activityId}`)).status).toBe(200);
    expect(said()).toEqual(["resposta", "outra"]);
    expect(await ask("PUT", `${thread}/${activityId}`, hello)).toMatchObject(
      refusal(404, "ActivityNotFoundInConversation"),
    );
  });

  test.each([
    ["unknown channel", newThread(hello, "19:nowhere@thread.tacv2"), 404, "ConversationNotFound"],
    ["no first message", newThread(undefined), 400, "BadSyntax"],
    ["another tenant", { ...newThread(hello), tenantId: ids.ana }, 400, "BadSyntax"],
    ["several people", { tenantId: ids.tenant, members: [{ id: ids.ana }, { id: "x" }] }, 400, "BadSyntax"],
    ["a person who does not exist", toPerson("29:nobody"), 400, "BadArgument"],
  ])("%s is refused", async (_what, parameters, status, code) => {
    expect(await ask("POST", "conversations", parameters)).toMatchObject(refusal(status, code));
  });

  test("people who blocked the bot or do not have it cannot be written to, and can again later", async () => {
    const [ana, carla] = [sandbox.person("ana"), sandbox.person("carla")];
    ana.blocks();
    expect(await ask("POST", "conversations", toPerson(ana.id))).toMatchObject(refusal(403, "MessageWritesBlocked"));
    expect(await ask("POST", "conversations", toPerson(carla.id))).toMatchObject(
      refusal(403, "BotNotInConversationRoster"),
    );
    ana.blocks(false);
    const chat = await ask("POST", "conversations", toPerson(ana.aadObjectId));
    expect(ana.directMessages()).toHaveLength(1);
    ana.blocks();
    const path = `conversations/${encodeURIComponent((chat.body as { id: string }).id)}/activities`;
    expect(await ask("POST", path, hello)).toMatchObject(refusal(403, "MessageWritesBlocked"));
  });

  test("the bot cannot change what a person wrote", async () => {
    const { id } = await sandbox.person("bruno").types("meu texto", { in: "Incidentes" });
    expect(await ask("PUT", `${incidents}/activities/${id}`, hello)).toMatchObject(
      refusal(403, "NotEnoughPermissions"),
    );
  });

  test("a person outside the team is no member of it", async () => {
    const path = `conversations/${encodeURIComponent(ids.general)}/members`;
    expect((await ask("GET", path)).body).toMatchObject([
      { name: "Ana Souza", aadObjectId: ids.ana },
      { name: "Bruno Lima" },
    ]);
    const { id } = sandbox.person("carla");
    expect(await ask("GET", `${path}/${encodeURIComponent(id)}`)).toMatchObject(
      refusal(404, "MemberNotFoundInConversation"),
    );
  });

  test("more members than fit on a page come with a token for the next one", async () => {
    for (let number = 0; number < 60; number += 1)
      await sandbox.addPerson({ name: `Pessoa ${number}`, handle: `p${number}` });
    const path = `conversations/${encodeURIComponent(ids.general)}/pagedmembers?pageSize=50`;
    const first = (await ask("GET", path)).body as { members: unknown[]; continuationToken: string };
    const second = (await ask("GET", `${path}&continuationToken=${first.continuationToken}`)).body;
    expect(first.members).toHaveLength(50);
    expect(second).toEqual({ members: expect.objectContaining({ length: 12 }) });
  });

  test("a path that the stand-in does not know is remembered", async () => {
    expect((await fetch(`${sandbox.serviceUrl}v3/meetings/1`)).status).toBe(404);
    expect(sandbox.transcript.unknownMethods).toEqual(["GET /v3/meetings/1"]);
  });
});

describe("contents", () => {
  const at = (body: readonly unknown[], parts = {}) => ({ ...aCard("x", { body }), ...parts });
  const submit = { type: "Action.Submit", title: "Ok" };
  const cases: readonly (readonly [string, unknown])[] = [
    ["nothing at all", { type: "message" }],
    ["another type of activity", { type: "event", text: "x" }],
    [
      "another type of attachment",
      { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.hero" }] },
    ],
    [
      "a mention that is not in the text",
      { ...hello, entities: [{ type: "mention", text: "<at>Ana</at>", mentioned: { id: ids.ana } }] },
    ],
    [
      "a mention of nobody",
      {
        type: "message",
        text: "<at>X</at>",
        entities: [{ type: "mention", text: "<at>X</at>", mentioned: { id: "29:x" } }],
      },
    ],
    ["a card of version 1.6", carrying(at([], { version: "1.6" }))],
    ["a card without its type", carrying(at([], { type: undefined }))],
    ["an unknown element", carrying(at([{ type: "Media" }]))],
    ["an empty text", carrying(at([{ type: "TextBlock", text: "" }]))],
    ["a fact without a value", carrying(at([{ type: "FactSet", facts: [{ title: "x" }] }]))],
    ["an input without a label", carrying(at([{ type: "Input.Text", id: "x" }]))],
    ["two inputs of one id", carrying(at([1, 2].map(() => ({ type: "Input.Text", id: "x", label: "X" }))))],
    ["six actions", carrying(at([{ type: "ActionSet", actions: Array(6).fill(submit) }]))],
    ["an unknown action", carrying(at([{ type: "ActionSet", actions: [{ type: "Action.Http", title: "x" }] }]))],
    ["an action with a style", carrying(at([{ type: "ActionSet", actions: [{ ...submit, style: "positive" }] }]))],
    [
      "a mention that is not in the card",
      carrying(
        at([], { msteams: { entities: [{ type: "mention", text: "<at>A</at>", mentioned: { id: ids.ana } }] } }),
      ),
    ],
  ];
  test.each(cases)("%s is refused", async (_what, activity) => {
    const answer = await ask("POST", `${incidents}/activities`, activity);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatchObject({ error: { code: expect.stringMatching(/^Bad(Argument|Syntax)$/) } });
    expect(said()).toEqual([]);
  });

  test("a message of 100 KB, counted as UTF-16, is too large, and one below is not", async () => {
    const sized = (length: number) => ({ type: "message", text: "x".repeat(length) });
    const frame = JSON.stringify(sized(0)).length;
    expect((await ask("POST", `${incidents}/activities`, sized(51_200 - frame))).status).toBe(201);
    const larger = await ask("POST", `${incidents}/activities`, sized(51_201 - frame));
    expect(larger).toMatchObject(refusal(413, "MessageSizeTooBig"));
  });

  test("people read dates in their zone, mentions by name, and formatting not at all", async () => {
    const text =
      "**Prazo** {{TIME(2026-11-23T13:10:00Z)}} \\*de\\* [aqui](https://x.example) <at>Ana Souza</at> <at>Eva</at>";
    const entities = [{ type: "mention", text: "<at>Ana Souza</at>", mentioned: { id: ids.ana, name: "Ana Souza" } }];
    await ask("POST", `${incidents}/activities`, carrying({ ...aCard(text), msteams: { entities } }));
    expect(said()).toEqual(["Prazo 10:10 *de* aqui @Ana Souza <at>Eva</at>"]);
    expect(sandbox.channel("Incidentes")?.messages[0]?.mentions).toEqual(["Ana Souza"]);
  });
});

describe("going wrong", () => {
  const post = () => ask("POST", `${incidents}/activities`, hello);

  test("a rate limit says when to come back only when it was told to", async () => {
    sandbox.misbehave.rateLimitNext(1, 7);
    sandbox.misbehave.rateLimitNext(1);
    expect(await post()).toMatchObject({ ...refusal(429, "Throttled"), retryAfter: "7" });
    expect(await post()).toMatchObject({ status: 429, retryAfter: null });
    expect((await post()).status).toBe(201);
    expect(said()).toHaveLength(1);
  });

  test("a failure hits only the operation for which it was ordered, as often as ordered", async () => {
    sandbox.misbehave.failNext(2, 502, { on: "update" });
    const { id } = (await post()).body as { id: string };
    const change = () => ask("PUT", `${incidents}/activities/${id}`, { type: "message", text: "b" });
    expect([(await change()).status, (await change()).status, (await change()).status]).toEqual([502, 502, 200]);
  });

  test("a cut line leaves no message before and one after the call took effect", async () => {
    sandbox.misbehave.dropBefore();
    await expect(post()).rejects.toThrow();
    expect(said()).toEqual([]);
    sandbox.misbehave.dropAfter();
    await expect(post()).rejects.toThrow();
    expect(said()).toEqual(["alô"]);
  });

  test("token, metadata and keys fail only when they are named", async () => {
    sandbox.misbehave.failNext(1, 500);
    expect((await askForToken(sandbox)).status).toBe(200);
    sandbox.misbehave.failNext(1, 503, { on: "keys" });
    expect((await fetch(`${sandbox.serviceUrl}keys`)).status).toBe(503);
    expect((await post()).status).toBe(500);
  });

  test("slow answers come after their delay, until they are no longer ordered", async () => {
    sandbox.misbehave.slow(150);
    const from = performance.now();
    await post();
    expect(performance.now() - from).toBeGreaterThanOrEqual(140);
    sandbox.misbehave.clear();
    expect(sandbox.transcript.entries.filter(({ method }) => method === "send")).toHaveLength(1);
  });

  test("the eighth message to one channel within a second is too much, threads included, and another chat is free", async () => {
    await sandbox.stop();
    sandbox = await startTenant({ rateLimits: "enforced" });
    ask = await connector(sandbox);
    const { body } = await post();
    const thread = `conversations/${encodeURIComponent(`${ids.incidents};messageid=${(body as { id: string }).id}`)}`;
    const answers: number[] = [];
    for (let sent = 1; sent < 8; sent += 1) answers.push((await ask("POST", `${thread}/activities`, hello)).status);
    expect(answers).toEqual([201, 201, 201, 201, 201, 201, 429]);
    expect((await ask("POST", "conversations", newThread(hello))).status).toBe(429);
    expect((await ask("POST", "conversations", toPerson(ids.ana))).status).toBe(201);
    const { id } = sandbox.channel("Incidentes")?.messages[0] ?? {};
    expect((await ask("PUT", `${incidents}/activities/${id}`, hello)).status).toBe(200);
  });
});
