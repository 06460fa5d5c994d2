// The form of a request, read with Twilio's refusals.
import type { Account } from "./account.js";
import { isWebhookUrl } from "./callback-line.js";
import { kindOfNumber, tidyNumber } from "./phone-numbers.js";
import { notOffered, TwilioRefusal } from "./refusal.js";

/** A form field, or undefined when it is absent or empty. */
export function field(form: URLSearchParams, name: string): string | undefined {
  return form.get(name) || undefined;
}

/** Refuses the first field that the stand-in does not understand. */
export function refuseFields(form: URLSearchParams, names: readonly string[]): void {
  const unknown = names.find((name) => field(form, name) !== undefined);
  if (unknown) throw notOffered(unknown);
}

/** Reads the number of the person, whom Twilio can reach. */
export function readTo(account: Account, form: URLSearchParams, missing: () => TwilioRefusal): string {
  const to = field(form, "To");
  if (!to) throw missing();
  const number = tidyNumber(to);
  if (kindOfNumber(number) === "invalid") throw new TwilioRefusal(21_211, `Invalid 'To' Phone Number: ${masked(to)}`);
  if (account.numbers.has(number) && number === tidyNumber(field(form, "From") ?? ""))
    throw new TwilioRefusal(21_266, "'To' and 'From' number cannot be the same");
  return number;
}

/** Reads an address for callbacks. */
export function readCallback(form: URLSearchParams, name: string, code = 21_609): string | undefined {
  const url = field(form, name);
  if (url !== undefined && !isWebhookUrl(url))
    throw new TwilioRefusal(code, `The '${name}' URL ${url} is not a valid URL.`);
  return url;
}

/** Says whether the account may reach the region of a number. */
export function regionAllowed(account: Account, number: string): boolean {
  return account.regions.some((prefix) => number.startsWith(prefix));
}

/** A number as Twilio shows it in an error, with the last four digits hidden. */
function masked(number: string): string {
  return number.length > 4 ? `${number.slice(0, -4)}XXXX` : number;
}
