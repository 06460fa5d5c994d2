// The platform-neutral message: what a notice looks like before a door renders it. User text is always a `text` span,
// so that no renderer can mistake it for markup, a mention or a link.
import type { PersonId } from "../domain/incident/ids.js";
import type { ButtonAction } from "./button-action.js";

/** A piece of a line. */
export type Span =
  | { readonly kind: "text"; readonly text: string; readonly strong?: boolean; readonly code?: boolean }
  /** A person: a mention that notifies when `notify`, else only the name. */
  | { readonly kind: "person"; readonly person: PersonId; readonly notify: boolean }
  /** An instant in the reader's zone where the platform can do it; `zone` is the fallback. */
  | { readonly kind: "instant"; readonly at: Date; readonly style: "time" | "date-time" | "relative" }
  /** The incident's own channel. */
  | { readonly kind: "room" }
  | { readonly kind: "link"; readonly url: string; readonly label: string };

/** One line of text. */
export type Line = readonly Span[];

/** A button under a card. */
export type Button = {
  readonly label: string;
  readonly action: ButtonAction;
  readonly style?: "primary" | "danger";
  /** Asked before the action is sent. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string; readonly no: string };
};

/** A part of a card, top to bottom. */
export type CardBlock =
  | { readonly kind: "lines"; readonly lines: readonly Line[] }
  | { readonly kind: "fields"; readonly fields: readonly { readonly label: string; readonly value: Line }[] }
  | { readonly kind: "quote"; readonly text: string }
  | { readonly kind: "context"; readonly lines: readonly Line[] }
  | { readonly kind: "buttons"; readonly buttons: readonly Button[] }
  | { readonly kind: "divider" };

/** A message: an optional header, its blocks and one plain sentence for notifications and screen readers. */
export type Card = { readonly header?: string; readonly blocks: readonly CardBlock[]; readonly summary: string };
