// What the provider of e-mail tells afterwards: that it has a parcel, and for whom it came to nothing.
import type { MailException, MailParcel, Outbox } from "../../ports/outbox.js";
import type { SuppressionReason, Suppressions } from "../../ports/suppressions.js";

/** One event; `failure` is null when it only shows that the provider has the parcel. */
export type MailEvent = {
  readonly token: string;
  readonly index: number | null;
  readonly failure: string | null;
  readonly suppress: SuppressionReason | null;
};

/** Takes events; the same ones may come again and in any order. */
export type TakeMailEvents = (events: readonly MailEvent[]) => Promise<void>;

/** Creates what takes events. */
export const createTakeMailEvents =
  (outbox: Pick<Outbox, "proveMails" | "mailsByToken" | "addExceptions">, suppressions: Suppressions): TakeMailEvents =>
  async (events) => {
    const tokens = [...new Set(events.map(({ token }) => token))];
    if (tokens.length === 0) return;
    await outbox.proveMails(tokens);
    const told = events.filter(({ failure, suppress }) => failure !== null || suppress !== null);
    if (told.length === 0) return;
    const parcels = await outbox.mailsByToken([...new Set(told.map(({ token }) => token))]);
    const byToken = new Map(parcels.map((parcel) => [parcel.token, parcel]));
    const known = told.flatMap((event) => placed(byToken.get(event.token), event));
    await suppressions.add(
      known.flatMap(({ address, suppress }) =>
        suppress === null ? [] : [{ channel: "email" as const, address, reason: suppress }],
      ),
    );
    await outbox.addExceptions(known.flatMap(({ exception }) => exception));
  };

/** The address is our own record's: an event names a place in a parcel, and nothing that it says of people is believed. */
const placed = (
  parcel: MailParcel | undefined,
  { index, failure, suppress }: MailEvent,
): { address: string; suppress: SuppressionReason | null; exception: readonly MailException[] }[] => {
  const address = parcel?.addresses[index ?? -1];
  if (parcel === undefined || index === null || address === undefined) return [];
  const { id: mail, contacts, customers } = parcel;
  const [contact = "", customer = ""] = [contacts[index], customers[index]];
  const exception = failure === null ? [] : [{ mail, index, contact, customer, code: failure, sent: true }];
  return [{ address, suppress, exception }];
};
