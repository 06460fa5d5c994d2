import { beforeEach, expect, test } from "vitest";
import type { ConversationRow, Conversations } from "../../../src/ports/conversations.js";

const CHANNEL = "19:incidentes@thread.tacv2";
const row = (fields: Partial<ConversationRow> = {}): ConversationRow => ({
  kind: "channel",
  tenantId: "t1",
  teamId: "19:geral@thread.tacv2",
  groupId: null,
  channelId: CHANNEL,
  userId: null,
  conversationId: `${CHANNEL};messageid=1`,
  rootActivityId: "1",
  serviceUrl: "https://smba.trafficmanager.net/br/",
  ...fields,
});
const personal = (userId: string): ConversationRow =>
  row({ kind: "personal", teamId: null, channelId: null, userId, conversationId: `a:${userId}`, rootActivityId: null });

/** What every keeper of conversations owes its callers. */
export function conversationsContract(empty: () => Promise<Conversations>): void {
  let kept: Conversations;
  beforeEach(async () => {
    kept = await empty();
  });

  test("nothing is known at first", async () => {
    expect(await kept.personal("u1")).toBeNull();
    expect(await kept.channel(CHANNEL)).toBeNull();
    expect(await kept.latestChannel()).toBeNull();
  });

  test("a thread is kept as its channel", async () => {
    await kept.remember(row());
    const channel = row({ conversationId: CHANNEL, rootActivityId: null });
    expect(await kept.channel(CHANNEL)).toEqual(channel);
    expect(await kept.latestChannel()).toEqual(channel);
  });

  test("the latest address counts, and a group that was told once stays", async () => {
    await kept.remember(row({ groupId: "g1" }));
    await kept.remember(row({ serviceUrl: "https://smba.trafficmanager.net/amer/" }));
    expect(await kept.channel(CHANNEL)).toMatchObject({
      groupId: "g1",
      serviceUrl: "https://smba.trafficmanager.net/amer/",
    });
  });

  test("the same news twice at once is one conversation", async () => {
    await Promise.all([kept.remember(personal("u1")), kept.remember(personal("u1"))]);
    expect(await kept.personal("u1")).toEqual({ row: personal("u1"), dead: false });
  });

  test("people are told apart", async () => {
    await kept.remember(personal("u1"));
    expect(await kept.personal("u2")).toBeNull();
  });

  test("a dead conversation lives again when it is heard from", async () => {
    await kept.remember(personal("u1"));
    await kept.markDead(personal("u1"));
    expect(await kept.personal("u1")).toMatchObject({ dead: true });
    await kept.remember(personal("u1"));
    expect(await kept.personal("u1")).toMatchObject({ dead: false });
  });

  test("a forgotten conversation is unknown", async () => {
    await kept.remember(personal("u1"));
    await kept.forget(personal("u1"));
    await kept.forget(personal("u2"));
    expect(await kept.personal("u1")).toBeNull();
  });

  test("of several channels the one heard from last is the latest, dead ones apart", async () => {
    await kept.remember(row());
    for (const before = Date.now(); Date.now() === before; ) await new Promise((resolve) => setImmediate(resolve));
    const other = row({ channelId: "19:geral@thread.tacv2", conversationId: "19:geral@thread.tacv2;messageid=2" });
    await kept.remember(other);
    expect((await kept.latestChannel())?.channelId).toBe("19:geral@thread.tacv2");
    await kept.markDead(other);
    expect((await kept.latestChannel())?.channelId).toBe(CHANNEL);
  });

  test("an id that looks like an operator is only an id", async () => {
    await kept.remember(personal("$gt"));
    expect(await kept.personal("$gt")).not.toBeNull();
    expect(await kept.personal("$ne")).toBeNull();
  });
}
