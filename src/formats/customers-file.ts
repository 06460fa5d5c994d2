// Services, customers, their contracts and their contacts, as a file that people edit.
import type { Contract, Customer, Service } from "../domain/customers/customer.js";
import { termsFor } from "../domain/customers/terms-for.js";
import { businessCalendarOf } from "../domain/policy/business-calendar-of.js";
import type { Policy } from "../domain/policy/policy.js";
import { LEVELS } from "../domain/policy/policy.js";
import { validateCalendar } from "../domain/policy/validate-calendar.js";
import { concealPersonalData, type PersonalData } from "./conceal-personal-data.js";
import type { FileContact } from "./contacts-schema.js";
import { checkFileContacts } from "./customers-contacts.js";
import type { ContractRow } from "./customers-schema.js";
import { contractSchema, customerSchema, customersFileSchema, serviceSchema } from "./customers-schema.js";
import { periodEnd, periodStart } from "./file-instant.js";
import type { Parsed, Problem, ProblemLanguage } from "./file-problem.js";
import { refuseFile } from "./file-problem-words.js";
import type { Row, Rows } from "./file-rows.js";
import { checkRows, findDuplicates } from "./file-rows.js";
import { checkShape } from "./file-schema.js";
import { readFileText } from "./file-text.js";
import { PHONE_COUNTRIES } from "./phone.js";

/** What a customers file says. */
export type CustomersFile = {
  readonly services: readonly Service[];
  readonly customers: readonly Customer[];
  readonly contracts: readonly Contract[];
  readonly contacts: readonly FileContact[];
  /** Countries whose mobile numbers the company accepts. */
  readonly phoneCountries: readonly string[];
};

/** What the reader of a customers file knows from elsewhere: the policy has the tiers, the calendars and the zone. */
export type CustomersFileContext = {
  readonly policy: Policy;
  readonly language?: ProblemLanguage;
  /** Concealed unless it is said to be shown. */
  readonly personal?: PersonalData;
};

/** Reads a customers file; plain dates of contracts are days in the customer's zone, the last one included. */
export function parseCustomersFile(text: string, context: CustomersFileContext): Parsed<CustomersFile> {
  const language = context.language ?? "pt-BR";
  const read = readFileText(text);
  if ("problems" in read) return refuseFile(read.problems, language);
  const file = checkShape(customersFileSchema, read.value);
  const services = checkRows(serviceSchema, listOf(read.value, "services"), "services");
  const customers = checkRows(customerSchema, listOf(read.value, "customers"), "customers");
  const contracts = checkRows(contractSchema, listOf(read.value, "contracts"), "contracts");
  const terms = contracts.rows.map(({ index, value }) => ({
    index,
    value: contractOf(value, customers, context.policy),
  }));
  const countries = "problems" in file ? PHONE_COUNTRIES : file.value.phoneCountries;
  const contacts = checkFileContacts({
    customers: listOf(read.value, "customers"),
    contacts: listOf(read.value, "contacts"),
    known: customers.ids,
    countries,
  });
  const problems = [
    ...("problems" in file ? file.problems : []),
    ...[services, customers, contracts].flatMap((rows) => rows.problems),
    ...findDuplicates(services.rows, "services", "id", ({ id }) => id),
    ...findDuplicates(customers.rows, "customers", "id", ({ id }) => id),
    ...findDuplicates(contracts.rows, "contracts", "version", ({ id, version }) => `${id} v${version}`),
    ...serviceReferences(customers.rows, services.ids),
    ...terms.flatMap((row) => contractProblems(row, customers.ids, context.policy)),
    ...contacts.problems,
  ];
  if (problems.length > 0) return refuseFile(concealPersonalData(problems, context.personal), language);
  const value = {
    services: services.rows.map((row) => row.value),
    customers: customers.rows.map((row) => row.value),
    contracts: terms.map((row) => row.value),
    contacts: contacts.contacts.map(({ contact }) => contact),
    phoneCountries: countries,
  };
  return { ok: true, value };
}

type ListName = "services" | "customers" | "contracts" | "contacts";

function listOf(value: unknown, name: ListName): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const list: unknown = Object.entries(value).find(([key]) => key === name)?.[1];
  return Array.isArray(list) ? list : [];
}

function serviceReferences(customers: readonly Row<Customer>[], known: ReadonlySet<string>): Problem[] {
  return customers.flatMap(({ index, value }) =>
    value.services.flatMap((service, place): Problem[] => {
      if (known.has(service)) return [];
      const path = `customers.${index}.services.${place}`;
      return [{ path, code: "unknown-service", values: { received: service } }];
    }),
  );
}

function contractOf(row: ContractRow, customers: Rows<Customer>, policy: Policy): Contract {
  const customer = customers.rows.find(({ value }) => value.id === row.customer)?.value;
  const zone = customer?.zone ?? businessCalendarOf(policy).zone;
  const { customer: customerId, validFrom, validTo, pauseOnThirdParty, ...rest } = row;
  return {
    ...rest,
    customerId,
    validFrom: periodStart(validFrom, zone),
    validTo: validTo === null ? null : periodEnd(validTo, zone),
    pauseOnThirdParty,
  };
}

function contractProblems(
  { index, value: contract }: Row<Contract>,
  customerIds: ReadonlySet<string>,
  policy: Policy,
): Problem[] {
  const path = `contracts.${index}`;
  const problems: Problem[] = [];
  if (!customerIds.has(contract.customerId)) {
    problems.push({ path: `${path}.customer`, code: "unknown-customer", values: { received: contract.customerId } });
  }
  if (!Object.hasOwn(policy.tiers, contract.tier)) {
    const values = { received: contract.tier, known: Object.keys(policy.tiers).join(", ") };
    problems.push({ path: `${path}.tier`, code: "unknown-tier", values });
  }
  if (contract.validTo !== null && contract.validTo <= contract.validFrom) {
    const values = { start: contract.validFrom.toISOString(), end: contract.validTo.toISOString() };
    problems.push({ path: `${path}.validTo`, code: "ends-before-start", values });
  }
  problems.push(...calendarProblems(contract, path, policy));
  return problems.length > 0 ? problems : targetProblems(contract, path, policy);
}

function calendarProblems({ calendar }: Contract, path: string, policy: Policy): Problem[] {
  if (calendar === undefined || calendar === "24x7") return [];
  if (typeof calendar !== "string") return validateCalendar(calendar, `${path}.calendar`);
  if (Object.hasOwn(policy.calendars, calendar)) return [];
  const values = { received: calendar, known: Object.keys(policy.calendars).join(", ") };
  return [{ path: `${path}.calendar`, code: "unknown-calendar", values }];
}

/** A contract's own cells can contradict the cells that stay with the tier, so the resolved terms are judged. */
function targetProblems(contract: Contract, path: string, policy: Policy): Problem[] {
  const { targets } = termsFor({ id: contract.customerId }, [contract], policy, contract.validFrom);
  return LEVELS.flatMap((level): Problem[] => {
    const { response, resolution } = targets[level];
    if (response.counted !== resolution.counted || response.minutes <= resolution.minutes) return [];
    const values = { response: response.minutes, resolution: resolution.minutes };
    return [{ path: `${path}.targets.${level}`, code: "response-after-resolution", values }];
  });
}
