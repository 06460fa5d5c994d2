import { foldText } from "./fold-text.js";

/** The only one of these people with this full or first name; null when there is none, or more than one. */
export function personNamed<P extends { readonly name: string }>(people: readonly P[], name: string): P | null {
  const wanted = foldText(name);
  const found = people.filter((person) =>
    [person.name, person.name.split(" ")[0] ?? ""].some((one) => foldText(one) === wanted),
  );
  // Two people of this name: nobody may get a role by chance.
  return found.length === 1 ? (found[0] ?? null) : null;
}
