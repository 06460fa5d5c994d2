// What became of one request to a provider, in words that fit every provider.

/** The answer of a provider to a request to send something, as far as it can be known. */
export type SendOutcome =
  /** The provider has it; `providerId` is its own name of the message or call. */
  | { readonly kind: "accepted"; readonly providerId: string | null }
  /** It will never be taken as it is; `suppress` says that the recipient is never to be asked again. */
  | { readonly kind: "refused"; readonly code: string; readonly suppress: boolean }
  /** It was certainly not taken: asking again is safe, not before `retryAfterMs` when the provider named a delay. */
  | { readonly kind: "later"; readonly code: string; readonly retryAfterMs: number | null }
  /** The account itself is refused: somebody who runs the installation has to act, the queue is held. */
  | { readonly kind: "operator"; readonly code: string }
  /** It may or may not have been taken: to be reconciled before any second request. */
  | { readonly kind: "unknown"; readonly code: string };
