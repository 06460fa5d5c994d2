// What the application says on Teams, and what becomes of it when Teams misbehaves.
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import type { IncidentSnapshot } from "../../../src/domain/incident/snapshot.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import type { ChatRooms, Post } from "../../../src/ports/chat-rooms.js";
import type { RoomRef } from "../../../src/ports/places.js";
import { aDeclaration, declared } from "../../support/incident-builders.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { GENERAL, INCIDENTS, startTenant, type TestTenant } from "./tenant-fixture.js";

let at: TestTenant;
let rooms: ChatRooms;
const begin = async (options: Parameters<typeof startTenant>[0] = {}): Promise<void> => {
  at = await startTenant(options);
  rooms = at.door.rooms;
  await at.teams.installs();
  await at.settle();
};
beforeEach(() => begin());
afterEach(() => at.stop());

const snapshot = ((): IncidentSnapshot => {
  const { incident } = declared(aDeclaration({ title: "Checkout fora do ar" }));
  const now = incident.detectedAt;
  return { incident, sheet: sheetOf(incident, cuboSuitePolicyV1, now), policy: cuboSuitePolicyV1, at: now };
})();
const id = snapshot.incident.id;

const open = async (): Promise<RoomRef> => {
  const opened = await rooms.openRoom(snapshot, false);
  if (opened === null) throw new Error("no room");
  await at.world.places.remember(id, { room: opened.room });
  return opened.room;
};
const posting = (to: Post["to"], more: Partial<Post> = {}): Post => ({
  to,
  notice: { kind: "taken", by: "ana" as PersonId, at: snapshot.at },
  snapshot,
  key: "i1:1:0",
  mayExist: false,
  ...more,
});
const enter = async (name: string): Promise<PersonId> => {
  const userId = at.teams.person(name).aadObjectId;
  const who = { platform: "teams", userId, name, email: null, admin: false } as const;
  return (await at.world.directory.whoActs(who)).id;
};
const page = async (name: string, more: Partial<Post> = {}) =>
  rooms.post(posting({ kind: "person", person: await enter(name) }, more));
const calls = (method: string) =>
  at.teams.transcript.entries.filter((entry) => entry.kind === "call" && entry.method === method).length;
const reported = (kind: string) => at.reported.filter((one) => one.kind === kind).map(({ fact }) => fact);

describe("the incident's thread", () => {
  test("opens in the configured channel, and its first message is the card", async () => {
    const room = await open();
    expect(room.roomId).toMatch(new RegExp(`^${INCIDENTS};messageid=\\d+$`));
    const card = await rooms.post(posting({ kind: "room", room }, { notice: { kind: "incident-card" } }));
    expect(card).toEqual({ ...room, messageId: room.roomId.split("=")[1] });
    expect(at.teams.threads("incidentes")[0]?.messages).toHaveLength(1);
  });

  test("opens where it was declared when no channel is configured, and nowhere in a conversation of one person", async () => {
    await at.stop();
    await begin({ settings: { channelId: null } });
    expect(await rooms.openRoom(snapshot, false)).toBeNull();
    await at.world.places.remember(id, { origin: { platform: "teams", roomId: GENERAL } });
    expect((await rooms.openRoom(snapshot, false))?.room.roomId).toContain(`${GENERAL};messageid=`);
  });

  test("stands for its announcement in the same channel, and another channel gets one", async () => {
    const room = await open();
    const announce = (roomId: string) =>
      rooms.post(posting({ kind: "room", room: { platform: "teams", roomId } }, { notice: { kind: "announcement" } }));
    const own = await announce(INCIDENTS);
    expect(own.roomId).toBe(room.roomId);
    const other = await announce(GENERAL);
    expect(other.roomId).toContain(GENERAL);
    await rooms.edit(own, { kind: "announcement" }, snapshot);
    expect(at.teams.threads("incidentes")[0]?.messages[0]?.visible).toContain("Regra:");
  });

  test("gets a new card when its first message is gone", async () => {
    const room = await open();
    const root = room.roomId.split("=")[1] ?? "";
    at.teams.misbehave.failNext(2, 404, { on: "update" });
    expect(await rooms.edit({ ...room, messageId: root }, { kind: "incident-card" }, snapshot)).toBe(false);
    const card = await rooms.post(posting({ kind: "room", room }, { notice: { kind: "incident-card" } }));
    expect(card.messageId).not.toBe(root);
    expect(at.teams.threads("incidentes")[0]?.messages).toHaveLength(2);
  });

  test("calls people once, and those whom Teams does not know not at all", async () => {
    const room = await open();
    const [ana, bruno] = [await enter("ana"), await enter("bruno")];
    await rooms.invite(room, [ana, "nobody" as PersonId]);
    await rooms.invite(room, [ana, bruno]);
    await rooms.invite(room, [bruno]);
    const mentions = at.teams.threads("incidentes")[0]?.messages.map((message) => message.mentions);
    expect(mentions).toEqual([[], ["Ana Souza"], ["bruno"]]);
  });
});

describe("a page", () => {
  test("opens the conversation with somebody who never used the bot, once", async () => {
    await Promise.all([page("carla", { key: "a" }), page("carla", { key: "b" })]);
    await page("carla", { key: "c" });
    expect(calls("create")).toBe(1);
    expect(at.teams.person("carla").directMessages()).toHaveLength(3);
    const activity = at.teams.person("carla").directMessages()[0]?.activity;
    expect(activity?.["channelData"]).toMatchObject({ notification: { alert: true } });
  });

  test("finds people by the address in the company's file", async () => {
    await at.stop();
    const directory = createMemoryDirectory([
      { id: "p-diego", name: "Diego Reis", email: "Diego.Reis@cubo.example", chat: {} },
    ]);
    await begin({ world: { directory } });
    await rooms.post(posting({ kind: "person", person: "p-diego" as PersonId }));
    expect(at.teams.person("diego").directMessages()).toHaveLength(1);
  });

  test("to somebody whom Teams does not know is given up only when Teams has said so", async () => {
    const nobody = { kind: "person", person: "nobody" as PersonId } as const;
    await expect(rooms.post(posting(nobody))).rejects.toMatchObject({ code: "person_unreachable", retryable: false });
    await at.stop();
    const directory = createMemoryDirectory([{ id: "p-zoe", name: "Zoe", email: "zoe@cubo.example", chat: {} }]);
    await begin({ world: { directory } });
    at.teams.misbehave.failNext(1, 503, { on: "members" });
    const zoe = posting({ kind: "person", person: "p-zoe" as PersonId });
    await expect(rooms.post(zoe)).rejects.toMatchObject({ code: "person_unreachable", retryable: true });
    await expect(rooms.post(zoe)).rejects.toMatchObject({ code: "person_unreachable", retryable: false });
  });

  test("to somebody who blocked the bot is given up, and not tried again until something is heard", async () => {
    await page("carla");
    at.teams.person("carla").blocks();
    await expect(page("carla")).rejects.toMatchObject({ code: "person_unreachable", retryable: false });
    const sent = calls("send");
    await expect(page("carla")).rejects.toMatchObject({ code: "person_unreachable", retryable: false });
    expect(calls("send")).toBe(sent);
    at.teams.person("carla").blocks(false);
    await at.teams.person("carla").types("ajuda", { in: "@bot" });
    await at.settle();
    await page("carla");
  });

  test("that is no longer wanted begins no request", async () => {
    await page("carla");
    const sent = calls("send");
    await expect(page("carla", { stillWanted: async () => false })).rejects.toMatchObject({ code: "not_wanted" });
    expect(calls("send")).toBe(sent);
  });
});

describe("when Teams misbehaves", () => {
  test("a call is made once, and what may have arrived may be repeated", async () => {
    const room = await open();
    for (const status of [500, 502, 503, 504, 412]) {
      at.teams.misbehave.failNext(1, status, { on: "send" });
      const before = calls("send");
      const failed = rooms.post(posting({ kind: "room", room }));
      await expect(failed).rejects.toMatchObject({ code: "teams_unreachable", retryable: true });
      expect([status, calls("send") - before]).toEqual([status, 1]);
    }
  });

  test("throttling tells when to come back, when Teams says so", async () => {
    const room = await open();
    at.teams.misbehave.rateLimitNext(1, 7, { on: "send" });
    const post = () => rooms.post(posting({ kind: "room", room }));
    await expect(post()).rejects.toMatchObject({ code: "teams_rate_limited", retryable: true, retryAfterMs: 7000 });
    at.teams.misbehave.rateLimitNext(1, undefined, { on: "send" });
    await expect(post()).rejects.toMatchObject({ code: "teams_rate_limited", retryAfterMs: null });
  });

  test("after a lost answer it is said again, and the risk is recorded", async () => {
    const room = await open();
    at.teams.misbehave.dropAfter(1, { on: "send" });
    const post = (mayExist: boolean) => rooms.post(posting({ kind: "room", room }, { mayExist }));
    await expect(post(false)).rejects.toMatchObject({ code: "teams_unreachable", retryable: true });
    await post(true);
    expect(reported("mayBeTwice")).toEqual([{ what: "taken" }]);
  });

  test("a thread whose answer was lost is opened again, and the risk is recorded", async () => {
    at.teams.misbehave.dropAfter(1, { on: "create" });
    const lost = rooms.openRoom(snapshot, false);
    await expect(lost).rejects.toMatchObject({ code: "teams_unreachable", retryable: true });
    expect((await rooms.openRoom(snapshot, true))?.room.roomId).toContain(INCIDENTS);
    expect(reported("mayBeTwice")).toEqual([{ what: "open-room" }]);
    expect(at.teams.threads("incidentes")).toHaveLength(2);
  });

  test("a refusal for good is not repeated, and its text reaches nobody", async () => {
    const room = await open();
    at.teams.misbehave.failNext(1, 403, { on: "send", code: "BotNotInConversationRoster" });
    const failure = await rooms.post(posting({ kind: "room", room })).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "teams_blocked", retryable: false });
    expect(String((failure as Error).cause)).toBe("Error: Teams answered 403 BotNotInConversationRoster.");
  });

  test("a token that was taken back is replaced", async () => {
    const room = await open();
    at.teams.revokeTokens();
    const post = () => rooms.post(posting({ kind: "room", room }));
    await expect(post()).rejects.toMatchObject({ code: "teams_auth", retryable: true });
    await post();
  });

  test("fifty messages at once ask for one token", async () => {
    await at.stop();
    await begin();
    const tokens = calls("token");
    const people = [await enter("ana"), await enter("bruno")];
    await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        rooms.post(posting({ kind: "person", person: people[n % 2] as PersonId }, { key: `k${n}` })),
      ),
    );
    expect(calls("token") - tokens).toBe(0);
    expect(calls("token")).toBe(1);
  });

  test("the door says that it has no token", async () => {
    await at.stop();
    at = await startTenant({ settings: { appPassword: { reveal: () => "a-wrong-secret" } } });
    await vi.waitFor(() => expect(at.door.check()).toBe("teams_auth"));
    expect(reported("connection")).toEqual([{ state: "lost", code: "teams_auth" }]);
  });
});
