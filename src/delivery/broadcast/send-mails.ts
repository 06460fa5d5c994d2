// E-mail, one request for up to 1,000 people: claimed, then suppress, supersede, pace, send, record. Duplicates left
// with the plan.
import type { Incident } from "../../domain/incident/incident.js";
import type { ClaimedMail, MailContent, OpenBroadcast, Settlement } from "../../ports/outbox.js";
import type { Gate } from "./gate.js";
import type { MailLine, MailReply } from "./lines.js";
import { threadHeaders } from "./mail-headers.js";
import { isProgress, record, settlementOf } from "./record.js";
import type { SendDeps } from "./send-deps.js";
import { drillOf, heed } from "./send-texts.js";
import { isOwed, isSuppressed } from "./suppressed.js";

const AT_ONCE = 4;
const REMEMBERED_CONTENTS = 8;

/** Sends a few due parcels of a broadcast; answers how many came further. */
export type SendMails = (broadcast: OpenBroadcast) => Promise<number>;

/** What only the sender of e-mail needs. */
export type MailSending = { readonly line: MailLine; readonly gate: Gate; readonly fromDomain: string };

/** Creates the sender of e-mail to customers. */
export const createSendMails = (deps: SendDeps, { line, gate, fromDomain }: MailSending): SendMails => {
  const { outbox, realTime, paces } = deps;
  const contentOf = createContents(deps);

  const send = async (broadcast: OpenBroadcast, mail: ClaimedMail, beginBy: number): Promise<Settlement> => {
    const { ref, level } = broadcast;
    const incident = await deps.incidentOf(ref.incidentId);
    if (incident === null) throw new Error("A message belongs to an incident that is not there.");
    const dropped = await droppedOf(deps, broadcast, incident, mail);
    if (dropped.length > 0) await outbox.cutMail(mail, { dropped, refused: mail.refused });
    const indexes = remaining(mail, dropped);
    if (indexes.length === 0) return { kind: "dropped", code: "nobody_left" };
    const content = await contentOf(mail.parcel.contentId);
    // Beyond its time the row may be looked at by others, who would not know of a request that begins now.
    if (!(await gate.openWithin(paces.waitAtGateMs)) || realTime.now().getTime() > beginBy)
      return { kind: "back", dueAt: new Date(realTime.now().getTime() + gate.closedForMs()) };
    const reply = await line.send({
      incidentId: ref.incidentId,
      token: mail.parcel.token,
      ...{ subject: content.subject, html: content.html, text: content.text },
      headers: threadHeaders(incident.code, fromDomain),
      owed: isOwed(level),
      ...{ addresses: mail.parcel.addresses, keys: content.keys, values: mail.parcel.values, indexes },
    });
    return settleReply(deps, gate, { mail, dropped, indexes, reply });
  };

  return async (broadcast) => {
    const now = realTime.now();
    const leaseUntil = new Date(now.getTime() + paces.mailLeaseMs);
    const limit = gate.isProbing() ? 1 : AT_ONCE;
    const mails = await outbox.claimMails({ plan: broadcast.plan, now, leaseUntil, limit });
    const beginBy = now.getTime() + paces.mailLeaseMs * paces.beginWithinShare;
    let further = 0;
    for (const mail of mails) {
      const change = await send(broadcast, mail, beginBy).catch(drillOf(deps, broadcast));
      // Written at once: without callbacks nothing else would tell that a thousand people have it.
      await record(outbox, "email", mail.lease, [{ id: mail.parcel.id, change }]);
      further += isProgress(change, now) ? 1 : 0;
    }
    return further;
  };
};

type Answered = {
  readonly mail: ClaimedMail;
  readonly dropped: readonly number[];
  readonly indexes: readonly number[];
  readonly reply: MailReply;
};

const settleReply = async (deps: SendDeps, gate: Gate, answered: Answered): Promise<Settlement> => {
  const { mail, dropped, indexes, reply } = answered;
  const { outcome, badRecipients, holdMs } = reply;
  heed(gate, outcome);
  if (holdMs !== null) gate.hold(holdMs);
  const now = deps.realTime.now();
  const change = settlementOf(outcome, {
    attempts: mail.attempts,
    begunAt: mail.firstBegunAt,
    now,
    graceMs: deps.paces.mailGraceMs,
  });
  if (change.kind !== "failed") return change;
  // Nothing of a refused request was sent; without those who spoilt it, the others may get theirs at once.
  const named = badRecipients.filter((index) => indexes.includes(index));
  const refused = named.length > 0 ? named : indexes;
  await giveUpRecipients(deps, { mail, dropped, refused, code: change.code });
  return refused.length < indexes.length ? { kind: "back", dueAt: mail.firstBegunAt } : change;
};

/** Notes recipients whom no request of this parcel will hold any more. */
export const giveUpRecipients = async (
  { outbox }: Pick<SendDeps, "outbox">,
  given: {
    readonly mail: ClaimedMail;
    readonly dropped: readonly number[];
    readonly refused: readonly number[];
    readonly code: string;
  },
): Promise<void> => {
  const { mail, dropped, refused, code } = given;
  const { id, contacts, customers } = mail.parcel;
  await outbox.addExceptions(
    refused.map((index) => ({
      mail: id,
      index,
      contact: contacts[index] ?? "",
      customer: customers[index] ?? "",
      code,
      sent: false,
    })),
  );
  await outbox.cutMail(mail, { dropped, refused: [...mail.refused, ...refused] });
};

/** Places of a parcel that are neither dropped nor refused. */
export const remaining = ({ parcel, refused }: ClaimedMail, dropped: readonly number[]): readonly number[] => {
  const left = new Set([...dropped, ...refused]);
  return [...parcel.addresses.keys()].filter((index) => !left.has(index));
};

const droppedOf = async (
  deps: SendDeps,
  { ref, level }: OpenBroadcast,
  incident: Incident,
  { parcel }: ClaimedMail,
): Promise<readonly number[]> => {
  const [list, isSuperseded] = await Promise.all([
    deps.suppressions.among("email", parcel.addresses),
    deps.superseded(incident, ref.notice, "email"),
  ]);
  const isDropped = (address: string, index: number): boolean =>
    (list.size > 0 && isSuppressed(list.get(address.toLowerCase()), level)) ||
    isSuperseded(parcel.contacts[index] ?? "");
  return parcel.addresses.flatMap((address, index) => (isDropped(address, index) ? [index] : []));
};

/** Words are the same for all parcels of a group, so they are read once. */
const createContents = ({ outbox }: SendDeps): ((id: string) => Promise<MailContent>) => {
  const known = new Map<string, MailContent>();
  return async (id) => {
    const content = known.get(id) ?? (await outbox.content(id));
    if (content === null) throw new Error("A message has lost its words.");
    known.set(id, content);
    for (const oldest of known.keys()) {
      if (known.size <= REMEMBERED_CONTENTS) break;
      known.delete(oldest);
    }
    return content;
  };
};
