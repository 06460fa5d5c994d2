// The shape of a policy file: what zod can judge without knowing what a policy means.
import { z } from "zod";
import { calendarSchema, countedSchema, idSchema, minutesSchema, staffTextSchema, textSchema } from "./file-schema.js";

/** Names of calendars and tiers; "24x7" and "custom" mean something else wherever a name may stand. */
const nameSchema = z.string().regex(/^(?!custom$)[A-Za-z][A-Za-z0-9_-]{0,39}$/, { error: "BR-COMERCIAL" });

const levelSchema = z.literal([1, 2, 3, 4]);
/** A role of the ladder. */
export const roleSchema = z.enum([
  "primary",
  "secondary",
  "responder",
  "incident-commander",
  "communications-lead",
  "support-owner",
  "on-call-lead",
  "engineering-manager",
  "director",
  "executive",
]);

const targetSchema = z.strictObject({ minutes: minutesSchema, counted: countedSchema });
const levelTargetsSchema = z.strictObject({ response: targetSchema, resolution: targetSchema });

const rungSchema = z
  .array(
    z.strictObject({
      role: roleSchema,
      how: z.enum(["page", "inform", "remind"]),
      fromRepeat: z.int().min(1).max(1_000).exactOptional(),
      onlyBusinessHours: z.boolean().exactOptional(),
    }),
  )
  .max(20);

const levelRulesSchema = z.strictObject({
  firstNotice: targetSchema,
  updateEvery: targetSchema,
  repeatAfterBreach: targetSchema,
  observationMinutes: z.int().min(0).max(10_080),
  reopenWindow: targetSchema,
  repageMinutes: z.int().min(1).max(1_440).nullable(),
  mayPause: z.boolean(),
  secondPersonMinutes: z.int().min(1).max(1_440).nullable(),
  reviewRequired: z.boolean(),
  closeAfter: targetSchema.nullable(),
  ladder: z.strictObject({
    "0": rungSchema,
    "50": rungSchema,
    "75": rungSchema,
    "90": rungSchema,
    "100": rungSchema,
    repeat: rungSchema,
  }),
});

const byLevel = <S extends z.ZodType>(schema: S) => z.strictObject({ 1: schema, 2: schema, 3: schema, 4: schema });

const effectSchema = z.enum(["outage", "significant", "affected", "little"]);
const cellSchema = z.strictObject({
  level: levelSchema,
  kind: z.enum(["T", "G", "I", "H", "L", "D"]),
  why: staffTextSchema,
});
const rowSchema = z.strictObject({
  outage: cellSchema,
  significant: cellSchema,
  affected: cellSchema,
  little: cellSchema,
});
const dataEffectSchema = z.strictObject({ atLeast: effectSchema, floor: levelSchema.nullable(), why: staffTextSchema });

const classificationSchema = z.strictObject({
  largeUsers: z.int().min(1),
  largeShare: z.strictObject({ moreThanUsers: z.int().min(0), percentOfMonthlyActive: z.number().min(0.01).max(100) }),
  smallNumberAboveUsers: z.int().min(1),
  wholeCustomerMinUsers: z.int().min(1),
  matrix: z.strictObject({ large: rowSchema, small_number: rowSchema, small_group: rowSchema, single: rowSchema }),
  dataEffect: z.strictObject({ impaired: dataEffectSchema, lost: dataEffectSchema }),
  exposureFloor: z.strictObject({ suspected: levelSchema, confirmed: levelSchema }),
  exposureWhy: z.strictObject({ suspected: staffTextSchema, confirmed: staffTextSchema }),
  unclassifiedLevel: levelSchema,
  unclassifiedWhy: staffTextSchema,
  overrideReasonMinLength: z.int().min(1).max(500),
});

/** The whole policy file. */
export const policySchema = z.strictObject({
  id: idSchema,
  version: z.int().min(1),
  title: staffTextSchema,
  confirmed: z.boolean(),
  businessCalendar: textSchema,
  calendars: z.record(nameSchema, calendarSchema),
  warningPercents: z.array(z.int().min(1).max(99)).min(1).max(3),
  tiers: z.record(nameSchema, z.strictObject({ name: staffTextSchema, targets: byLevel(levelTargetsSchema) })),
  defaultTier: textSchema,
  levels: byLevel(levelRulesSchema),
  levelNames: byLevel(staffTextSchema),
  classification: classificationSchema,
  phone: z.strictObject({
    maxAlertsPerHour: z.int().min(1).max(60),
    callAfterMinutes: z.int().min(0).max(1_440),
    ringAgainAfterIdleMinutes: z.int().min(1).max(1_440),
  }),
  pauseMaxBusinessMinutes: minutesSchema,
  fourEyes: z.enum(["whenAvailable", "required", "off"]),
  interpretationNotes: z.array(z.strictObject({ code: textSchema, where: textSchema, note: staffTextSchema })).max(500),
});
