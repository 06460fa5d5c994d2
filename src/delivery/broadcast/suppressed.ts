import type { Level } from "../../domain/policy/policy.js";
import type { SuppressionReason } from "../../ports/suppressions.js";

/** Levels of which customers are told whatever subscription they ended (requirements 3.6). */
export const isOwed = (level: Level): boolean => level <= 2;

/** Whether a reason keeps a message of a level from an address. */
export const isSuppressed = (reason: SuppressionReason | undefined, level: Level): boolean =>
  reason !== undefined && !(reason === "unsubscribed" && isOwed(level));
