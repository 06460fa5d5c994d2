// What forms are made from and what comes of them.
import type { Policy } from "../../domain/policy/policy.js";
import type { ChangeAsk, DeclareAsk, FormTarget, Listed } from "../asks.js";
import type { FieldErrors, FormValues } from "../form.js";
import type { NoticePreview } from "../notice-preview.js";
import type { CustomerWords, Language, Voice } from "../voice.js";

/** Longest name of a service typed by hand. */
export const SERVICE_MAX = 80;
/** Most options of a choice; longer catalogues are typed. */
export const OPTIONS_MAX = 100;

/** Everything that a form shows; all of it is in memory when the form opens. */
export type FormInput = {
  readonly language: Language;
  /** The incident that the form is about; null for a declaration. */
  readonly target: FormTarget | null;
  readonly services: readonly Listed[];
  readonly customers: readonly Listed[];
  /** The person who opens it is on duty. */
  readonly onDuty: boolean;
  /** For the level that the answers give; null hides it. */
  readonly policy: Pick<Policy, "classification"> | null;
  /** What was already said: a prefill, or the values at the moment of a redraw. */
  readonly values: FormValues;
  /** For the form that tells customers: what would be sent, once it is known. */
  readonly preview?: NoticePreview;
  /** How the reader is spoken to, for forms that show more than fields. */
  readonly voice?: Voice;
  /** What was wrong with the last submission, when it is about no field. */
  readonly problem?: string;
  /** Whatever else must come back with the form. */
  readonly context?: Readonly<Record<string, string>>;
};

/** What reading a form needs beside its values. */
export type ReadInput = {
  readonly language: Language;
  readonly now: Date;
  readonly services: readonly Listed[];
  readonly customers: readonly Listed[];
  /** Words of messages to customers, for the form that sends them. */
  readonly outreach?: CustomerWords;
  /** The context that travelled with the form. */
  readonly context: Readonly<Record<string, string>>;
};

/** What a form asks for. */
export type FormAsk =
  | { readonly kind: "declare"; readonly request: DeclareAsk }
  | { readonly kind: "change"; readonly target: FormTarget; readonly request: ChangeAsk };

/** The outcome of reading one form, before the incident is added. */
export type Reading<T> =
  | { readonly ok: true; readonly request: T }
  | { readonly ok: false; readonly errors: FieldErrors };

/** The outcome of reading a submission. */
export type FormReading =
  | { readonly ok: true; readonly ask: FormAsk }
  | { readonly ok: false; readonly errors: FieldErrors };
