// What the jobs call: sending what is due, broadcast by broadcast in turn, and settling what is unclear.
import { StoreFault } from "../../ports/commit-store.js";
import type { OpenBroadcast } from "../../ports/outbox.js";
import { createFallBack, type FallBackDeps } from "./fall-back.js";
import { createGate, type Gate } from "./gate.js";
import type { MailLine, TextLine } from "./lines.js";
import { createReconcileMails, createReconcileTexts } from "./reconcile.js";
import type { SendDeps } from "./send-deps.js";
import { createSendMails } from "./send-mails.js";
import { createSendTexts } from "./send-texts.js";

/** What the duties work with. */
export type DutiesDeps = {
  readonly sending: SendDeps;
  readonly lines: { readonly email: MailLine | null; readonly sms: TextLine | null };
  readonly fromDomain: string;
  readonly fallingBack: FallBackDeps;
};

/** The recurring work of the delivery. */
export type Duties = {
  deliverBatch(): Promise<number>;
  reconcile(): Promise<number>;
  /** Begins to send at once, without waiting for the job. */
  kick(): void;
  idle(): Promise<void>;
  /** Begins no further request, waits for those under way and closes the lines. */
  stop(): Promise<void>;
};

type SendSome = (broadcast: OpenBroadcast) => Promise<number>;
type Lane = { readonly gate: Gate; readonly sendSome: SendSome };

/** While one claim of SMS is being sent, others are claimed and recorded. */
const TEXT_LANES = 3;

/** Creates the duties. */
export const createDuties = ({ sending, lines, fromDomain, fallingBack }: DutiesDeps): Duties => {
  const { outbox, log, clock } = sending;
  const lanes = createLanes({ sending, lines, fromDomain });
  const looks: SendSome[] = [
    ...(lines.email === null ? [] : [createReconcileMails(sending)]),
    ...(lines.sms === null ? [] : [createReconcileTexts(sending, lines.sms)]),
    createFallBack(fallingBack),
  ];
  const running = new Set<Promise<unknown>>();
  let stopping = false;

  const tracked = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => void running.delete(settled),
      () => void running.delete(settled),
    );
    running.add(settled);
    return work;
  };

  /** What is wrong with one broadcast must not keep the others waiting. */
  const alone = async (broadcast: OpenBroadcast, work: SendSome): Promise<number> => {
    try {
      return await work(broadcast);
    } catch (err) {
      if (err instanceof StoreFault) throw err;
      log.error("A message to customers cannot go on.", { ...broadcast.ref, err });
      return 0;
    }
  };
  const drive = async ({ gate, sendSome }: Lane, openNow: OpenList): Promise<number> => {
    let total = 0;
    for (let sent = 1; sent > 0 && !stopping; ) {
      sent = 0;
      // Read anew again and again, so that an urgent notice does not wait behind a long one.
      for (const broadcast of await openNow()) {
        if (stopping || !(await gate.openWithin(sending.paces.waitAtGateMs))) return total;
        sent += await alone(broadcast, sendSome);
      }
      total += sent;
    }
    return total;
  };
  const sendAll = async (): Promise<number> => {
    const openNow = createOpenList(sending, await outbox.open());
    for (const { plan } of await openNow()) await outbox.releaseHeld(plan, clock.now());
    const sent = await Promise.all(lanes.map((lane) => drive(lane, openNow)));
    return sent.reduce((total, one) => total + one, 0);
  };
  const lookAll = async (): Promise<number> => {
    let total = 0;
    for (const broadcast of await outbox.open()) {
      for (const look of looks) {
        for (let found = 1; found > 0 && !stopping; total += found) found = await alone(broadcast, look);
      }
    }
    return total;
  };

  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all([...running]);
  };
  const deliverBatch = shared(sendAll);
  const reconcile = shared(lookAll);
  return {
    deliverBatch: () => tracked(deliverBatch()),
    reconcile: () => tracked(reconcile()),
    kick() {
      const failed = (err: unknown) => log.warn("Sending at once failed; the job goes on with it.", { err });
      if (!stopping) void tracked(deliverBatch()).catch(failed);
    },
    idle,
    async stop() {
      stopping = true;
      await idle();
      lines.email?.stop();
      lines.sms?.stop();
    },
  };
};

/** One run at a time; a call during a run gets a run of its own after it, which other callers share. */
const shared = (run: () => Promise<number>): (() => Promise<number>) => {
  let current: Promise<number> | null = null;
  let next: Promise<number> | null = null;
  const start = (): Promise<number> => {
    const begun = run().finally(() => {
      if (current === begun) current = null;
    });
    current = begun;
    return begun;
  };
  return () => {
    if (current === null) return start();
    next ??= current.then(nothing, nothing).then(() => {
      next = null;
      return start();
    });
    return next;
  };
};

const OPEN_FRESH_MS = 250;

type OpenList = () => Promise<readonly OpenBroadcast[]>;

/** The list of broadcasts during a run, read at most every quarter of a second. */
const createOpenList = ({ outbox, realTime }: SendDeps, first: readonly OpenBroadcast[]): OpenList => {
  let list = first;
  let readAt = realTime.now().getTime();
  return async () => {
    const now = realTime.now().getTime();
    if (now - readAt >= OPEN_FRESH_MS) [list, readAt] = [await outbox.open(), now];
    return list;
  };
};

const nothing = (): void => undefined;

const createLanes = ({ sending, lines, fromDomain }: Omit<DutiesDeps, "fallingBack">): readonly Lane[] => {
  const { log, realTime } = sending;
  const gateOf = (channel: string): Gate =>
    createGate({
      realTime,
      onRefused: (code) => log.error("The provider refuses the account; messages wait.", { channel, code }),
      onRestored: () => log.info("The provider takes messages again.", { channel }),
    });
  const [mailGate, textGate] = [gateOf("email"), gateOf("sms")];
  const mails = lines.email && createSendMails(sending, { line: lines.email, gate: mailGate, fromDomain });
  const texts = lines.sms && createSendTexts(sending, lines.sms, textGate);
  return [
    ...(mails === null ? [] : [{ gate: mailGate, sendSome: mails }]),
    ...(texts === null ? [] : Array.from({ length: TEXT_LANES }, () => ({ gate: textGate, sendSome: texts }))),
  ];
};
