import { commandWords, type Verb } from "./command-table.js";
import { editDistance } from "./edit-distance.js";
import { foldText } from "./fold-text.js";

/** The verb that a word probably meant: at most two slips, one in short words. */
export function nearestVerb(word: string): Verb | null {
  const folded = foldText(word);
  if (folded.length > 24) return null;
  const most = folded.length <= 4 ? 1 : 2;
  let best: { readonly verb: Verb; readonly distance: number } | null = null;
  for (const [known, spec] of commandWords()) {
    if (known.length < 3) continue;
    const distance = editDistance(folded, known, most);
    if (distance <= most && distance < (best?.distance ?? Number.POSITIVE_INFINITY))
      best = { verb: spec.verb, distance };
  }
  return best?.verb ?? null;
}
