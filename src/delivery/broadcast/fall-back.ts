// The other channel: an e-mail that came to nothing becomes an SMS, an SMS an e-mail, once for each contact.
import type { Contact } from "../../domain/customers/contact.js";
import type { Incident } from "../../domain/incident/incident.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";
import type { Contacts } from "../../ports/contacts.js";
import type { Detour, MailContent, MailParcel, OpenBroadcast, Parcels, TextParcel } from "../../ports/outbox.js";
import { customerSms } from "../../render/customer-sms.js";
import { noticeChannels } from "./audience.js";
import type { IncidentOf } from "./incident-reading.js";
import { type MessageWords, mailWords } from "./mail-words.js";
import type { ReadMobile } from "./mobile-number.js";
import type { PlanDeps } from "./plan-broadcast.js";
import { isRoundTheClock, type ReaderGroup, readerOf } from "./readers.js";

const AT_ONCE = 200;

/** What falling back needs besides what a plan needs. */
export type FallBackDeps = PlanDeps & {
  readonly contacts: Pick<Contacts, "of">;
  readonly incidentOf: IncidentOf;
  readonly catalogueOf: (notice: CustomerNotice) => MessageCatalogue;
  readonly wordsOf: (incident: Incident, notice: CustomerNotice) => MessageWords;
  readonly mobileNumbers: () => Promise<ReadMobile>;
  readonly hasLine: Readonly<Record<"email" | "sms", boolean>>;
};

type Scene = {
  readonly incident: Incident;
  readonly notice: CustomerNotice;
  readonly words: MessageWords;
  readonly catalogue: MessageCatalogue;
  readonly told: ReadonlySet<string>;
};

/** Queues the other channel for those who have one; answers how many recipients it looked at. */
export type FallBack = (broadcast: OpenBroadcast) => Promise<number>;

/** Creates the fallback. */
export const createFallBack = (deps: FallBackDeps): FallBack => {
  const { outbox } = deps;
  return async ({ ref, plan }) => {
    const detours = await outbox.detours(plan, AT_ONCE);
    if (detours.length === 0) return 0;
    const incident = await deps.incidentOf(ref.incidentId);
    const notice = incident?.notices.find(({ number }) => number === ref.notice);
    if (incident === null || notice === undefined)
      throw new Error("A message belongs to an incident that is not there.");
    const words = deps.wordsOf(incident, notice);
    const told = await outbox.toldBefore(ref);
    const scene = { incident, notice, words, catalogue: deps.catalogueOf(notice), told };
    const contacts = await contactsOf(deps, detours);
    const toSms = await createToSms(deps, scene);
    const toMail = createToMail(deps, scene, plan);
    const parcels = detours.map((detour): Parcels => {
      const contact = contacts.get(detour.contact);
      if (contact === undefined) return NOTHING;
      return detour.from === "email" ? toSms(detour, contact) : toMail(detour, contact);
    });
    await outbox.add(ref, plan, {
      contents: parcels.flatMap(({ contents }) => contents),
      mails: parcels.flatMap(({ mails }) => mails),
      texts: parcels.flatMap(({ texts }) => texts),
    });
    for (const from of ["email", "sms"] as const) {
      const ids = detours.filter((detour) => detour.from === from).map(({ id }) => id);
      if (ids.length > 0) await outbox.endDetours(from, ids);
    }
    return detours.length;
  };
};

const NOTHING: Parcels = { contents: [], mails: [], texts: [] };

const contactsOf = async ({ contacts }: FallBackDeps, detours: readonly Detour[]): Promise<Map<string, Contact>> => {
  const wanted = new Set(detours.map(({ contact }) => contact));
  const found = new Map<string, Contact>();
  const customers = [...new Set(detours.map(({ customer }) => customer))];
  for await (const page of contacts.of(customers))
    for (const contact of page) if (wanted.has(contact.id)) found.set(contact.id, contact);
  return found;
};

const groupOf = ({ customer }: FallBackDeps, { told }: Scene, contact: Contact): ReaderGroup => ({
  ...readerOf(contact, customer(contact.customerId)),
  firstContact: !told.has(contact.id),
});

/** Levels that never use SMS do not use it now either, and who was told by SMS already is not told twice. */
const createToSms = async (deps: FallBackDeps, scene: Scene) => {
  const { notice, catalogue, words, incident } = scene;
  const readMobile = await deps.mobileNumbers();
  const isUsed = deps.hasLine.sms && catalogue.rules.sms[notice.facts.level] !== "never";
  const anyHour = new Set(incident.customers.filter(isRoundTheClock).map(({ id }) => id));
  return ({ id }: Detour, contact: Contact): Parcels => {
    const question = { notice, catalogue, channels: ["email", "sms"] as const };
    if (!isUsed || contact.phone === null || contact.wishes.sms === "never") return NOTHING;
    if (noticeChannels(contact, question).includes("sms")) return NOTHING;
    const read = readMobile(contact.phone);
    const group = groupOf(deps, scene, contact);
    const body = customerSms(words, group);
    if (!read.ok || body === null || !deps.isAllowed(read.phone)) return NOTHING;
    const text: TextParcel = {
      id: `${id}:sms`,
      token: deps.token(),
      contact: contact.id,
      customer: contact.customerId,
      phone: read.phone,
      body,
      quietZone: contact.wishes.anyHour === true || anyHour.has(contact.customerId) ? null : group.zone,
      elseAddress: null,
    };
    return { ...NOTHING, texts: [text] };
  };
};

const createToMail =
  (deps: FallBackDeps, scene: Scene, plan: string) =>
  (detour: Detour, contact: Contact): Parcels => {
    const spare = detour.from === "sms" ? detour.elseAddress : null;
    if (spare === null || !deps.hasLine.email) return NOTHING;
    const group = groupOf(deps, scene, contact);
    const { content: made, valuesFor } = mailWords(scene.words, group);
    const customerName = deps.customer(contact.customerId)?.name ?? contact.customerId;
    const content: MailContent = { id: `${plan}:else:${JSON.stringify(group)}`, ...made };
    const mail: MailParcel = {
      id: `${detour.id}:email`,
      token: deps.token(),
      contentId: content.id,
      contacts: [contact.id],
      customers: [contact.customerId],
      addresses: [spare.address],
      values: valuesFor({ name: spare.name, customerName }),
    };
    return { ...NOTHING, contents: [content], mails: [mail] };
  };
