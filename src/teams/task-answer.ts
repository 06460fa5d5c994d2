import type { AdaptiveCard } from "./adaptive-card.js";

/** What a dialog shows next: a card to read or to fill in, or a sentence with which it ends. */
export type TaskAnswer =
  | { readonly kind: "dialog"; readonly title: string; readonly card: AdaptiveCard }
  | { readonly kind: "text"; readonly text: string };
