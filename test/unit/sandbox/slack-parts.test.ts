import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createMisbehaviour } from "../../../src/sandbox/slack/misbehaviour.js";
import { createRateLimiter } from "../../../src/sandbox/slack/rate-limiter.js";
import { SlackRefusal } from "../../../src/sandbox/slack/refusal.js";
import { signedHeaders } from "../../../src/sandbox/slack/signing.js";
import { createTranscript } from "../../../src/sandbox/slack/transcript.js";
import { createTriggers } from "../../../src/sandbox/slack/triggers.js";
import { createWorkspace } from "../../../src/sandbox/slack/workspace.js";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["Date"] });
});
afterEach(() => {
  vi.useRealTimers();
});
const passes = (ms: number) => vi.setSystemTime(Date.now() + ms);

const codeOf = (act: () => unknown): string => {
  try {
    act();
    return "accepted";
  } catch (error) {
    return error instanceof SlackRefusal ? error.code : String(error);
  }
};

describe("signing", () => {
  it("gives the signature of Slack's own example", () => {
    // docs.slack.dev/authentication/verifying-requests-from-slack
    const body =
      "token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c";
    const headers = signedHeaders("8f742231b10e8888abcd99yyyzzz85a5", body, 1531420618);
    expect(headers["x-slack-signature"]).toBe("v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503");
  });
});

describe("triggers", () => {
  it("a trigger opens one form", () => {
    const triggers = createTriggers();
    const id = triggers.issue({ user: "U1", viewId: undefined });
    expect(triggers.exchange(id).user).toBe("U1");
    expect(codeOf(() => triggers.exchange(id))).toBe("exchanged_trigger_id");
  });

  it("a trigger lives three seconds", () => {
    const triggers = createTriggers();
    const ids = [1, 2].map(() => triggers.issue({ user: "U1", viewId: undefined }));
    passes(3000);
    expect(codeOf(() => triggers.exchange(ids[0] ?? ""))).toBe("accepted");
    passes(1);
    expect(codeOf(() => triggers.exchange(ids[1] ?? ""))).toBe("expired_trigger_id");
  });

  it("a made-up trigger is invalid", () => {
    expect(codeOf(() => createTriggers().exchange("1.2.abc"))).toBe("invalid_trigger_id");
  });
});

describe("rate limits", () => {
  const tier2 = { tier: "tier2", scopes: [] } as const;
  const posting = { tier: "posting", scopes: [] } as const;

  it("the twenty-first call of tier 2 within a minute must wait", () => {
    const limiter = createRateLimiter("enforced");
    for (let call = 0; call < 20; call++) expect(limiter("pins.add", "t", tier2, "")).toBe(0);
    passes(10_000);
    expect(limiter("pins.add", "t", tier2, "")).toBe(50);
    expect(limiter("pins.list", "t", tier2, "")).toBe(0);
    expect(limiter("pins.add", "other", tier2, "")).toBe(0);
    passes(50_000);
    expect(limiter("pins.add", "t", tier2, "")).toBe(0);
  });

  it("posting is limited for each channel, with a short burst", () => {
    const limiter = createRateLimiter("enforced");
    const post = (channel: string) => limiter("chat.postMessage", "t", posting, channel);
    for (let call = 0; call < 5; call++) expect(post("C1")).toBe(0);
    expect(post("C1")).toBe(1);
    expect(post("C2")).toBe(0);
    passes(1000);
    expect(post("C1")).toBe(0);
    expect(post("C1")).toBe(1);
  });

  it("limits can be scaled for a clock that runs fast, and switched off", () => {
    const scaled = createRateLimiter({ scale: 2 });
    const off = createRateLimiter("off");
    const waits = (limiter: typeof off) => {
      let count = 0;
      for (let call = 0; call < 50; call++) if (limiter("pins.add", "t", tier2, "") > 0) count += 1;
      return count;
    };
    expect(waits(scaled)).toBe(10);
    expect(waits(off)).toBe(0);
  });
});

describe("misbehaviour", () => {
  it("an order applies to the next calls of its method and then is used up", () => {
    const orders = createMisbehaviour();
    orders.rateLimitNext("chat.postMessage", 7, 2);
    expect(orders.take("views.open")).toEqual([]);
    expect(orders.take("chat.postMessage")).toEqual([{ kind: "rate-limit", retryAfterSeconds: 7 }]);
    expect(orders.take("chat.postMessage")).toHaveLength(1);
    expect(orders.take("chat.postMessage")).toEqual([]);
  });

  it("a star stands for any method, and clearing forgets everything", () => {
    const orders = createMisbehaviour();
    orders.failNext("*", 503);
    expect(orders.take("auth.test")).toEqual([{ kind: "status", status: 503 }]);
    orders.failNext("*", "fatal_error");
    orders.clear();
    expect(orders.take("auth.test")).toEqual([]);
  });
});

describe("transcript", () => {
  const note = (text: string) => ({ kind: "message", what: "posted", by: "bot", text }) as const;

  it("waiting finds what already happened and what is still to come", async () => {
    const transcript = createTranscript(() => new Date(0));
    transcript.add(note("um"));
    expect((await transcript.waitFor(({ text }) => text === "um")).index).toBe(0);
    const coming = transcript.waitFor(({ text }) => text === "dois");
    transcript.add(note("dois"));
    expect((await coming).index).toBe(1);
  });

  it("waiting in vain shows the latest entries", async () => {
    const transcript = createTranscript(() => new Date(0));
    transcript.add(note("um"));
    await expect(transcript.waitFor(() => false, 5)).rejects.toThrow(/within 5 ms[\s\S]*message posted "um"/);
  });
});

describe("timestamps", () => {
  it("two messages of the same instant have different timestamps, in order", () => {
    const now = () => new Date("2026-11-23T12:00:00Z");
    const ws = createWorkspace({ now, language: "en", botHandle: "plantao", botName: "Plantão" });
    expect([ws.nextTs(), ws.nextTs()]).toEqual(["1795435200.000000", "1795435200.000001"]);
  });
});
