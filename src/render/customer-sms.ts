import { groupMessage } from "../chat/messages/customer-message.js";

type Source = Parameters<typeof groupMessage>[0];
type Group = Parameters<typeof groupMessage>[1];

/** The SMS of a message for a group of readers, the same for all of them; null where it does not go by SMS. */
export function customerSms(source: Source, group: Group): string | null {
  return groupMessage(source, group, NOBODY).sms;
}

// An SMS names nobody: 160 characters have no room for it.
const NOBODY = { name: "-", customerName: "-" };
