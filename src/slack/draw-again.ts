import { formTarget } from "../chat/forms/form-registry.js";
import { answerWithin } from "./answer-within.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { type FormAsk, updateView, viewOf } from "./form-view.js";
import { previewView } from "./preview-view.js";
import { readMemory, readView } from "./read-view.js";

/**
 * The answer to a submission that must be looked at again: the same form with what would be sent now, and why. A
 * preview that takes too long follows by itself; what was typed is kept meanwhile.
 */
export async function drawnAgain(
  deps: DoorDeps,
  asked: Asked,
  view: Record<string, unknown>,
  problem: string,
): Promise<unknown> {
  const memory = readMemory(view);
  const ask: FormAsk = { name: "notify", target: formTarget(memory.form), values: readView(view), problem };
  const answered = await answerWithin(previewView(deps, asked, ask, memory));
  if (answered.kind === "in-time") return { response_action: "update", view: answered.value };
  const viewId = String(view["id"] ?? "");
  void deps.running.add(answered.later.then((later) => updateView(deps, { view_id: viewId, view: later })));
  return { response_action: "update", view: viewOf(deps, asked.userId, ask, memory) };
}
