// Finding what can be pressed on a card.
import { isJson, type Json } from "../slack/wire.js";
import { objectsIn, textIn } from "./card-text.js";

/** Something that can be pressed. */
export interface ButtonSight {
  readonly label: string;
  readonly type: string;
  readonly verb: string | undefined;
  readonly data: unknown;
  readonly url: string | undefined;
  /** Label of the Action.ShowCard that must be opened first. */
  readonly under: string | undefined;
  readonly action: Json;
}

/** Everything that can be pressed on a card, in reading order; what stands under an Action.ShowCard follows it. */
export function buttonsOf(card: Json): readonly ButtonSight[] {
  return inCard(card, undefined);
}

function inCard(card: Json, under: string | undefined): readonly ButtonSight[] {
  return [...inElements(card["body"], under), ...sights(card["actions"], under)];
}

function inElements(elements: unknown, under: string | undefined): readonly ButtonSight[] {
  return objectsIn(elements)
    .filter(({ isVisible }) => isVisible !== false)
    .flatMap((element) => [
      ...sights(element["actions"], under),
      ...inElements(element["items"], under),
      ...objectsIn(element["columns"]).flatMap((column) => inElements(column["items"], under)),
    ]);
}

function sights(actions: unknown, under: string | undefined): readonly ButtonSight[] {
  return objectsIn(actions).flatMap((action) => {
    const label = textIn(action["title"]);
    const verb = action["verb"];
    const url = action["url"];
    const sight: ButtonSight = {
      label,
      type: textIn(action["type"]),
      verb: typeof verb === "string" ? verb : undefined,
      data: action["data"],
      url: typeof url === "string" ? url : undefined,
      under,
      action,
    };
    return [sight, ...(isJson(action["card"]) ? inCard(action["card"], label) : [])];
  });
}

/** What pressing a button comes to: an Action.ShowCard that leads to one action is a question, and pressing answers it. */
export function pressed(sight: ButtonSight): ButtonSight | undefined {
  if (sight.type !== "Action.ShowCard") return sight;
  const card = sight.action["card"];
  const inner = isJson(card) ? inCard(card, sight.label) : [];
  const [only] = inner;
  return inner.length === 1 ? only : undefined;
}
