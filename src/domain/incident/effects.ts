// What must happen outside because of a commit, in the imperative. Effects are stored with the commit and each has a
// key, so that a crash between storing and doing loses nothing and repeats nothing.
import type { Notice } from "../notices/notice.js";
import type { How } from "../policy/policy.js";
import type { IncidentId, PersonId } from "./ids.js";

/**
 * Until when an effect still makes sense; it is looked at just before the request begins (invariant I2): while nobody
 * has the incident, while its clocks run, or always.
 */
export type Validity = "untaken" | "running" | "always";

/** One thing to do outside. */
export type Effect =
  | { readonly kind: "open-room"; readonly invite: readonly PersonId[] }
  | { readonly kind: "invite"; readonly people: readonly PersonId[] }
  | { readonly kind: "refresh" }
  | { readonly kind: "say"; readonly notice: Notice; readonly validWhile: Validity }
  | {
      readonly kind: "reach";
      readonly person: PersonId;
      readonly how: How;
      readonly notice: Notice;
      readonly validWhile: Validity;
    }
  | {
      /** The phone of somebody who is paged; chat has its own effect. */
      readonly kind: "ring";
      readonly person: PersonId;
      readonly by: "sms" | "call";
      readonly notice: Notice;
      readonly first: boolean;
      readonly validWhile: Validity;
    }
  /** Hands an approved message to customers over to the delivery. */
  | { readonly kind: "broadcast"; readonly number: number }
  | {
      readonly kind: "merge-child";
      readonly child: IncidentId;
      readonly parent: IncidentId;
      readonly parentCode: string;
    };
