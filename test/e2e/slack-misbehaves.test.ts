// Slack answers late, not at all, or after having accepted: nothing is lost and nothing is said twice.
import { afterEach, expect, test } from "vitest";
import { openStory, type Story } from "../support/story.js";

let story: Story;
afterEach(() => story.close());

const keysOf = (): readonly string[] =>
  story.sandbox.slack.channels().flatMap((channel) =>
    channel.messages.flatMap((message) => {
      const metadata = message.metadata as { event_payload?: { key?: string } } | undefined;
      const key = metadata?.event_payload?.key;
      return key === undefined ? [] : [key];
    }),
  );

// Only mrkdwn objects and the fallback text are read by Slack; plain text shows as it is.
const mrkdwnOf = (value: unknown): readonly string[] => {
  if (typeof value !== "object" || value === null) return [];
  if ("type" in value && value.type === "mrkdwn" && "text" in value) return [String(value.text)];
  return Object.values(value).flatMap(mrkdwnOf);
};

const expectNothingTwice = (): void => {
  const keys = keysOf();
  expect(keys.length).toBeGreaterThan(0);
  expect(new Set(keys).size).toBe(keys.length);
};

test.each(["before", "after"] as const)(
  "a connection that breaks %s the message was accepted: it is said once",
  async (when) => {
    story = await openStory();
    story.sandbox.slack.misbehave.dropConnection("chat.postMessage", when, 4);
    await story.person("ana").types("/incidente declarar login fora");
    const said = (pattern: string): boolean =>
      story
        .person("bruno")
        .directMessages()
        .some((message) => message.visible.includes(pattern));
    await story.eventually(
      () => said("Acionamento para você") && (story.sandbox.slack.channel("inc-1-login-fora")?.pins.length ?? 0) === 1,
    );
    await story.eventually(() =>
      story
        .person("ana")
        .sees("inc-1-login-fora")
        .some((message) => message.visible.startsWith("Escalação inicial")),
    );
    expectNothingTwice();
    story.ignoreNews();
  },
);

test.each(["before", "after"] as const)(
  "a connection that breaks %s the channel was created: there is one channel",
  async (when) => {
    story = await openStory();
    story.sandbox.slack.misbehave.dropConnection("conversations.create", when, 1);
    await story.person("ana").types("/incidente declarar login fora");
    await story.eventually(() => (story.sandbox.slack.channel("inc-1-login-fora")?.pins.length ?? 0) === 1);
    await story.eventually(() =>
      story
        .person("ana")
        .sees("inc-1-login-fora")
        .some((message) => message.visible.startsWith("Escalação inicial")),
    );
    expect(story.sandbox.slack.channels().filter((channel) => channel.name.startsWith("inc-"))).toHaveLength(1);
    expectNothingTwice();
    story.ignoreNews();
  },
);

test("Slack limits the rate: everything is said, later", async () => {
  story = await openStory();
  story.sandbox.slack.misbehave.rateLimitNext("chat.postMessage", 1, 3);
  await story.person("ana").types("/incidente declarar login fora");
  await story.eventually(() =>
    ["bruno", "carla", "diego"]
      .slice(0, 1)
      .every((handle) => story.person(handle as "bruno").directMessages().length === 1),
  );
  await story.eventually(() =>
    story
      .person("ana")
      .sees("inc-1-login-fora")
      .some((message) => message.visible.startsWith("Escalação inicial")),
  );
  expectNothingTwice();
  story.ignoreNews();
});

test("a page that waits for Slack is dropped when somebody takes the incident meanwhile", async () => {
  story = await openStory();
  await story.person("ana").types("/incidente declarar login fora");
  await story.eventually(() => (story.sandbox.slack.channel("inc-1-login-fora")?.pins.length ?? 0) === 1);
  await story.settle();
  story.ignoreNews();
  // Every message of the next rung is refused for a while; before it is tried again, Bruno takes.
  story.sandbox.slack.misbehave.rateLimitNext("chat.postMessage", 2, 20);
  await story.advance({ minutes: 7, seconds: 30 });
  expect(story.news()).toEqual([]);
  await story.person("bruno").types("/incidente INC-1 assumir");
  story.sandbox.slack.misbehave.clear();
  await story.eventually(() =>
    story
      .person("bruno")
      .sees("inc-1-login-fora")
      .some((message) => message.visible.includes("assumiu o incidente")),
  );
  const told = story.news();
  expect(told.filter((line) => line.includes("Pré-aviso") || line.startsWith("@"))).toEqual([]);
});

test("the card was deleted: a change brings a new one, pinned", async () => {
  story = await openStory();
  await story.person("ana").types("/incidente declarar login fora");
  await story.eventually(() => (story.sandbox.slack.channel("inc-1-login-fora")?.pins.length ?? 0) === 1);
  await story.settle();
  story.ignoreNews();
  story.sandbox.slack.misbehave.failNext("chat.update", "message_not_found", 1);
  await story.person("bruno").types("/incidente assumir", { in: "inc-1-login-fora" });
  await story.eventually(() => (story.sandbox.slack.channel("inc-1-login-fora")?.pins.length ?? 0) === 2);
  expect(story.news()).toContain("#inc-1-login-fora: INC-1 · N2 · login fora");
});

test("any text that people type is shown as typed and calls nobody", async () => {
  story = await openStory();
  const title = "<!channel> <@U1|x> *b* `c` & é \u{1F525} \u202Eabc";
  await story.person("ana").types(`/incidente declarar ${title}`);
  await story.settle();
  const messages = story.sandbox.slack
    .channels()
    .flatMap((channel) => channel.messages)
    .filter((message) => message.fromBot);
  expect(messages.length).toBeGreaterThan(5);
  for (const message of messages)
    expect([message.text, ...mrkdwnOf(message.blocks)].join("\n")).not.toMatch(/<!channel>|<@U1/);
  expect(story.sandbox.slack.channel(story.room())?.pins[0]?.visible).toContain("\u{1F525}");
  story.ignoreNews();
});
