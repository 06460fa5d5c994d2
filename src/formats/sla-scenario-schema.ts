// The shape of a scenario for the clock engine; its meaning is in sla-scenario.ts.
import { z } from "zod";
import { isRealDate } from "../domain/policy/validate-calendar.js";
import { calendarSchema, countedSchema, minutesSchema, textSchema } from "./file-schema.js";

const EARLIEST_YEAR = 2000;
const LATEST_YEAR = 2199;

/** An instant with its offset, in the years for which zones and holidays are known well enough. */
const instantSchema = z
  .string()
  .refine(isInstant, { error: `2026-11-23T10:00:00-03:00 (${EARLIEST_YEAR}-${LATEST_YEAR})` })
  .transform((text) => new Date(text));

const levelSchema = z.literal([1, 2, 3, 4]);

/** What is declared. */
const incidentSchema = z.strictObject({
  level: levelSchema,
  kind: z.enum(["real", "drill"]).default("real"),
  detectedAt: instantSchema.exactOptional(),
  declaredAt: instantSchema,
});

const overrideSchema = z.strictObject({ minutes: minutesSchema, counted: countedSchema.exactOptional() });
const levelOverrideSchema = z.strictObject({
  response: overrideSchema.exactOptional(),
  resolution: overrideSchema.exactOptional(),
});

const customerFields = {
  id: textSchema,
  tier: textSchema,
  affectedFrom: instantSchema.exactOptional(),
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
  pauseOnThirdParty: z.boolean().default(false),
};

/** A customer affected by the incident. */
export const customerSchema = z.strictObject(customerFields);

/** A customer that comes from another incident with its own start. */
const mergedCustomerSchema = z.strictObject({ ...customerFields, slaStartAt: instantSchema });

/** A customer of a scenario. */
export type ScenarioCustomer = z.output<typeof customerSchema> & { readonly slaStartAt?: Date };

/** Reasons are told to people; the engine does not judge them. */
const base = { at: instantSchema, reason: z.string().max(2_000).exactOptional() };
const idsSchema = z.array(textSchema).exactOptional();

/** The events by their type; customers inside them are judged apart, so that they are left open here. */
export const eventSchemas = {
  taken: z.strictObject({ ...base, type: z.literal("taken") }),
  reclassified: z.strictObject({
    ...base,
    type: z.literal("reclassified"),
    level: levelSchema,
    cause: z.enum(["corrected", "worsened", "lowered"]),
    effectiveFrom: instantSchema.exactOptional(),
  }),
  paused: z.strictObject({
    at: instantSchema,
    type: z.literal("paused"),
    reason: z.enum(["waiting-customer", "waiting-third-party"]),
    customers: idsSchema,
  }),
  resumed: z.strictObject({ ...base, type: z.literal("resumed"), customers: idsSchema }),
  mitigated: z.strictObject({ ...base, type: z.literal("mitigated") }),
  regressed: z.strictObject({ ...base, type: z.literal("regressed") }),
  resolved: z.strictObject({ ...base, type: z.literal("resolved") }),
  reopened: z.strictObject({ ...base, type: z.literal("reopened") }),
  "customer-added": z.strictObject({ ...base, type: z.literal("customer-added"), customer: customerSchema }),
  "customer-removed": z.strictObject({ ...base, type: z.literal("customer-removed"), id: textSchema }),
  merged: z.strictObject({ ...base, type: z.literal("merged"), customers: z.array(mergedCustomerSchema).min(1) }),
  cancelled: z.strictObject({ ...base, type: z.literal("cancelled") }),
} as const;

/** The types of events. */
export type ScenarioEventType = keyof typeof eventSchemas;

/** An event of a scenario. */
export type ScenarioEvent = z.output<(typeof eventSchemas)[ScenarioEventType]>;

/** The whole scenario; its lists are judged row by row. */
export const scenarioSchema = z.strictObject({
  incident: incidentSchema,
  customers: z.array(z.unknown()).max(1_000).default([]),
  events: z.array(z.unknown()).max(10_000).default([]),
  until: instantSchema.exactOptional(),
});

function isInstant(text: string): boolean {
  const shape = /^(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.exec(text);
  if (shape === null || !isRealDate(shape[1] ?? "")) return false;
  const year = new Date(text).getUTCFullYear();
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
}
