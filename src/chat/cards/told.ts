import type { Button, Line } from "../card.js";

/** A change as it is told: one sentence, the text that was written, and the usual next step. */
export type Told = {
  readonly line: Line;
  /** Free text, shown as a quotation. */
  readonly quote?: string | null;
  /** Sentences after the quotation. */
  readonly after?: readonly Line[];
  readonly context?: readonly Line[];
  readonly buttons?: readonly Button[];
};
