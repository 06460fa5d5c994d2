// What Twilio says of an account, asked once.
import type { TwilioLineOptions } from "./line-options.js";
import { outcomeOf } from "./outcome.js";
import { openVendorClient } from "./vendor-client.js";

/** The state of the account, or why Twilio did not say; `refused` when the account was not accepted. */
export type AccountFinding =
  | { readonly ok: true; readonly status: AccountStatus; readonly trial: boolean }
  | { readonly ok: false; readonly refused: boolean; readonly code: string };

/** What Twilio calls the state of an account; unknown for a word of which nothing is documented. */
export type AccountStatus = "active" | "suspended" | "closed" | "unknown";

const STATUSES: readonly string[] = ["active", "suspended", "closed"];
const isStatus = (status: string): status is AccountStatus => STATUSES.includes(status);

/** Asks Twilio for the account that is configured. */
export async function examineTwilioAccount(asked: Omit<TwilioLineOptions, "sockets">): Promise<AccountFinding> {
  const { client, close } = openVendorClient({ ...asked, sockets: 1 });
  try {
    const { status, type } = await client.api.v2010.accounts(asked.accountSid).fetch();
    return { ok: true, status: isStatus(status) ? status : "unknown", trial: type === "Trial" };
  } catch (error) {
    const outcome = outcomeOf(error);
    const code = "code" in outcome ? outcome.code : "twilio_unreadable";
    return { ok: false, refused: outcome.kind === "operator", code };
  } finally {
    close();
  }
}
