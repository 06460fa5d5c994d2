// Which numbers may get an SMS. The library is loaded when the first number is looked at: its tables cost 12 MB.
import type { CountryCode } from "libphonenumber-js/max";

/** A number that may get an SMS, in E.164, or why it may not. */
export type MobileNumber =
  | { readonly ok: true; readonly phone: string }
  | { readonly ok: false; readonly code: string };

/**
 * Countries in which customers are told by SMS. Numbers elsewhere are refused: a list of contacts with numbers of
 * expensive destinations is the usual way to steal by SMS.
 */
const SMS_COUNTRIES: readonly CountryCode[] = ["BR", "PT", "ES", "MX", "AR", "CL", "CO", "UY", "PY", "US"];

const refused = (code: string): MobileNumber => ({ ok: false, code });

/** Judges numbers. */
export type ReadMobile = (text: string) => MobileNumber;

/** Loads the tables, which must be those with the types of numbers, and gives the judge. */
export const loadMobileNumbers = async (countries: readonly string[] = SMS_COUNTRIES): Promise<ReadMobile> => {
  const { parsePhoneNumberFromString } = await import("libphonenumber-js/max");
  return (text) => {
    const number = parsePhoneNumberFromString(text, { defaultCountry: "BR", extract: false });
    if (number === undefined || !number.isValid()) return refused("phone_invalid");
    if (number.country === undefined || !countries.includes(number.country)) return refused("phone_country");
    // Some countries do not tell mobile numbers from others; there the provider decides.
    const type = number.getType();
    if (type !== "MOBILE" && type !== "FIXED_LINE_OR_MOBILE") return refused("phone_landline");
    return { ok: true, phone: number.number };
  };
};
