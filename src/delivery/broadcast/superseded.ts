// Invariant I4: what has not begun is dropped once a newer notice goes to the same contact on the same channel.
import type { CustomerChannel } from "../../domain/customers/contact.js";
import type { Incident } from "../../domain/incident/incident.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";
import type { Contacts } from "../../ports/contacts.js";
import { noticeChannels } from "./audience.js";
import { newerNotices } from "./incident-reading.js";

/** Contacts whom newer notices of the incident reach on a channel. */
export type Superseded = (
  incident: Incident,
  notice: number,
  channel: CustomerChannel,
) => Promise<(contact: string) => boolean>;

type Reached = Readonly<Record<CustomerChannel, ReadonlySet<string>>>;

const REMEMBERED = 4;
const NOBODY = (): boolean => false;

/** Creates the stage; audiences of newer notices are remembered, because each parcel asks anew. */
export const createSuperseded = (deps: {
  readonly contacts: Pick<Contacts, "of">;
  readonly catalogueOf: (notice: CustomerNotice) => MessageCatalogue;
  readonly channels: readonly CustomerChannel[];
}): Superseded => {
  const { contacts, catalogueOf, channels } = deps;
  const remembered = new Map<string, Promise<Reached>>();

  const walk = async (notice: CustomerNotice): Promise<Reached> => {
    const reached = { email: new Set<string>(), sms: new Set<string>() };
    const question = { notice, catalogue: catalogueOf(notice), channels };
    for await (const page of contacts.of(notice.customers))
      for (const contact of page)
        for (const channel of noticeChannels(contact, question)) reached[channel].add(contact.id);
    return reached;
  };
  const reachedBy = (incident: Incident, notice: CustomerNotice): Promise<Reached> => {
    const key = `${incident.id}:${notice.number}`;
    const known = remembered.get(key);
    if (known !== undefined) return known;
    const walked = walk(notice);
    walked.catch(() => remembered.delete(key));
    remembered.set(key, walked);
    for (const oldest of remembered.keys()) {
      if (remembered.size <= REMEMBERED) break;
      remembered.delete(oldest);
    }
    return walked;
  };

  return async (incident, number, channel) => {
    const newer = newerNotices(incident, number);
    if (newer.length === 0) return NOBODY;
    const reached = await Promise.all(newer.map((notice) => reachedBy(incident, notice)));
    return (contact) => reached.some((one) => one[channel].has(contact));
  };
};
