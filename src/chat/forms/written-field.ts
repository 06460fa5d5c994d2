import type { CustomerLanguage } from "../../domain/customers/customer.js";
import type { WrittenSlot } from "../../domain/notices/customer-notice.js";

/** The field in which a slot is written in a language. */
export function writtenField(slot: WrittenSlot, language: CustomerLanguage): string {
  return `${slot}.${language}`;
}
