// Branded ids, so that a person's id is never passed where an incident's is meant.

/** Opaque id of an incident. */
export type IncidentId = string & { readonly brand: "IncidentId" };
/** Opaque id of a person in the directory. */
export type PersonId = string & { readonly brand: "PersonId" };
/** Key of a command; the same key changes the record once. */
export type CommandId = string & { readonly brand: "CommandId" };

/** Chat platforms on which an incident can live. */
export type Platform = "slack" | "teams";

/** Who acts: a person of the directory, or the clock and the merge acting for nobody. */
export type Actor =
  | { readonly kind: "person"; readonly personId: PersonId }
  | { readonly kind: "system"; readonly name: "clock" | "merge" | "delivery" };
