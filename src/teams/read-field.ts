// Reading what came from outside: nothing is trusted to be there or to have its type.

/** Fields of anything: an object's own, none otherwise. */
export function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** A text that says something, or null. */
export function textOr(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
