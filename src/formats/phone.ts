// Phone numbers as people write them, judged by the numbering plans: only a mobile number gets an SMS, and numbers of
// countries that the company does not serve are how toll fraud begins.
import { isSupportedCountry, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { z } from "zod";
import type { Problem } from "./file-problem.js";
import { problemIssue } from "./file-schema.js";

/** Countries whose mobile numbers are accepted where a file does not say otherwise. */
export const PHONE_COUNTRIES: readonly string[] = ["BR", "PT", "ES", "MX", "AR", "CL", "CO", "UY", "PY", "US"];

/** The list of countries in a file, as ISO codes. */
export const phoneCountriesSchema = z
  .array(z.string().refine((code): boolean => isSupportedCountry(code), { error: "BR, PT, ES" }))
  .min(1)
  .max(250);

/** A number in E.164, or what is wrong with it. */
export type PhoneReading =
  | { readonly ok: true; readonly phone: string }
  | { readonly ok: false; readonly code: PhoneProblemCode; readonly values: Problem["values"] };

type PhoneProblemCode = "phone-country" | "phone-invalid" | "phone-not-mobile";

/** Reads a mobile number; without a country code it is a Brazilian one. */
export function readPhone(typed: string, countries: readonly string[]): PhoneReading {
  const refused = (code: PhoneProblemCode, values: Problem["values"] = {}): PhoneReading => ({
    ok: false,
    code,
    values: { received: typed, ...values },
  });
  // Otherwise the library finds numbers inside any text.
  const found = parsePhoneNumberFromString(typed.trim(), { defaultCountry: "BR", extract: false });
  if (found === undefined || !found.isValid() || found.ext !== undefined) return refused("phone-invalid");
  const type = found.getType();
  // Several plans give both kinds of line the same numbers.
  if (type !== "MOBILE" && type !== "FIXED_LINE_OR_MOBILE") return refused("phone-not-mobile");
  const country = found.country ?? `+${found.countryCallingCode}`;
  if (!countries.includes(country)) return refused("phone-country", { country, allowed: countries.join(", ") });
  return { ok: true, phone: found.number };
}

/** A field that holds a mobile number; its value is E.164. */
export function phoneSchema(countries: readonly string[]) {
  return z.string().transform((typed, context) => {
    const reading = readPhone(typed, countries);
    if (reading.ok) return reading.phone;
    context.addIssue(problemIssue(reading.code, reading.values));
    return z.NEVER;
  });
}
