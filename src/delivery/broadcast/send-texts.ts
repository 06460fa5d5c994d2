// SMS, 50 at a time: claimed, then suppress, supersede, quiet hours, pace, send, record. Duplicates left with the plan.
import type { Incident } from "../../domain/incident/incident.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import { DeliveryFault } from "../../ports/customer-delivery.js";
import type { Claimed, OpenBroadcast, Settlement, TextParcel } from "../../ports/outbox.js";
import type { SendOutcome } from "../outcome.js";
import type { Gate } from "./gate.js";
import { stillHolds } from "./incident-reading.js";
import type { TextLine } from "./lines.js";
import { quietUntil } from "./quiet-hours.js";
import { isProgress, record, type Settled, settlementOf } from "./record.js";
import type { SendDeps } from "./send-deps.js";
import { isSuppressed } from "./suppressed.js";
import { createTurns } from "./turns.js";

const AT_ONCE = 50;
const CONCURRENCY = 10;

type Text = Claimed<TextParcel>;
type Stage = (text: Text) => Settlement | null;

/** Sends what is due of one broadcast, at most one claim; answers how many rows came further. */
export type SendTexts = (broadcast: OpenBroadcast) => Promise<number>;

/** Creates the sender of SMS to customers. */
export const createSendTexts = (deps: SendDeps, line: TextLine, gate: Gate): SendTexts => {
  const { outbox, realTime, paces } = deps;
  const inTurn = createTurns(CONCURRENCY);

  const request = async ({ ref }: OpenBroadcast, text: Text, beginBy: number): Promise<Settlement> => {
    const left = beginBy - realTime.now().getTime();
    // Beyond its time the row may be looked at by others, who would not know of a request that begins now.
    if (left <= 0 || !(await gate.openWithin(Math.min(left, paces.waitAtGateMs))))
      return { kind: "back", dueAt: new Date(realTime.now().getTime() + gate.closedForMs()) };
    const { token, phone: to, body } = text.parcel;
    const outcome = await line.send({ incidentId: ref.incidentId, token, to, body });
    heed(gate, outcome);
    if (outcome.kind === "refused" && outcome.suppress) await deps.suppress("sms", to, outcome.code);
    return settlementOf(outcome, {
      attempts: text.attempts,
      begunAt: text.firstBegunAt,
      now: realTime.now(),
      graceMs: paces.textGraceMs,
    });
  };

  return async (broadcast) => {
    const now = realTime.now();
    const leaseUntil = new Date(now.getTime() + paces.textLeaseMs);
    const limit = gate.isProbing() ? 1 : AT_ONCE;
    const texts = await outbox.claimTexts({ plan: broadcast.plan, now, leaseUntil, limit });
    const [first] = texts;
    if (first === undefined) return 0;
    const beginBy = now.getTime() + paces.textLeaseMs * paces.beginWithinShare;
    const stages = await stagesFor(deps, broadcast, texts);
    const settled = await Promise.all(
      texts.map(async (text): Promise<Settled> => {
        const left = stages.reduce<Settlement | null>((found, stage) => found ?? stage(text), null);
        const change = left ?? (await inTurn(() => request(broadcast, text, beginBy).catch(drillOf(deps, broadcast))));
        return { id: text.parcel.id, change };
      }),
    );
    await record(outbox, "sms", first.lease, settled);
    return settled.filter(({ change }) => isProgress(change, now)).length;
  };
};

/** The line pauses for the time that the provider named, and closes when the account is refused. */
export const heed = (gate: Gate, outcome: SendOutcome): void => {
  if (outcome.kind === "operator") gate.refuse(outcome.code);
  else if (outcome.kind === "later" && outcome.retryAfterMs !== null) gate.hold(outcome.retryAfterMs);
  else if (outcome.kind !== "unknown") gate.pass();
};

/** Guard (c) of invariant I3 stopped the request: nothing of this broadcast may ever leave. */
export const drillOf =
  ({ log }: Pick<SendDeps, "log">, { ref }: OpenBroadcast) =>
  (err: unknown): Settlement => {
    if (!(err instanceof DeliveryFault) || err.code !== "drill") throw err;
    log.error("A message of a drill was about to reach a customer and was stopped.", { ...ref });
    return { kind: "dropped", code: "drill" };
  };

const stagesFor = async (deps: SendDeps, { ref, level }: OpenBroadcast, texts: readonly Text[]): Promise<Stage[]> => {
  const incident = await deps.incidentOf(ref.incidentId);
  const notice = incident?.notices.find(({ number }) => number === ref.notice);
  if (incident === null || notice === undefined) throw new Error("A message belongs to an incident that is not there.");
  const phones = texts.map(({ parcel }) => parcel.phone);
  const [list, isSuperseded] = await Promise.all([
    deps.suppressions.among("sms", phones),
    deps.superseded(incident, ref.notice, "sms"),
  ]);
  const suppress: Stage = ({ parcel }) => {
    const reason = list.get(parcel.phone);
    return isSuppressed(reason, level) ? { kind: "dropped", code: reason ?? "suppressed" } : null;
  };
  const supersede: Stage = ({ parcel }) =>
    isSuperseded(parcel.contact) ? { kind: "dropped", code: "superseded" } : null;
  return [suppress, supersede, keepQuiet(deps, incident, notice)];
};

const keepQuiet = (deps: SendDeps, incident: Incident, notice: CustomerNotice): Stage => {
  const { quietHours } = deps.catalogueOf(notice).rules;
  const now = deps.clock.now();
  const holds = stillHolds(incident, notice);
  return ({ parcel: { quietZone }, wasHeld }) => {
    const until = quietZone === null ? null : quietUntil(quietHours, quietZone, now);
    if (until !== null) return { kind: "held", until };
    return wasHeld && !holds ? { kind: "dropped", code: "overtaken" } : null;
  };
};
