// The plan of a notice: every recipient frozen, in rows that wait until the whole plan is written and chosen.

import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { BroadcastPlan, LeftOut, Outbox } from "../../ports/outbox.js";
import { customerSms } from "../../render/customer-sms.js";
import type { AllowList } from "./allow-list.js";
import { type AudienceQuestion, audienceOf, type ToldContact, type Way } from "./audience.js";
import type { MessageWords } from "./mail-words.js";
import { createParcelBuilder, type ParcelBuilder } from "./plan-parcels.js";
import { type CustomerCard, createReaderGroups, isRoundTheClock, type ReaderGroup } from "./readers.js";

/** What a plan is made from, besides the notice. */
export type PlanDeps = {
  readonly outbox: Outbox;
  readonly customer: (id: string) => CustomerCard | null;
  /** Whether an address may be written to at all in the present mode. */
  readonly isAllowed: AllowList;
  /** Opaque and unguessable, of letters and digits. */
  readonly token: () => string;
};

type Tally = { failed: number; dropped: number };
type Counts = { readonly email: Tally; readonly sms: Tally; readonly codes: Record<string, number> };

/** Plans a notice and makes the plan the notice's own; a notice that is planned already stays as it is. */
export const planBroadcast = async (
  {
    notice,
    snapshot,
    words,
    question,
  }: {
    readonly notice: CustomerNotice;
    readonly snapshot: IncidentSnapshot;
    readonly words: MessageWords;
    readonly question: AudienceQuestion;
  },
  deps: PlanDeps,
): Promise<void> => {
  const { outbox } = deps;
  const ref = { incidentId: snapshot.incident.id, notice: notice.number };
  if (await outbox.isPlanned(ref)) return;
  const plan = `${ref.incidentId}:${ref.notice}:${deps.token()}`;
  const counts: Counts = { email: { failed: 0, dropped: 0 }, sms: { failed: 0, dropped: 0 }, codes: {} };
  const builder = createParcelBuilder(plan, words, deps.token);
  const enter = createEntry({ builder, counts, words, deps, snapshot, told: await outbox.toldBefore(ref) });
  for await (const page of audienceOf(question)) {
    for (const told of page) enter(told);
    await addTo(outbox, ref, plan, builder, false);
  }
  await addTo(outbox, ref, plan, builder, true);
  const leftOut: Readonly<Record<"email" | "sms", LeftOut>> = { email: counts.email, sms: counts.sms };
  const { template, facts } = notice;
  const chosen: BroadcastPlan = { ref, plan, level: facts.level, template, leftOut, codes: counts.codes };
  await outbox.choose(chosen);
};

const addTo = async (
  outbox: Outbox,
  ref: BroadcastPlan["ref"],
  plan: string,
  builder: ParcelBuilder,
  everything: boolean,
): Promise<void> => {
  const parcels = builder.take(everything);
  if (parcels !== null && parcels.mails.length + parcels.texts.length > 0) await outbox.add(ref, plan, parcels);
};

type Entry = {
  readonly builder: ParcelBuilder;
  readonly counts: Counts;
  readonly words: MessageWords;
  readonly deps: PlanDeps;
  readonly snapshot: IncidentSnapshot;
  readonly told: ReadonlySet<string>;
};

const createEntry = ({ builder, counts, words, deps, snapshot, told }: Entry): ((one: ToldContact) => void) => {
  const bodyOf = smsBodies(words);
  const groupOf = createReaderGroups();
  const anyHour = new Set(snapshot.incident.customers.filter(isRoundTheClock).map(({ id }) => id));
  const addressOf = (way: Way, channel: "email" | "sms"): string | null => {
    if (way === null) return null;
    if ("code" in way) {
      counts[channel].failed += 1;
      counts.codes[way.code] = (counts.codes[way.code] ?? 0) + 1;
      return null;
    }
    if (deps.isAllowed(way.address)) return way.address;
    counts[channel].dropped += 1;
    return null;
  };

  return ({ contact, email, sms, spareAddress }) => {
    const { id, customerId, name } = contact;
    const card = deps.customer(customerId);
    const group = groupOf(contact, card, !told.has(id));
    const address = addressOf(email, "email");
    if (address !== null)
      builder.mail(group, { contact: id, customer: customerId, address }, name, card?.name ?? customerId);
    const phone = addressOf(sms, "sms");
    const body = phone === null ? null : bodyOf(group);
    if (phone === null || body === null) return;
    const isAnyHour = contact.wishes.anyHour === true || anyHour.has(customerId);
    const spare = spareAddress !== null && deps.isAllowed(spareAddress) ? spareAddress : null;
    const elseAddress = spare === null ? null : { address: spare, name };
    const quietZone = isAnyHour ? null : group.zone;
    builder.text({ contact: id, customer: customerId, phone, body, quietZone, elseAddress });
  };
};

/** The SMS names nobody, so one text serves a whole group. */
const smsBodies = (words: MessageWords): ((group: ReaderGroup) => string | null) => {
  const bodies = new Map<ReaderGroup, string | null>();
  return (group) => {
    let body = bodies.get(group);
    if (body === undefined) {
      body = customerSms(words, group);
      bodies.set(group, body);
    }
    return body;
  };
};
