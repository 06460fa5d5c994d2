// When messages may leave: quiet hours, the pace of a line, and how often something is tried.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createGate } from "../../../../src/delivery/broadcast/gate.js";
import { quietUntil } from "../../../../src/delivery/broadcast/quiet-hours.js";
import { settlementOf } from "../../../../src/delivery/broadcast/record.js";
import { mayTryAgain, retryAt } from "../../../../src/delivery/broadcast/retry-pace.js";
import { createTurns } from "../../../../src/delivery/broadcast/turns.js";

const NIGHT = { from: "22:00", to: "08:00" };
const SAO_PAULO = "America/Sao_Paulo";

describe("quiet hours", () => {
  test.each([
    ["2026-11-24T00:59:59.999Z", null],
    ["2026-11-24T01:00:00.000Z", "2026-11-24T11:00:00.000Z"],
    ["2026-11-24T05:00:00.000Z", "2026-11-24T11:00:00.000Z"],
    ["2026-11-24T10:59:59.999Z", "2026-11-24T11:00:00.000Z"],
    ["2026-11-24T11:00:00.000Z", null],
  ])("from ten to eight in São Paulo: at %s until %s", (at, until) => {
    expect(quietUntil(NIGHT, SAO_PAULO, new Date(at))?.toISOString() ?? null).toBe(until);
  });

  test("within one day end on that day", () => {
    const siesta = { from: "13:00", to: "15:00" };
    expect(quietUntil(siesta, SAO_PAULO, new Date("2026-11-24T17:00:00Z"))?.toISOString()).toBe(
      "2026-11-24T18:00:00.000Z",
    );
    expect(quietUntil(siesta, SAO_PAULO, new Date("2026-11-24T15:00:00Z"))).toBeNull();
  });

  test("end at the local hour also in a night in which the clocks change", () => {
    const until = quietUntil(NIGHT, "America/New_York", new Date("2026-11-01T03:00:00Z"));
    expect(until?.toISOString()).toBe("2026-11-01T13:00:00.000Z");
    const spring = quietUntil(NIGHT, "America/New_York", new Date("2026-03-08T04:00:00Z"));
    expect(spring?.toISOString()).toBe("2026-03-08T12:00:00.000Z");
  });

  test("always end, within ten hours, at an instant that is not quiet", () => {
    const zones = fc.constantFrom(SAO_PAULO, "America/Manaus", "America/Noronha", "Asia/Kolkata", "UTC");
    const instants = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true });
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const until = quietUntil(NIGHT, zone, at);
        if (until === null) return true;
        const waits = until.getTime() - at.getTime();
        return waits > 0 && waits <= 10 * 3_600_000 && quietUntil(NIGHT, zone, until) === null;
      }),
    );
  });
});

describe("a line", () => {
  const line = () => {
    let now = 0;
    const said: string[] = [];
    const gate = createGate({
      realTime: {
        now: () => new Date(now),
        wait: async (ms) => {
          now += ms;
        },
      },
      onRefused: (code) => said.push(code),
      onRestored: () => said.push("restored"),
    });
    return { gate, said, now: () => now };
  };

  test("that was told to wait is waited for, if it is not for long", async () => {
    const { gate, now } = line();
    gate.hold(1_500);
    gate.hold(300);
    expect(await gate.openWithin(1_000)).toBe(false);
    expect(now()).toBe(0);
    expect(await gate.openWithin(2_000)).toBe(true);
    expect(now()).toBe(1_500);
  });

  test("whose account is refused closes for a minute, alarms once, and says when it works again", async () => {
    const { gate, said } = line();
    gate.refuse("sendgrid_401");
    gate.refuse("sendgrid_401");
    expect([gate.isProbing(), gate.closedForMs()]).toEqual([true, 60_000]);
    await gate.openWithin(60_000);
    gate.pass();
    gate.pass();
    expect(gate.isProbing()).toBe(false);
    expect(said).toEqual(["sendgrid_401", "restored"]);
  });
});

const NOW = new Date("2026-11-23T13:00:00Z");
const minutes = (count: number) => new Date(NOW.getTime() + count * 60_000);

test("a recipient is asked again after 1, 2, 5, 15 and 30 minutes, and then no more", () => {
  expect([0, 1, 2, 3, 4, 5].map((attempts) => retryAt(attempts, NOW))).toEqual([
    minutes(1),
    minutes(2),
    minutes(5),
    minutes(15),
    minutes(30),
    null,
  ]);
  expect([1, 5, 6].map(mayTryAgain)).toEqual([true, true, false]);
});

describe("an answer of the provider", () => {
  const about = { attempts: 0, begunAt: NOW, now: NOW, graceMs: 60_000 };

  test.each([
    [{ kind: "accepted", providerId: "SM1" }, { kind: "accepted" }],
    [
      { kind: "refused", code: "twilio_21211", suppress: true },
      { kind: "failed", code: "twilio_21211" },
    ],
    [
      { kind: "unknown", code: "twilio_econnreset" },
      { kind: "unknown", code: "twilio_econnreset", lookAt: minutes(1), begunAt: NOW },
    ],
    [
      { kind: "operator", code: "twilio_20003" },
      { kind: "back", dueAt: NOW },
    ],
    [
      { kind: "later", code: "twilio_20429", retryAfterMs: 120_000 },
      { kind: "back", dueAt: minutes(2) },
    ],
    [
      { kind: "later", code: "twilio_econnrefused", retryAfterMs: null },
      { kind: "later", code: "twilio_econnrefused", dueAt: minutes(1) },
    ],
  ] as const)("%o means %o", (outcome, settlement) => {
    expect(settlementOf(outcome, about)).toEqual(settlement);
  });

  test("to come again later ends in failure after the last attempt", () => {
    const outcome = { kind: "later", code: "x", retryAfterMs: null } as const;
    expect(settlementOf(outcome, { ...about, attempts: 5 })).toEqual({ kind: "failed", code: "x" });
  });
});

test("turns let so many run at once, in order, also when one fails", async () => {
  const inTurn = createTurns(2);
  const order: number[] = [];
  let running = 0;
  let most = 0;
  const work = (nth: number) => async () => {
    running += 1;
    most = Math.max(most, running);
    order.push(nth);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (nth === 1) throw new Error("boom");
  };
  const settled = await Promise.allSettled([0, 1, 2, 3, 4].map((nth) => inTurn(work(nth))));
  expect(settled.map(({ status }) => status)).toEqual(["fulfilled", "rejected", ...Array(3).fill("fulfilled")]);
  expect(order).toEqual([0, 1, 2, 3, 4]);
  expect(most).toBe(2);
});
