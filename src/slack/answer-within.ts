/** What became of work within a time: its value, or the work itself, which goes on. */
export type Answered<T> =
  | { readonly kind: "in-time"; readonly value: T }
  | { readonly kind: "late"; readonly later: Promise<T> };

/** How long a person waits for a decision before being told that it is not confirmed. */
export const DECISION_MS = 1200;

/** Waits for work, but not longer than `boundMs`. */
export async function answerWithin<T>(work: Promise<T>, boundMs = DECISION_MS): Promise<Answered<T>> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<"late">((resolve) => {
    timer = setTimeout(() => resolve("late"), boundMs);
  });
  try {
    const first = await Promise.race([work.then((value) => ({ value })), bound]);
    return first === "late" ? { kind: "late", later: work } : { kind: "in-time", value: first.value };
  } finally {
    clearTimeout(timer);
  }
}
