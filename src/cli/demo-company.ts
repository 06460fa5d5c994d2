// The people and customers of the demonstration, read from the examples that a newcomer copies.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { businessCalendarOf } from "../domain/policy/business-calendar-of.js";
import { parseCustomersFile } from "../formats/customers-file.js";
import type { Parsed } from "../formats/file-problem.js";
import { parsePeopleFile } from "../formats/people-file.js";
import { cuboSuitePolicyV1 } from "../formats/policies/cubo-suite-v1.js";

/** A member of the staff. */
export type DemoMember = {
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly phone: string | null;
};

/** Somebody at a customer whom messages may reach. */
export type DemoContact = {
  readonly name: string;
  readonly language: string;
  readonly email: string | null;
  readonly phone: string | null;
};

/** A customer with its contacts. */
export type DemoCustomer = { readonly id: string; readonly name: string; readonly contacts: readonly DemoContact[] };

/** Everybody in the story. */
export type DemoCompany = { readonly staff: readonly DemoMember[]; readonly customers: readonly DemoCustomer[] };

/** Path of an example file. */
export const exampleFile = (name: string): string =>
  fileURLToPath(new URL(`../../docs/examples/${name}`, import.meta.url));

const fileOf = async <T>(name: string, parse: (text: string) => Parsed<T>): Promise<T> => {
  const parsed = parse(await readFile(exampleFile(name), "utf8"));
  if (parsed.ok) return parsed.value;
  throw new Error(parsed.problems.map(({ path, message }) => `${name} ${path}: ${message}`).join("\n"));
};

/** The first name as people type it after an @. */
export const handleOf = (name: string): string =>
  (name.split(" ")[0] ?? name).toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");

/** Reads the examples. */
export const readDemoCompany = async (): Promise<DemoCompany> => {
  const policy = cuboSuitePolicyV1;
  const { zone } = businessCalendarOf(policy);
  const { people } = await fileOf("people.yaml", (text) => parsePeopleFile(text, { zone }));
  const { customers, contacts } = await fileOf("customers.yaml", (text) => parseCustomersFile(text, { policy }));
  return {
    staff: people.map(({ name, email, phone }) => ({ handle: handleOf(name), name, email, phone: phone ?? null })),
    customers: customers.map((customer) => ({
      id: customer.id,
      name: customer.name,
      contacts: contacts
        .filter(({ customerId }) => customerId === customer.id)
        .map(({ name, email, phone, language }) => ({
          ...{ name, email, phone },
          language: language ?? customer.language ?? "pt-BR",
        })),
    })),
  };
};
