// Answering a page: the pressed key, the opened link and the SMS that comes back ask the same two things.
import type { PersonId } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { StaffLanguage } from "./directory.js";
import type { PageRow } from "./page-log.js";

/** How an incident stands for the person who was paged about it. */
export type PageStanding =
  | { readonly kind: "open" }
  | { readonly kind: "took" }
  | { readonly kind: "yours" }
  | { readonly kind: "taken"; readonly by: string }
  /** Resolved, closed, cancelled or merged. */
  | { readonly kind: "over" };

/** What somebody who comes back with the token of a page finds. */
export type PageSight =
  | {
      readonly kind: "found";
      readonly row: PageRow;
      readonly snapshot: IncidentSnapshot;
      readonly language: StaffLanguage;
      readonly standing: PageStanding;
    }
  /** The store could not answer: it may or may not be taken, and asking again is safe. */
  | { readonly kind: "not-confirmed"; readonly language: StaffLanguage }
  | { readonly kind: "expired"; readonly language: StaffLanguage }
  | { readonly kind: "unknown" };

/** The name of one answer, so that its repetition changes nothing, and the way on which it came. */
export type AnswerMark = { readonly commandId: string; readonly door: string };

/** The answers to pages. No method throws for anything that a person or the store can cause. */
export interface PageAnswers {
  look(token: string): Promise<PageSight>;
  take(token: string, mark: AnswerMark): Promise<PageSight>;
  /** Takes for a person whose number is the proof. */
  takeFor(row: PageRow, person: PersonId, mark: AnswerMark): Promise<PageSight>;
}
