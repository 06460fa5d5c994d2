// A scenario for the clock engine: JSON text in, a history of facts out, or every problem at once.
import type { z } from "zod";
import type { ClockFact, ClockHistory } from "../domain/clocks/clock-history.js";
import type { Policy } from "../domain/policy/policy.js";
import type { Parsed, Problem, ProblemLanguage } from "./file-problem.js";
import { refuseFile } from "./file-problem-words.js";
import { findDuplicates, type Row } from "./file-rows.js";
import { checkShape } from "./file-schema.js";
import { readFileText } from "./file-text.js";
import {
  customerSchema,
  eventSchemas,
  type ScenarioCustomer,
  type ScenarioEvent,
  type ScenarioEventType,
  scenarioSchema,
} from "./sla-scenario-schema.js";
import { meaningProblems, reachProblems, scenarioTerms } from "./sla-scenario-terms.js";

/** What a scenario says: the history and the instant up to which it is computed. */
export type SlaScenario = { readonly history: ClockHistory; readonly until: Date };

/** What the reader of a scenario knows from elsewhere. */
export type SlaScenarioContext = { readonly policy: Policy; readonly language?: ProblemLanguage };

/** Reads a scenario; the customers' tiers and calendars are those of the policy. */
export function parseSlaScenario(
  text: string,
  { policy, language = "pt-BR" }: SlaScenarioContext,
): Parsed<SlaScenario> {
  const read = readFileText(text);
  if ("problems" in read) return refuseFile(read.problems, language);
  const scenario = checkShape(scenarioSchema, read.value);
  const customers = readCustomers(listOf(read.value, "customers"), policy);
  const events = readEvents(listOf(read.value, "events"), policy);
  const problems = [
    ...("problems" in scenario ? scenario.problems : untilProblems(scenario.value)),
    ...customers.problems,
    ...events.problems,
  ];
  if ("problems" in scenario || problems.length > 0) return refuseFile(problems, language);
  const { incident, until } = scenario.value;
  const { declaredAt, detectedAt = declaredAt, level } = incident;
  const facts = events.values.map((event) => factOf(event, policy));
  const last = Math.max(declaredAt.getTime(), ...facts.map(({ at }) => at.getTime()));
  const affected = customers.values.map((customer) => scenarioTerms(customer, policy));
  const history = { level, detectedAt, declaredAt, customers: affected, facts };
  return { ok: true, value: { history, until: until ?? new Date(last) } };
}

/** Before its declaration nothing is known of an incident. */
function untilProblems({ incident: { declaredAt }, until }: z.output<typeof scenarioSchema>): Problem[] {
  if (until === undefined || until >= declaredAt) return [];
  const values = { start: declaredAt.toISOString(), end: until.toISOString() };
  return [{ path: "until", code: "ends-before-start", values }];
}

type Read<T> = { readonly values: readonly T[]; readonly problems: readonly Problem[] };

function readCustomers(list: readonly unknown[], policy: Policy): Read<ScenarioCustomer> {
  const rows: Row<ScenarioCustomer>[] = [];
  const problems: Problem[] = [];
  for (const [index, raw] of list.entries()) {
    const path = `customers.${index}`;
    const checked = checkShape(customerSchema, raw, ["customers", index]);
    const meaning = meaningProblems(raw, path, policy);
    problems.push(...("problems" in checked ? checked.problems : []), ...meaning);
    if ("value" in checked) {
      rows.push({ index, value: checked.value });
      if (meaning.length === 0) problems.push(...reachProblems(checked.value, path, policy));
    }
  }
  problems.push(...findDuplicates(rows, "customers", "id", ({ id }) => id));
  return { values: rows.map(({ value }) => value), problems };
}

function readEvents(list: readonly unknown[], policy: Policy): Read<ScenarioEvent> {
  const values: ScenarioEvent[] = [];
  const problems: Problem[] = [];
  for (const [index, raw] of list.entries()) {
    const checked = readEvent(raw, index);
    const meaning = customersWithin(raw, `events.${index}`).flatMap(({ value, path }) =>
      meaningProblems(value, path, policy),
    );
    problems.push(...("problems" in checked ? checked.problems : []), ...meaning);
    if (!("value" in checked)) continue;
    values.push(checked.value);
    if (meaning.length === 0) problems.push(...eventReach(checked.value, `events.${index}`, policy));
  }
  return { values, problems };
}

/** The type decides which fields an event has, so it is looked at first. */
function readEvent(
  raw: unknown,
  index: number,
): { readonly value: ScenarioEvent } | { readonly problems: readonly Problem[] } {
  const path = ["events", index];
  const type: unknown = typeof raw === "object" && raw !== null && "type" in raw ? raw.type : undefined;
  if (isEventType(type)) return checkShape<(typeof eventSchemas)[ScenarioEventType]>(eventSchemas[type], raw, path);
  if (typeof raw !== "object" || raw === null || Array.isArray(raw)) return checkShape(eventSchemas.taken, raw, path);
  if (type === undefined || type === null)
    return { problems: [{ path: `events.${index}.type`, code: "missing", values: {} }] };
  const values = { received: String(type), allowed: Object.keys(eventSchemas).join(", ") };
  return { problems: [{ path: `events.${index}.type`, code: "invalid-value", values }] };
}

function isEventType(type: unknown): type is ScenarioEventType {
  return typeof type === "string" && Object.hasOwn(eventSchemas, type);
}

/** The customers that an event brings in, whatever else is wrong with it. */
function customersWithin(raw: unknown, path: string): { readonly value: unknown; readonly path: string }[] {
  if (typeof raw !== "object" || raw === null || !("type" in raw)) return [];
  if (raw.type === "customer-added" && "customer" in raw) return [{ value: raw.customer, path: `${path}.customer` }];
  if (raw.type !== "merged" || !("customers" in raw) || !Array.isArray(raw.customers)) return [];
  return raw.customers.map((value: unknown, index) => ({ value, path: `${path}.customers.${index}` }));
}

function eventReach(event: ScenarioEvent, path: string, policy: Policy): Problem[] {
  if (event.type === "customer-added") return reachProblems(event.customer, `${path}.customer`, policy);
  if (event.type !== "merged") return [];
  return event.customers.flatMap((customer, index) => reachProblems(customer, `${path}.customers.${index}`, policy));
}

function factOf(event: ScenarioEvent, policy: Policy): ClockFact {
  const { at } = event;
  switch (event.type) {
    case "reclassified":
      return {
        kind: "reclassified",
        at,
        level: event.level,
        cause: event.cause,
        effectiveFrom: event.effectiveFrom ?? at,
      };
    case "paused":
      return { kind: "paused", at, reason: event.reason, customers: event.customers ?? null };
    case "resumed":
      return { kind: "resumed", at, customers: event.customers ?? null };
    case "customer-added":
      return { kind: "customer-added", at, customer: scenarioTerms(event.customer, policy) };
    case "customer-removed":
      return { kind: "customer-removed", at, id: event.id };
    case "merged":
      return { kind: "merged-in", at, customers: event.customers.map((customer) => scenarioTerms(customer, policy)) };
    default:
      return { kind: event.type, at };
  }
}

function listOf(value: unknown, name: "customers" | "events"): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  const list: unknown = (value as Readonly<Record<string, unknown>>)[name];
  return Array.isArray(list) ? list : [];
}
