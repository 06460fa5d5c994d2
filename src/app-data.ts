// What the company provides as files: its policy, its people, its customers. All problems are reported at once.
import { readFile } from "node:fs/promises";
import type { Config } from "./config/config.js";
import { businessCalendarOf } from "./domain/policy/business-calendar-of.js";
import type { Policy } from "./domain/policy/policy.js";
import { type CustomersFile, parseCustomersFile } from "./formats/customers-file.js";
import type { FileProblem, Parsed } from "./formats/file-problem.js";
import { type PeopleFile, parsePeopleFile } from "./formats/people-file.js";
import { cuboSuitePolicyV1 } from "./formats/policies/cubo-suite-v1.js";
import { parsePolicyFile } from "./formats/policy-file.js";

/** The company's data as read at start; null where no file is configured. */
export type CompanyData = {
  readonly policy: Policy;
  readonly people: PeopleFile | null;
  readonly customers: CustomersFile | null;
};

/** A file of the company that cannot be used. */
class BadFile extends Error {
  readonly path: string;
  readonly problems: readonly FileProblem[];
  constructor(path: string, problems: readonly FileProblem[]) {
    super(
      `${path} cannot be used:\n${problems.map((p) => `  ${p.path === "" ? "(file)" : p.path}: ${p.message} ${p.remedy}`).join("\n")}`,
    );
    this.name = "BadFile";
    this.path = path;
    this.problems = problems;
  }
}

const textOf = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new Error(
      `${path} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}). Check the path and its permissions.`,
    );
  }
};

const read = async <T>(path: string, parse: (text: string) => Parsed<T>): Promise<T> => {
  const parsed = parse(await textOf(path));
  if (!parsed.ok) throw new BadFile(path, parsed.problems);
  return parsed.value;
};

/** Reads the configured files. Throws BadFile with everything that is wrong in the first bad one. */
export const loadCompanyData = async ({
  policyFile,
  peopleFile,
  customersFile,
  org,
}: Pick<Config, "policyFile" | "peopleFile" | "customersFile" | "org">): Promise<CompanyData> => {
  const { language } = org;
  const policy =
    policyFile === null ? cuboSuitePolicyV1 : await read(policyFile, (text) => parsePolicyFile(text, language));
  const customers =
    customersFile === null ? null : await read(customersFile, (text) => parseCustomersFile(text, { policy, language }));
  const known = customers === null ? {} : { serviceIds: customers.services.map((service) => service.id) };
  const { zone } = businessCalendarOf(policy);
  const people =
    peopleFile === null ? null : await read(peopleFile, (text) => parsePeopleFile(text, { language, zone, ...known }));
  return { policy, people, customers };
};
