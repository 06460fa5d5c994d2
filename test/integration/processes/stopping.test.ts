// What `plantao serve` does when it is asked to end while people are using it.
import { afterEach, beforeEach, expect, test } from "vitest";
import { buildProgram } from "../../support/process-build.js";
import { openStage, type Stage } from "../../support/process-stage.js";

const STOP_LIMIT_MS = 25_000;
const START_LIMIT_MS = 60_000;

let stage: Stage;
beforeEach(async () => {
  stage = await openStage({ program: await buildProgram(), speed: 1 });
}, START_LIMIT_MS);
afterEach(() => stage.close());

/** Requests are accepted in order: when a later one is answered, an earlier one is under way. */
const hasReceived = async (url: string): Promise<void> => {
  for (let times = 0; times < 3; times += 1) await fetch(`${url}/healthz`);
};

test(
  "asked to end, the bot answers the command under way, opens its channel, and ends with 0 and no error",
  async () => {
    const bot = await stage.bot();
    await bot.untilReady();
    const { slack } = stage.sandbox;
    slack.deliverTo(bot.url);
    // Somebody new is looked up first, which keeps the command under way while the signal arrives.
    slack.misbehave.slow("users.info", 400);
    const nina = slack.addPerson({ handle: "nina", name: "Nina Rosa", email: "nina.rosa@cubosuite.example" });
    const answer = nina.types("/incidente declarar busca fora do ar");
    await hasReceived(bot.url);
    const askedAt = Date.now();
    bot.signal("SIGTERM");
    const { acknowledged, body } = await answer;
    expect(acknowledged).toBe(true);
    expect(body).toContain("INC-1 declarado");

    expect(await bot.exited).toEqual({ code: 0, signal: null });
    expect(Date.now() - askedAt).toBeLessThan(STOP_LIMIT_MS);
    expect(bot.lines.filter(({ level }) => level === "error")).toEqual([]);
    expect(bot.errors()).toBe("");
    const room = slack.channels().find(({ name }) => name.startsWith("inc-"));
    expect(room?.pins).toHaveLength(1);

    const next = await stage.bot();
    await next.untilReady();
    slack.deliverTo(next.url);
    expect((await nina.types("/incidente listar")).body).toContain("busca fora do ar");
  },
  START_LIMIT_MS,
);

test(
  "a second signal does not cut the stop short, and a request that comes during it is not half taken",
  async () => {
    const bot = await stage.bot();
    await bot.untilReady();
    const { slack } = stage.sandbox;
    slack.deliverTo(bot.url);
    // A stop waits for messages that are being sent.
    slack.misbehave.slow("conversations.create", 1500);
    await stage.person("ana").types("/incidente declarar busca lenta");
    bot.signal("SIGTERM");
    bot.signal("SIGTERM");
    await slack.transcript.waitFor(({ kind, what }) => kind === "channel" && what === "created", 10_000);
    const late = await stage.person("ana").types("/incidente declarar tarde demais");
    expect(late.acknowledged).toBe(false);
    expect(await bot.exited).toEqual({ code: 0, signal: null });

    const next = await stage.bot();
    await next.untilReady();
    slack.deliverTo(next.url);
    const { body } = await stage.person("ana").types("/incidente listar");
    expect(body).toContain("busca lenta");
    expect(body).not.toContain("tarde demais");
  },
  START_LIMIT_MS,
);
