// What is known of each page to a phone. It is written before the provider is asked, so that a crash in between is
// noticed, and it finds the page again when the provider, a pressed key or an opened link comes back with its token.
import type { IncidentId, PersonId } from "../domain/incident/ids.js";
import type { PhoneWay } from "./pager.js";

/**
 * begun: a request may be under way; unknown: it ended without a clear answer; not-sent: it certainly did not arrive;
 * answered: the person took the incident by it.
 */
export type PageState = "begun" | "accepted" | "answered" | "refused" | "unknown" | "not-sent";

/** One page. Instants are real time except `alertAt`. */
export type PageRow = {
  readonly key: string;
  readonly incidentId: IncidentId;
  readonly person: PersonId;
  readonly by: PhoneWay;
  /** Nobody had the incident when the page began, so that it asks to take it; otherwise it only informs. */
  readonly asks: boolean;
  readonly state: PageState;
  /** Requests begun so far. */
  readonly attempts: number;
  /** When the latest request began. */
  readonly begunAt: Date;
  /** The domain instant of the page, which the hourly limit counts. */
  readonly alertAt: Date;
  /** From then on its token answers nothing. */
  readonly expiresAt: Date;
  readonly providerId: string | null;
  /** Latest status that the provider told. */
  readonly status: string | null;
  /** Why it was refused, not sent or not delivered. */
  readonly code: string | null;
};

/** A page whose request is about to begin. The token is kept only as a digest. */
export type BegunPage = Pick<
  PageRow,
  "key" | "incidentId" | "person" | "by" | "asks" | "begunAt" | "alertAt" | "expiresAt"
> & { readonly token: string };

/** What became of one request. */
export type PageResult =
  | { readonly state: "accepted"; readonly providerId: string | null }
  | { readonly state: "refused" | "unknown" | "not-sent"; readonly code: string };

/** What the provider told about a page; a status of a lower rank came late and changes nothing. */
export type PageProof = {
  readonly providerId: string;
  readonly status: string;
  readonly rank: number;
  readonly code: string | null;
};

/** The pages of all incidents. Throws StoreFault. */
export interface PageLog {
  of(key: string): Promise<PageRow | null>;
  byToken(token: string): Promise<PageRow | null>;
  /** Claims the request that follows `after` earlier ones; false when another process has begun it. */
  begin(page: BegunPage, after: number): Promise<boolean>;
  /**
   * Records what the nth request came to; what the provider itself has told stays. False when the provider's name of
   * the message or call belongs to another page.
   */
  settle(key: string, attempt: number, result: PageResult): Promise<boolean>;
  /** Takes what the provider told: any status proves that it has the page. False for an unknown token. */
  prove(token: string, proof: PageProof): Promise<boolean>;
  /** The person took the incident by this page. */
  answered(key: string): Promise<void>;
  /** Pages that rang or may have rung a person after a domain instant. */
  countAlerts(person: PersonId, after: Date): Promise<number>;
  /** Pages that reached or may have reached any of these people and began after a real instant, newest first. */
  recent(people: readonly PersonId[], after: Date): Promise<readonly PageRow[]>;
}
