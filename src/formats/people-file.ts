// The people of the company and who is on duty for what, as a file that people edit.
import { z } from "zod";
import type { Person } from "../domain/oncall/person.js";
import type { Assignment, OnCallRoster, RoleAssignments } from "../domain/oncall/who-is-on.js";
import type { Role } from "../domain/policy/policy.js";
import { isKnownZone } from "../domain/policy/validate-calendar.js";
import { concealPersonalData, type PersonalData } from "./conceal-personal-data.js";
import { dateOrInstantSchema, periodEnd, periodStart } from "./file-instant.js";
import type { Parsed, Problem, ProblemLanguage } from "./file-problem.js";
import { refuseFile } from "./file-problem-words.js";
import type { Row } from "./file-rows.js";
import { checkRows, findDuplicates } from "./file-rows.js";
import { checkShape, idSchema, textSchema } from "./file-schema.js";
import { readFileText } from "./file-text.js";
import { PHONE_COUNTRIES, phoneCountriesSchema, phoneSchema } from "./phone.js";
import { roleSchema } from "./policy-schema.js";

/** What a people file says. */
export type PeopleFile = { readonly people: readonly Person[]; readonly roster: OnCallRoster };

/** What the reader of a people file knows from elsewhere. */
export type PeopleFileContext = {
  /** Zone in which plain dates of the roster are read. */
  readonly zone: string;
  /** Ids of the services that the roster may name; left out when no list of services exists. */
  readonly serviceIds?: readonly string[];
  readonly language?: ProblemLanguage;
  /** Concealed unless it is said to be shown. */
  readonly personal?: PersonalData;
};

const OTHER_ROLES = ["support-agent", "data-protection-officer", "policy-owner", "auditor"] as const;

const personSchema = (countries: readonly string[]) =>
  z.strictObject({
    id: idSchema,
    name: textSchema,
    email: z.email({ error: "ana.souza@example.com" }),
    chat: z.strictObject({ slack: textSchema.exactOptional(), teams: textSchema.exactOptional() }).default({}),
    phone: phoneSchema(countries).exactOptional(),
    language: z.enum(["pt-BR", "en"]).exactOptional(),
    zone: z.string().refine(isKnownZone, { error: "America/Sao_Paulo" }).exactOptional(),
    admin: z.boolean().exactOptional(),
    roles: z.array(z.enum([...roleSchema.options, ...OTHER_ROLES])).exactOptional(),
  });

const periodSchema = z.strictObject({
  person: idSchema,
  from: dateOrInstantSchema.exactOptional(),
  until: dateOrInstantSchema.exactOptional(),
});
const assignmentSchema = z.union([idSchema, periodSchema], {
  error: "ana-souza, {person: ana-souza, from: 2026-12-01, until: 2026-12-31}",
});
const assignmentsSchema = z.partialRecord(roleSchema, z.array(assignmentSchema).max(100));
const rosterSchema = z.strictObject({
  default: assignmentsSchema.default({}),
  services: z.record(idSchema, assignmentsSchema).default({}),
});
const fileSchema = z.strictObject({
  people: z.array(z.unknown()),
  roster: rosterSchema.default({ default: {}, services: {} }),
  phoneCountries: phoneCountriesSchema.default([...PHONE_COUNTRIES]),
});

type FileAssignments = z.output<typeof assignmentsSchema>;

/** Reads a people file; what a person's roles say stands as the default assignment of each role that the roster leaves out. */
export function parsePeopleFile(text: string, context: PeopleFileContext): Parsed<PeopleFile> {
  const language = context.language ?? "pt-BR";
  const read = readFileText(text);
  if ("problems" in read) return refuseFile(read.problems, language);
  const file = checkShape(fileSchema, read.value);
  const {
    rows,
    ids,
    problems: bad,
  } = checkRows(
    personSchema("problems" in file ? PHONE_COUNTRIES : file.value.phoneCountries),
    peopleOf(read.value),
    "people",
  );
  const problems = [...("problems" in file ? file.problems : []), ...bad, ...duplicates(rows)];
  const refuse = () => refuseFile(concealPersonalData(problems, context.personal), language);
  if ("problems" in file) return refuse();
  problems.push(...rosterProblems(file.value.roster, ids, context));
  if (problems.length > 0) return refuse();
  const people = rows.map(({ value }) => value);
  return { ok: true, value: { people, roster: rosterOf(file.value.roster, people, context.zone) } };
}

function peopleOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null || !("people" in value)) return [];
  return Array.isArray(value.people) ? value.people : [];
}

function duplicates(rows: readonly Row<Person>[]): Problem[] {
  return [
    ...findDuplicates(rows, "people", "id", ({ id }) => id),
    ...findDuplicates(rows, "people", "email", ({ email }) => email.toLowerCase()),
    ...findDuplicates(rows, "people", "chat.slack", ({ chat }) => chat.slack ?? null),
    ...findDuplicates(rows, "people", "chat.teams", ({ chat }) => chat.teams ?? null),
  ];
}

function rosterProblems(
  roster: z.output<typeof rosterSchema>,
  ids: ReadonlySet<string>,
  { serviceIds, zone }: PeopleFileContext,
): Problem[] {
  const problems = assignmentProblems(roster.default, "roster.default", ids, zone);
  for (const [serviceId, assignments] of Object.entries(roster.services)) {
    const path = `roster.services.${serviceId}`;
    if (serviceIds !== undefined && !serviceIds.includes(serviceId)) {
      problems.push({ path, code: "unknown-service", values: { received: serviceId } });
    }
    problems.push(...assignmentProblems(assignments, path, ids, zone));
  }
  return problems;
}

function assignmentProblems(
  assignments: FileAssignments,
  path: string,
  ids: ReadonlySet<string>,
  zone: string,
): Problem[] {
  return Object.entries(assignments).flatMap(([role, list]) =>
    list.flatMap((entry, index): Problem[] => {
      const at = `${path}.${role}.${index}`;
      const { personId, from, until } = assignmentOf(entry, zone);
      if (!ids.has(personId)) return [{ path: at, code: "unknown-person", values: { received: personId } }];
      if (from === undefined || until === undefined || from < until) return [];
      const values = { start: from.toISOString(), end: until.toISOString() };
      return [{ path: `${at}.until`, code: "ends-before-start", values }];
    }),
  );
}

function rosterOf(roster: z.output<typeof rosterSchema>, people: readonly Person[], zone: string): OnCallRoster {
  const standing: Partial<Record<Role, Assignment[]>> = {};
  for (const { id, roles = [] } of people) {
    for (const role of roleSchema.options.filter((option) => roles.includes(option))) {
      standing[role] = [...(standing[role] ?? []), { personId: id }];
    }
  }
  const services = Object.entries(roster.services).map(([id, assignments]) => [id, assignmentsOf(assignments, zone)]);
  return {
    default: { ...standing, ...assignmentsOf(roster.default, zone) },
    services: Object.fromEntries(services),
  };
}

function assignmentsOf(assignments: FileAssignments, zone: string): RoleAssignments {
  const entries = Object.entries(assignments).map(([role, list]) => [
    role,
    list.map((entry) => assignmentOf(entry, zone)),
  ]);
  return Object.fromEntries(entries);
}

function assignmentOf(entry: z.output<typeof assignmentSchema>, zone: string): Assignment {
  if (typeof entry === "string") return { personId: entry };
  return {
    personId: entry.person,
    ...(entry.from === undefined ? {} : { from: periodStart(entry.from, zone) }),
    ...(entry.until === undefined ? {} : { until: periodEnd(entry.until, zone) }),
  };
}
