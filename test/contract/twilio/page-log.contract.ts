import { beforeEach, expect, test } from "vitest";
import type { IncidentId, PersonId } from "../../../src/domain/incident/ids.js";
import type { BegunPage, PageLog } from "../../../src/ports/page-log.js";

const T0 = new Date("2026-11-23T13:00:00.000Z");
const at = (minutes: number): Date => new Date(T0.getTime() + minutes * 60_000);
const bruno = "bruno" as PersonId;

let pages = 0;
const aPage = (with_: Partial<BegunPage> = {}): BegunPage => {
  pages += 1;
  const begunAt = with_.begunAt ?? T0;
  return {
    key: `i1:1:${pages}`,
    token: `token-${String(pages).padStart(5, "0")}`,
    incidentId: "i1" as IncidentId,
    person: bruno,
    by: "sms",
    asks: true,
    begunAt,
    alertAt: begunAt,
    expiresAt: at(24 * 60),
    ...with_,
  };
};
const proof = (rank: number, status: string, providerId = "SM1", code: string | null = null) => {
  return { providerId, status, rank, code };
};

/** What every log of pages owes its callers. */
export function pageLogContract(emptyLog: () => Promise<PageLog>): void {
  let log: PageLog;
  beforeEach(async () => {
    log = await emptyLog();
  });

  test("a page that began is found by its key and by its token", async () => {
    const { token, ...page } = aPage();
    expect(await log.begin({ ...page, token }, 0)).toBe(true);
    const row = { ...page, state: "begun", attempts: 1, providerId: null, status: null, code: null };
    expect(await log.of(page.key)).toEqual(row);
    expect(await log.byToken(token)).toEqual(row);
    expect([await log.of("other"), await log.byToken("other")]).toEqual([null, null]);
  });

  test("one of two processes begins a request", async () => {
    const page = aPage();
    expect(await log.begin(page, 0)).toBe(true);
    expect(await log.begin(page, 0)).toBe(false);
    await log.settle(page.key, 1, { state: "not-sent", code: "busy" });
    const again = await Promise.all([log.begin(page, 1), log.begin(page, 1)]);
    expect(again.sort()).toEqual([false, true]);
    expect(await log.of(page.key)).toMatchObject({ attempts: 2, state: "begun", code: null });
  });

  test("no request follows one that was accepted or refused", async () => {
    for (const result of [
      { state: "accepted", providerId: null },
      { state: "refused", code: "twilio_21211" },
    ] as const) {
      const page = aPage();
      await log.begin(page, 0);
      await log.settle(page.key, 1, result);
      expect(await log.begin(page, 1)).toBe(false);
    }
  });

  test("what the provider told stays when the answer of the request is lost", async () => {
    const page = aPage();
    await log.begin(page, 0);
    expect(await log.prove(page.token, proof(1, "queued"))).toBe(true);
    await log.settle(page.key, 1, { state: "unknown", code: "twilio_econnreset" });
    expect(await log.of(page.key)).toMatchObject({
      state: "accepted",
      providerId: "SM1",
      status: "queued",
      code: null,
    });
  });

  test("a status that comes late or twice changes nothing", async () => {
    const page = aPage();
    await log.begin(page, 0);
    await log.prove(page.token, proof(5, "undelivered", "SM1", "twilio_30003"));
    await log.prove(page.token, proof(3, "sent"));
    await log.prove(page.token, proof(5, "delivered"));
    expect(await log.of(page.key)).toMatchObject({ status: "undelivered", code: "twilio_30003" });
    expect(await log.prove("unknown-tok", proof(1, "queued"))).toBe(false);
  });

  test("a message belongs to one page only", async () => {
    const [one, other] = [aPage(), aPage()];
    await log.begin(one, 0);
    await log.begin(other, 0);
    expect(await log.settle(one.key, 1, { state: "accepted", providerId: "CA1" })).toBe(true);
    expect(await log.settle(other.key, 1, { state: "accepted", providerId: "CA1" })).toBe(false);
    expect(await log.of(other.key)).toMatchObject({ state: "begun" });
    await log.prove(other.token, proof(1, "ringing", "CA1"));
    expect(await log.of(other.key)).toMatchObject({ state: "accepted", providerId: null });
  });

  test("an earlier attempt that ends late does not undo a later one", async () => {
    const page = aPage();
    await log.begin(page, 0);
    await log.begin(page, 1);
    await log.settle(page.key, 1, { state: "not-sent", code: "late" });
    expect(await log.of(page.key)).toMatchObject({ state: "begun", attempts: 2 });
  });

  test("an hour's alerts are those that rang or may have rung", async () => {
    const ends = ["accepted", "refused", "unknown", "not-sent"] as const;
    for (const [index, state] of ends.entries()) {
      const page = aPage({ begunAt: at(index) });
      await log.begin(page, 0);
      await log.settle(page.key, 1, state === "accepted" ? { state, providerId: null } : { state, code: "c" });
    }
    await log.begin(aPage({ begunAt: at(10) }), 0);
    await log.begin(aPage({ begunAt: at(10), person: "carla" as PersonId }), 0);
    expect(await log.countAlerts(bruno, at(-1))).toBe(3);
    expect(await log.countAlerts(bruno, at(2))).toBe(1);
  });

  test("recent pages come newest first, those of several people together", async () => {
    const [old, first, second] = [
      aPage({ begunAt: at(-40) }),
      aPage({ begunAt: at(1) }),
      aPage({ begunAt: at(2), person: "carla" as PersonId }),
    ];
    for (const page of [old, first, second]) await log.begin(page, 0);
    await log.answered(first.key);
    const recent = await log.recent([bruno, "carla" as PersonId], at(-30));
    expect(recent.map(({ key, state }) => [key, state])).toEqual([
      [second.key, "begun"],
      [first.key, "answered"],
    ]);
  });
}
