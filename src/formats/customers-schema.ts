// The shape of the rows of a customers file.
import { z } from "zod";
import type { Customer } from "../domain/customers/customer.js";
import { isKnownZone } from "../domain/policy/validate-calendar.js";
import { dateOrInstantSchema } from "./file-instant.js";
import { calendarSchema, countedSchema, idSchema, minutesSchema, textSchema } from "./file-schema.js";
import { PHONE_COUNTRIES, phoneCountriesSchema } from "./phone.js";

/** The lists of the file; their rows are judged one by one. */
export const customersFileSchema = z.strictObject({
  services: z.array(z.unknown()),
  customers: z.array(z.unknown()),
  contracts: z.array(z.unknown()).default([]),
  contacts: z.array(z.unknown()).default([]),
  phoneCountries: phoneCountriesSchema.default([...PHONE_COUNTRIES]),
});

/** A service. */
export const serviceSchema = z.strictObject({
  id: idSchema,
  name: textSchema,
  aliases: z.array(textSchema).max(50).exactOptional(),
});

/** A customer; the contacts that stand under it are judged one by one elsewhere. */
export const customerSchema = z
  .strictObject({
    id: idSchema,
    name: textSchema,
    language: z.enum(["pt-BR", "en", "es"]).exactOptional(),
    zone: z.string().refine(isKnownZone, { error: "America/Sao_Paulo" }).exactOptional(),
    services: z.array(textSchema).max(1_000),
    contacts: z.array(z.unknown()).exactOptional(),
  })
  .transform(({ contacts: _contacts, ...customer }): Customer => customer);

const overrideSchema = z.strictObject({ minutes: minutesSchema, counted: countedSchema.exactOptional() });
const levelOverrideSchema = z.strictObject({
  response: overrideSchema.exactOptional(),
  resolution: overrideSchema.exactOptional(),
});

/** A version of a contract. */
export const contractSchema = z.strictObject({
  id: idSchema,
  customer: textSchema,
  version: z.int().min(1).default(1),
  tier: textSchema,
  calendar: z
    .union([textSchema, calendarSchema], { error: "24x7, BR-COMERCIAL, {zone: America/Manaus, ...}" })
    .exactOptional(),
  targets: z
    .strictObject({
      1: levelOverrideSchema.exactOptional(),
      2: levelOverrideSchema.exactOptional(),
      3: levelOverrideSchema.exactOptional(),
      4: levelOverrideSchema.exactOptional(),
    })
    .exactOptional(),
  validFrom: dateOrInstantSchema,
  validTo: dateOrInstantSchema.nullable().default(null),
  pauseOnThirdParty: z.boolean().default(false),
});

/** A contract as the file writes it. */
export type ContractRow = z.output<typeof contractSchema>;
