/** Everything that a message to customers can have filled in. */
export const MESSAGE_SLOTS = [
  "contactName",
  "customerName",
  "service",
  "incidentCode",
  "statusLabel",
  "impact",
  "impactShort",
  "workaround",
  "action",
  "whatChanged",
  "causeSummary",
  "customerAction",
  "residualImpact",
  "reasonShort",
  "dataStatement",
  "startedAt",
  "nextUpdateAt",
  "mitigatedAt",
  "restoredAt",
  "resolvedAt",
  "reopenedAt",
  "reportDueAt",
  "startTime",
  "nextTime",
  "restoredTime",
  "duration",
  "observationWindow",
  "link",
  "shortLink",
  "supportContact",
] as const;

/** The name of a slot, written in double braces in a template. */
export type MessageSlot = (typeof MESSAGE_SLOTS)[number];

/** Slots that may have no value; the line that needs one is then left out. */
export const LINE_SLOTS: readonly MessageSlot[] = ["link", "shortLink", "supportContact"];
