// The one line that the child process prints.

/** Where the store listens, or why it does not. */
export type StartReport = { listening: string } | { failed: string };

/** Reads the line; undefined when it is something else. */
export function readStartReport(line: string): StartReport | undefined {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== "object" || value === null) return undefined;
    if ("listening" in value && typeof value.listening === "string") return { listening: value.listening };
    if ("failed" in value && typeof value.failed === "string") return { failed: value.failed };
    return undefined;
  } catch {
    return undefined;
  }
}
