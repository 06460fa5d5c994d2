// The pager over Twilio: one request for each page, whatever happens in between. What was begun is written first; an
// attempt that left no clear answer is looked for at the provider before the phone is rung a second time.
import { DeliveryFault } from "../../ports/customer-delivery.js";
import type { Directory, StaffLanguage } from "../../ports/directory.js";
import type { PageLog, PageRow } from "../../ports/page-log.js";
import type { Page, Paged, Pager } from "../../ports/pager.js";
import type { RealTime } from "../../ports/real-time.js";
import type { SendOutcome } from "../outcome.js";
import type { TwilioLine } from "../twilio/twilio-client.js";
import { loadNumbers, type PageNumber, type ReadNumber } from "./page-number.js";
import type { PageRequests } from "./page-requests.js";
import type { TokenOf } from "./page-token.js";
import { RESEND_AFTER_MS, reconcilePage } from "./reconcile-page.js";
import { createRequestTurns } from "./request-turns.js";

/** What the pager works with; the line is its own. */
export type PagerDeps = {
  readonly line: TwilioLine;
  readonly requests: PageRequests;
  readonly log: PageLog;
  readonly directory: Pick<Directory, "person">;
  readonly realTime: Pick<RealTime, "now" | "wait">;
  readonly tokenOf: TokenOf;
  readonly orgLanguage: StaffLanguage;
  /** Requests at the same time. */
  readonly atOnce: number;
  /** Least time between two calls: Twilio places one a second (twilio.com/docs/voice/api/call-resource). */
  readonly callSpacingMs: number;
};

const LINK_GOOD_MS = 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Requests without a clear answer after which a phone is left alone until the next page. */
const MOST_ATTEMPTS = 5;
const BUSY_MS = 2_000;

const SENT: Paged = { kind: "sent" };
const leftOut = (reason: string): Paged => ({ kind: "left-out", reason });

/** Creates the pager. */
export function createPager(deps: PagerDeps): Pager {
  const { log, requests, realTime } = deps;
  const pace = { atOnce: deps.atOnce, realTime };
  const turns = {
    sms: createRequestTurns({ ...pace, spacingMs: 0 }),
    call: createRequestTurns({ ...pace, spacingMs: deps.callSpacingMs }),
  };
  let numbers: Promise<ReadNumber> | null = null;

  const numberOf = async ({ person, by }: Page): Promise<PageNumber | string> => {
    const text = deps.directory.person(person)?.phone ?? null;
    if (text === null) return "no_phone";
    numbers ??= loadNumbers();
    const number = (await numbers)(text);
    if (number === null || (by === "sms" && !number.mobile)) return "bad_phone";
    return number;
  };

  const overLimit = async ({ first, person, snapshot }: Page): Promise<boolean> => {
    if (first) return false;
    const hourAgo = new Date(snapshot.at.getTime() - HOUR_MS);
    return (await log.countAlerts(person, hourAgo)) >= snapshot.policy.phone.maxAlertsPerHour;
  };

  /** Claims the request and makes it; what it came to is recorded before anything else. */
  const request = async (page: Page, number: PageNumber, after: number): Promise<Paged> => {
    const { key, person, by, snapshot } = page;
    const begunAt = realTime.now();
    const asks = snapshot.incident.taken === null;
    const token = deps.tokenOf(key);
    const expiresAt = new Date(begunAt.getTime() + LINK_GOOD_MS);
    const row = { key, incidentId: snapshot.incident.id, person, by, asks, begunAt, alertAt: snapshot.at, expiresAt };
    if (!(await log.begin({ ...row, token }, after))) {
      throw new DeliveryFault("page_under_way", { retryable: true, retryAfterMs: BUSY_MS });
    }
    const attempt = after + 1;
    const wanted = await page.stillWanted().catch(async (error: unknown) => {
      await log.settle(key, attempt, { state: "not-sent", code: "not_asked" });
      throw error;
    });
    if (!wanted) {
      await log.settle(key, attempt, { state: "not-sent", code: "not_wanted" });
      return leftOut("not_wanted");
    }
    const language = deps.directory.person(person)?.language ?? deps.orgLanguage;
    const outcome = await requests.send(deps.line, { page, phone: number.phone, token, asks, language });
    return conclude(page, attempt, outcome);
  };

  const conclude = async (page: Page, attempt: number, outcome: SendOutcome): Promise<Paged> => {
    const { key } = page;
    switch (outcome.kind) {
      case "accepted": {
        const { providerId } = outcome;
        const settled = await log.settle(key, attempt, { state: "accepted", providerId });
        // Another page was given this message by mistake, in looking for its own; this one knows its name.
        if (!settled) await log.settle(key, attempt, { state: "accepted", providerId: null });
        await callOff(page, providerId);
        return SENT;
      }
      case "refused":
        await log.settle(key, attempt, { state: "refused", code: outcome.code });
        throw new DeliveryFault(outcome.code, { retryable: false });
      case "later":
      case "operator": {
        await log.settle(key, attempt, { state: "not-sent", code: outcome.code });
        const retryAfterMs = outcome.kind === "later" ? outcome.retryAfterMs : null;
        throw new DeliveryFault(outcome.code, { retryable: true, retryAfterMs });
      }
      case "unknown": {
        await log.settle(key, attempt, { state: "unknown", code: outcome.code });
        if (isWithProvider(await log.of(key))) return SENT;
        throw new DeliveryFault("page_unconfirmed", { retryable: true, retryAfterMs: RESEND_AFTER_MS });
      }
    }
  };

  /** Somebody took the incident while the request was under way: a phone that does not ring yet need not ring. */
  const callOff = async ({ by, stillWanted }: Page, callId: string | null): Promise<void> => {
    if (by !== "call" || callId === null) return;
    const wanted = await stillWanted().catch(() => true);
    if (!wanted) await deps.line.endCall(callId);
  };

  return {
    async page(page) {
      if (page.snapshot.incident.kind === "drill") return leftOut("drill");
      const off = requests.off(page.by);
      if (off !== null) return leftOut(off);
      const number = await numberOf(page);
      if (typeof number === "string") return leftOut(number);
      const row = await log.of(page.key);
      if (isWithProvider(row)) return SENT;
      if (row?.state === "refused") throw new DeliveryFault(row.code ?? "page_refused", { retryable: false });
      if (row?.state === "begun" || row?.state === "unknown") {
        const found = await reconcilePage({
          page,
          row,
          phone: number.phone,
          deps: { ...deps, voiceFrom: requests.voiceFrom },
        });
        if (found) return SENT;
        if (row.attempts >= MOST_ATTEMPTS) throw new DeliveryFault("page_unconfirmed", { retryable: false });
      } else if (await overLimit(page)) return leftOut("limit");
      return turns[page.by](() => request(page, number, row?.attempts ?? 0));
    },
  };
}

const isWithProvider = (row: PageRow | null): boolean => row?.state === "accepted" || row?.state === "answered";
