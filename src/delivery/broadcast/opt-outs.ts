import type { Suppressions } from "../../ports/suppressions.js";

/** What a customer's own SMS may ask for: to be left alone, or to be told again (requirements 3.6). */
export type OptOuts = { stop(phone: string): Promise<void>; start(phone: string): Promise<void> };

/** Keeps opt-outs on the list of addresses that are left alone. */
export const createOptOuts = (suppressions: Suppressions): OptOuts => {
  const wish = (address: string) => ({ channel: "sms", address, reason: "opted_out" }) as const;
  return {
    stop: (phone) => suppressions.add([wish(phone)]),
    start: (phone) => suppressions.lift(wish(phone)),
  };
};
