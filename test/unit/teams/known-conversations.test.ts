import { expect, test } from "vitest";
import type { ConversationRow, Conversations } from "../../../src/ports/conversations.js";
import { createKnownConversations } from "../../../src/teams/known-conversations.js";
import { createMemoryConversations } from "../../support/memory/memory-conversations.js";

const row: ConversationRow = {
  kind: "personal",
  tenantId: "t1",
  teamId: null,
  groupId: null,
  channelId: null,
  userId: "u1",
  conversationId: "a:1",
  rootActivityId: null,
  serviceUrl: "https://smba.trafficmanager.net/br/",
};

const counted = (): { readonly inner: Conversations; readonly writes: () => number } => {
  let writes = 0;
  const memory = createMemoryConversations();
  const remember = (one: ConversationRow): Promise<void> => {
    writes += 1;
    return memory.remember(one);
  };
  return { inner: { ...memory, remember }, writes: () => writes };
};

test("what has not changed is written once, and again after a while", async () => {
  let now = 0;
  const { inner, writes } = counted();
  const known = createKnownConversations(inner, () => now);
  await known.remember(row);
  await known.remember(row);
  expect(writes()).toBe(1);
  now = 10 * 60_000;
  await known.remember(row);
  expect(writes()).toBe(2);
});

test("a new address is written at once", async () => {
  const { inner, writes } = counted();
  const known = createKnownConversations(inner, () => 0);
  await known.remember(row);
  await known.remember({ ...row, serviceUrl: "https://smba.trafficmanager.net/amer/" });
  expect(writes()).toBe(2);
});

test("whoever was given up or forgotten is written when heard from again", async () => {
  const { inner } = counted();
  const known = createKnownConversations(inner, () => 0);
  for (const part of ["markDead", "forget"] as const) {
    await known.remember(row);
    await known[part](row);
    await known.remember(row);
    expect(await known.personal("u1")).toEqual({ row, dead: false });
  }
});
