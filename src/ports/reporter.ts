// The only place where business facts are reported: one call per fact, log line and counter together. Never throws.
import type { Actor } from "../domain/incident/ids.js";

/** Fields are codes, ids and numbers; never names, phones, addresses or free text. */
export interface Reporter {
  committed(fact: {
    readonly incidentId: string;
    readonly code: string;
    readonly version: number;
    readonly actor: Actor["kind"];
    readonly events: readonly string[];
    readonly door: string;
    readonly tookMs: number;
  }): void;
  refused(fact: {
    readonly incidentId: string | null;
    readonly command: string;
    readonly reason: string;
    readonly door: string;
  }): void;
  effectDone(fact: { readonly key: string; readonly kind: string; readonly attempts: number }): void;
  effectDropped(fact: { readonly key: string; readonly kind: string; readonly reason: string }): void;
  effectFailed(fact: {
    readonly key: string;
    readonly kind: string;
    readonly code: string;
    readonly attempts: number;
    readonly givenUp: boolean;
    readonly err: unknown;
  }): void;
  woke(fact: { readonly incidentId: string; readonly lateMs: number; readonly events: number }): void;
  wakeFailed(fact: { readonly incidentId: string; readonly err: unknown }): void;
  auditFound(fact: { readonly incidentId: string; readonly difference: string }): void;
  storeFailed(fact: { readonly what: string; readonly code: string; readonly err: unknown }): void;
}
