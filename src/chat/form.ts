// The platform-neutral form: a door renders it as a modal or a task module and hands the values back by field id.

/** One choice of a field. */
export type Option = { readonly value: string; readonly label: string; readonly description?: string };

/** One field of a form. `live` fields send their value at once so that the form can be redrawn. */
export type Field = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
  readonly live?: boolean;
} & (
  | { readonly kind: "line"; readonly max: number; readonly value?: string; readonly placeholder?: string }
  | { readonly kind: "text"; readonly max: number; readonly value?: string; readonly placeholder?: string }
  | {
      readonly kind: "choice";
      readonly options: readonly Option[];
      readonly value?: string;
      readonly expanded?: boolean;
    }
  | {
      readonly kind: "choices";
      readonly options: readonly Option[];
      readonly values?: readonly string[];
      readonly expanded?: boolean;
    }
  | { readonly kind: "person"; readonly value?: string }
  | { readonly kind: "moment"; readonly value?: Date }
);

/** A part of a form: a field, or words between fields. */
export type FormPart =
  | { readonly kind: "field"; readonly field: Field }
  | {
      readonly kind: "words";
      readonly id: string;
      readonly text: string;
      /** Set off as somebody else's words: a message as its readers get it. */
      readonly quote?: boolean;
    };

/** A form. `context` travels with it unchanged (at most 2,000 characters as JSON). */
export type Form = {
  readonly name: string;
  readonly title: string;
  readonly submit: string;
  readonly cancel: string;
  readonly parts: readonly FormPart[];
  readonly context: Readonly<Record<string, string>>;
  /** True while there is nothing to send: the form only says something, and is drawn again later. */
  readonly inert?: boolean;
};

/** What came back: a text, the chosen values, a chat user id or an instant; null when left empty. */
export type FormValue = string | readonly string[] | Date | null;

/** Values by field id. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** A form that cannot be accepted yet: what to mend, by field id. */
export type FieldErrors = Readonly<Record<string, string>>;
