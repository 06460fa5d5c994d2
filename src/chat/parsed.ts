// What a typed command turns out to be.

import type { ChangeAsk, DeclareAsk, Listed } from "./asks.js";
import type { FormName } from "./button-action.js";
import type { Verb } from "./command-table.js";
import type { FormValues } from "./form.js";

/** The incident that a typed command names: the channel's own, one by code, or one by a mention of its channel. */
export type TypedTarget =
  | { readonly by: "implied" }
  | { readonly by: "code"; readonly code: string }
  | { readonly by: "room-mention"; readonly roomId: string };

/** A command that cannot be carried out as typed. */
export type ParseProblem =
  | {
      readonly code: "unknown-verb";
      readonly word: string;
      /** The whole text, to offer as a title when it looks like one. */
      readonly text: string;
      readonly suggestion: Verb | null;
    }
  | { readonly code: "unexpected-text"; readonly verb: Verb; readonly text: string }
  | { readonly code: "incident-not-expected"; readonly verb: Verb }
  | { readonly code: "unknown-word"; readonly verb: Verb; readonly word: string };

/** The outcome of parsing. */
export type Parsed =
  | {
      readonly kind: "open-form";
      readonly form: FormName;
      readonly prefill: FormValues;
      readonly target: TypedTarget;
    }
  | { readonly kind: "declare"; readonly request: DeclareAsk }
  | { readonly kind: "request"; readonly request: ChangeAsk; readonly target: TypedTarget }
  | { readonly kind: "query"; readonly query: "sla" | "timeline"; readonly target: TypedTarget }
  | { readonly kind: "query"; readonly query: "list" }
  | { readonly kind: "query"; readonly query: "help"; readonly verb: Verb | null }
  | { readonly kind: "problem"; readonly problem: ParseProblem };

/** What a door may tell the parser about the one who types. */
export type ParseContext = {
  /** The platform writes & < > as entities in what people typed. */
  readonly entities?: boolean;
  /** Known customers, so that a name becomes an id. */
  readonly customers?: readonly Listed[];
  /** The one who types is on duty, so declaring takes. */
  readonly onDuty?: boolean;
};
