import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { PersonId } from "../../../src/domain/incident/ids.js";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import type { IncidentSnapshot } from "../../../src/domain/incident/snapshot.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import type { ChatRooms, Post } from "../../../src/ports/chat-rooms.js";
import type { RoomRef } from "../../../src/ports/places.js";
import { aDeclaration, declared } from "../../support/incident-builders.js";
import { startWorkspace, type TestWorkspace } from "./workspace-fixture.js";

let at: TestWorkspace;
let rooms: ChatRooms;
beforeEach(async () => {
  at = await startWorkspace({ announcements: "incidentes" });
  rooms = at.door.rooms;
});
afterEach(() => at.stop());

const snapshotWith = (title = "Checkout fora do ar"): IncidentSnapshot => {
  const { incident } = declared(aDeclaration({ title }));
  const now = incident.detectedAt;
  return { incident, sheet: sheetOf(incident, cuboSuitePolicyV1, now), policy: cuboSuitePolicyV1, at: now };
};
const snapshot = snapshotWith();
const open = async (): Promise<RoomRef> => {
  const opened = await rooms.openRoom(snapshot, false);
  if (opened === null) throw new Error("no room");
  return opened.room;
};
const postIn = (room: RoomRef, more: Partial<Post> = {}): Post => ({
  to: { kind: "room", room },
  notice: { kind: "incident-card" },
  snapshot,
  key: "i1:1:0",
  mayExist: false,
  ...more,
});
const enter = async (handle: string): Promise<PersonId> => {
  const { id } = at.slack.person(handle);
  return (await at.world.directory.whoActs({ platform: "slack", userId: id, name: handle, email: null, admin: false }))
    .id;
};
const called = (method: string) => at.slack.transcript.entries.filter((entry) => entry.method === method).length;

describe("opening a room", () => {
  test("takes the next name when one is taken", async () => {
    await open();
    expect(await rooms.openRoom(snapshot, false)).toMatchObject({ name: "inc-1-checkout-fora-do-ar-2" });
  });

  test("finds the room whose answer was lost", async () => {
    at.slack.misbehave.dropConnection("conversations.create", "after");
    await expect(rooms.openRoom(snapshot, false)).rejects.toMatchObject({ code: "slack_unreachable", retryable: true });
    const found = await rooms.openRoom(snapshot, true);
    expect(found?.name).toBe("inc-1-checkout-fora-do-ar");
    expect(at.slack.channels().filter(({ name }) => name.startsWith("inc-1"))).toHaveLength(1);
  });

  test("is refused for good where apps may not create channels", async () => {
    for (const code of ["restricted_action", "missing_scope", "invalid_name_specials"]) {
      at.slack.misbehave.failNext("conversations.create", code);
      expect(await rooms.openRoom(snapshot, false)).toBeNull();
    }
  });

  test("with any title gets a name that Slack accepts", async () => {
    for (const title of ["支払い", "!!!", "É só #teste @ana", "x".repeat(120), "🔥"]) {
      expect(await rooms.openRoom(snapshotWith(title), false)).not.toBeNull();
    }
  });
});

describe("describing a room", () => {
  test("sets topic and purpose once for the same words, since Slack announces each change", async () => {
    const room = await open();
    await rooms.describeRoom(room, snapshot);
    await rooms.describeRoom(room, snapshot);
    expect(at.slack.channel(room.roomId)).toMatchObject({
      topic: expect.stringContaining("Checkout"),
      purpose: expect.stringContaining("INC-1"),
    });
    expect([called("conversations.setTopic"), called("conversations.setPurpose")]).toEqual([1, 1]);
  });
});

describe("inviting", () => {
  test("brings people in, leaves out whom Slack does not know, and repeats without harm", async () => {
    const room = await open();
    const people = [await enter("bruno"), await enter("carla"), "nobody" as PersonId];
    await rooms.invite(room, people);
    await rooms.invite(room, people);
    expect(at.slack.channel(room.roomId)?.members).toEqual(expect.arrayContaining(["bruno", "carla"]));
  });

  test("one who cannot be invited keeps nobody out", async () => {
    const room = await open();
    const bruno = await enter("bruno");
    const gone = await at.world.directory.whoActs({
      platform: "slack",
      userId: "U0GONE",
      name: "x",
      email: null,
      admin: false,
    });
    await rooms.invite(room, [gone.id, bruno]);
    expect(at.slack.channel(room.roomId)?.members).toContain("bruno");
  });
});

describe("posting", () => {
  test("a message whose answer was lost is found by its key, not sent again", async () => {
    const room = await open();
    at.slack.misbehave.dropConnection("chat.postMessage", "after");
    await expect(rooms.post(postIn(room))).rejects.toMatchObject({ code: "slack_unreachable", retryable: true });
    await rooms.post(postIn(room, { mayExist: true }));
    await rooms.post(postIn(room, { mayExist: true, key: "i1:1:1" }));
    const posted = at.slack.channel(room.roomId)?.messages.filter(({ fromBot, subtype }) => fromBot && !subtype);
    expect(posted?.map((message) => message.metadata)).toEqual([
      { event_type: "plantao_effect", event_payload: { key: "i1:1:0" } },
      { event_type: "plantao_effect", event_payload: { key: "i1:1:1" } },
    ]);
  });

  test("to a person is a direct message, found again by its key", async () => {
    const person = await enter("bruno");
    const first = await rooms.post(postIn({ platform: "slack", roomId: "" }, { to: { kind: "person", person } }));
    const again = await rooms.post(
      postIn({ platform: "slack", roomId: "" }, { to: { kind: "person", person }, mayExist: true }),
    );
    expect(again).toEqual(first);
    expect(at.slack.person("bruno").directMessages()).toHaveLength(1);
  });

  test("in a thread stays in the thread, and is found there", async () => {
    const room = await open();
    const root = await rooms.post(postIn(room, { key: "root" }));
    const thread = { ...room, thread: root.messageId };
    const first = await rooms.post(postIn(thread));
    expect(await rooms.post(postIn(thread, { mayExist: true }))).toEqual(first);
    const messages = at.slack.channel(room.roomId)?.messages ?? [];
    expect(messages.find(({ ts }) => ts === first.messageId)?.threadTs).toBe(root.messageId);
  });

  test("to the announcement channel works without being a member, also when it may exist", async () => {
    const announcements = rooms.announcementRoom();
    if (announcements === null) throw new Error("no announcements");
    await rooms.post(postIn(announcements, { notice: { kind: "announcement" }, mayExist: true }));
    expect(at.slack.channel("incidentes")?.messages.at(-1)?.visible).toContain("INC-1");
  });

  test("to somebody without Slack is said to be impossible", async () => {
    const post = postIn({ platform: "slack", roomId: "" }, { to: { kind: "person", person: "nobody" as PersonId } });
    await expect(rooms.post(post)).rejects.toMatchObject({ code: "person_unreachable", retryable: false });
  });

  test("speaks each person's language and links the incident's room", async () => {
    const person = await enter("bruno");
    const room = await open();
    await at.world.places.remember(snapshot.incident.id, { room });
    await rooms.post(postIn(room, { to: { kind: "person", person } }));
    expect(at.slack.person("bruno").directMessages()[0]?.visible).toContain("#inc-1-checkout-fora-do-ar");
  });
});

describe("editing and pinning", () => {
  test("replaces the message; a deleted one is gone", async () => {
    const room = await open();
    const card = await rooms.post(postIn(room));
    expect(await rooms.edit(card, { kind: "incident-card" }, snapshotWith("Outro título"))).toBe(true);
    expect(at.slack.channel(room.roomId)?.messages.at(-1)?.visible).toContain("Outro título");
    expect(await rooms.edit({ ...card, messageId: "1.000001" }, { kind: "incident-card" }, snapshot)).toBe(false);
  });

  test("pins once", async () => {
    const room = await open();
    const card = await rooms.post(postIn(room));
    await rooms.pin(card);
    await rooms.pin(card);
    expect(at.slack.channel(room.roomId)?.pins).toHaveLength(1);
  });
});

describe("what goes wrong has a code of ours", () => {
  test.each([
    ["ratelimited", { code: "slack_rate_limited", retryable: true }],
    ["invalid_auth", { code: "slack_auth", retryable: true }],
    ["is_archived", { code: "slack_room_gone", retryable: false }],
    ["internal_error", { code: "slack_unreachable", retryable: true }],
    ["invalid_blocks", { code: "slack_refused", retryable: false }],
    [503, { code: "slack_unreachable", retryable: true }],
  ])("%s", async (error, fault) => {
    const room = await open();
    at.slack.misbehave.failNext("chat.postMessage", error);
    await expect(rooms.post(postIn(room))).rejects.toMatchObject(fault);
  });

  test("a limit says how long to wait, and the next call does not even try before", async () => {
    const room = await open();
    at.slack.misbehave.rateLimitNext("conversations.setTopic", 17);
    await expect(rooms.describeRoom(room, snapshot)).rejects.toMatchObject({
      code: "slack_rate_limited",
      retryAfterMs: 17_000,
    });
    await expect(rooms.describeRoom(room, snapshot)).rejects.toMatchObject({ code: "slack_rate_limited" });
    expect(called("conversations.setTopic")).toBe(1);
  });

  test("nothing of the message or the token is in the fault", async () => {
    const room = await open();
    at.slack.misbehave.failNext("chat.postMessage", "invalid_blocks");
    const error: unknown = await rooms.post(postIn(room)).catch((reason: unknown) => reason);
    const { cause, message } = error as Error;
    expect(`${message} ${String((cause as Error).message)} ${JSON.stringify(cause)}`).not.toMatch(/Checkout|xoxb/);
  });
});
