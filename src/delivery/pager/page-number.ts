// Numbers of the staff. The library is loaded when the first number is looked at: its tables cost 12 MB.

/** A number that a provider can be asked to reach; only a mobile one gets an SMS. */
export type PageNumber = { readonly phone: string; readonly mobile: boolean };

/** Reads a number; null when it is none. */
export type ReadNumber = (text: string) => PageNumber | null;

/** Loads the tables and gives the reader of numbers. */
export async function loadNumbers(): Promise<ReadNumber> {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  return (text) => {
    const number = parsePhoneNumberFromString(text, { defaultCountry: "BR", extract: false });
    if (number === undefined || !number.isValid()) return null;
    // Some countries do not tell mobile numbers from others; there the provider decides.
    const type = number.getType();
    return { phone: number.number, mobile: type === "MOBILE" || type === "FIXED_LINE_OR_MOBILE" };
  };
}

/** A number as a carrier gave it, with the ninth digit that mobiles of Brazil have and some carriers leave out. */
export const withNinthDigit = (phone: string): string => phone.replace(/^(\+55[1-9]{2})(?=[6-9]\d{7}$)/, "$&9");
