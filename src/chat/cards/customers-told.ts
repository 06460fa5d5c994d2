// How many of the affected customers were told, whether messages really leave, and what was promised next.
import { clocksRun } from "../../domain/incident/transitions.js";
import { toldCustomers } from "../../domain/notices/customer-notice.js";
import { openDraft } from "../../domain/notices/propose-notice.js";
import type { Line } from "../card.js";
import { modeWords } from "../notice-words.js";
import { plain } from "../spans.js";
import type { Scene } from "./scene.js";

/** Lines of the incident's card; none for a drill, without customers, or where customers cannot be written to at all. */
export function customersTold(scene: Scene): readonly Line[] {
  const { kind, customers, notices } = scene.incident;
  if (scene.voice.outreach === undefined || kind === "drill" || customers.length === 0) return [];
  const told = toldCustomers(notices);
  const n = customers.filter(({ id }) => told.has(id)).length;
  return [
    scene.line("card.told", { told: n, all: customers.length }),
    ...modeLines(
      scene,
      customers.map(({ id }) => id),
    ),
    ...promised(scene),
    ...waiting(scene),
  ];
}

/** What keeps messages to these customers from them, when something does. */
export function modeLines({ voice }: Scene, customers: readonly string[]): readonly Line[] {
  const { outreach, language } = voice;
  if (outreach === undefined) return [];
  const receiving = outreach.mode === "test" ? customers.filter(outreach.receives).length : 0;
  const words = modeWords(outreach.mode, { receiving, customers: customers.length }, language);
  return words === null ? [] : [[plain(words)]];
}

function promised(scene: Scene): readonly Line[] {
  const { notices, state } = scene.incident;
  const at = notices.filter(({ approved }) => approved !== null).at(-1)?.facts.nextUpdateAt ?? null;
  const open = clocksRun(state) || state === "monitoring";
  return open && at !== null ? [scene.line("card.next-notice", { at: scene.at(at) })] : [];
}

function waiting(scene: Scene): readonly Line[] {
  const draft = openDraft(scene.incident);
  const isValid = draft !== null && draft.expiresAt.getTime() > scene.snapshot.at.getTime();
  return isValid ? [scene.line("card.draft-waits", { until: scene.at(draft.expiresAt) })] : [];
}
