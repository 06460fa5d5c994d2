// The shape of a person at a customer, the same in a customers file and in a table of contacts.
import { z } from "zod";
import type { Contact, ContactRole } from "../domain/customers/contact.js";
import type { Level } from "../domain/policy/policy.js";
import { isKnownZone } from "../domain/policy/validate-calendar.js";
import { idSchema } from "./file-schema.js";
import { phoneSchema } from "./phone.js";

/** A contact as a file says it; without an id the address tells it from the customer's other contacts. */
export type FileContact = Omit<Contact, "id"> & { readonly id: string | null };

const ROLES = ["incident_primary", "technical", "executive", "dpo", "user"] as const satisfies readonly ContactRole[];

const LOCAL_PART = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*";
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]{0,61}[\\p{L}\\p{M}\\p{N}])?";
const ADDRESS = new RegExp(`^(?=.{3,254}$)(?=.{1,64}@)${LOCAL_PART}@${LABEL}(?:\\.${LABEL})+$`, "u");

/** An address that a message can be sent to; the domain may be an international one. */
const addressSchema = z
  .string()
  .transform((typed) => typed.normalize("NFC"))
  .pipe(z.string().regex(ADDRESS, { error: "contato@padaria-aurora.com.br" }));

// A name stands in the header of a mail: line breaks, control characters and direction overrides have no place there.
const nameSchema = z
  .string()
  .max(200)
  .regex(/\S/, { error: "empty" })
  .regex(/^[^\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]*$/u, { error: "Marina Alves" });

const levelSchema = z
  .union([z.int().min(1).max(4), z.string().regex(/^N[1-4]$/, { error: "N2" })], { error: "N2" })
  .transform((level) => Number(String(level).replace("N", "")) as Level);

/** A contact; `customer` is asked for where the contact does not stand under its customer. */
export function contactSchema(countries: readonly string[]) {
  return z
    .strictObject({
      id: idSchema.exactOptional(),
      name: nameSchema,
      email: addressSchema.exactOptional(),
      phone: phoneSchema(countries).exactOptional(),
      language: z.enum(["pt-BR", "en", "es"]).exactOptional(),
      zone: z.string().refine(isKnownZone, { error: "America/Sao_Paulo" }).exactOptional(),
      roles: z.array(z.enum(ROLES)).min(1).max(20),
      sms: z.enum(["never", "always"]).exactOptional(),
      upToLevel: levelSchema.exactOptional(),
      anyHour: z.boolean().exactOptional(),
    })
    .transform(toContact);
}

type Fields = {
  readonly id?: string;
  readonly name: string;
  readonly email?: string;
  readonly phone?: string;
  readonly roles: readonly ContactRole[];
} & Pick<Contact, "language" | "zone"> &
  Contact["wishes"];

function toContact({
  sms,
  upToLevel,
  anyHour,
  id,
  email,
  phone,
  roles,
  ...rest
}: Fields): Omit<FileContact, "customerId"> {
  return {
    ...rest,
    id: id ?? null,
    email: email ?? null,
    phone: phone ?? null,
    roles: ROLES.filter((role) => roles.includes(role)),
    wishes: {
      ...(sms === undefined ? {} : { sms }),
      ...(upToLevel === undefined ? {} : { upToLevel }),
      ...(anyHour === undefined ? {} : { anyHour }),
    },
  };
}
