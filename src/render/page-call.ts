// What a call to somebody of the staff says, sentence by sentence; the markup around it is the provider's.
import { type CallEnd, callEnding, callFallback, callSentences } from "../chat/messages/page-words.js";
import type { Language } from "../chat/voice.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import { platformName } from "./page-sms.js";

/** The incident as it is now, and how to take it: by key, or in the chat platform where no key can be heard. */
export function callOpening(
  { incident }: IncidentSnapshot,
  { language, keys }: { readonly language: Language; readonly keys: boolean },
): readonly string[] {
  const { code, level, title, kind } = incident;
  return callSentences({ code, level, title, kind, language }, { keys, platform: platformName(incident.home) });
}

/** The last words of a call. */
export function callClosing(end: CallEnd, where: { readonly language: Language; readonly platform: string }): string {
  return callEnding(end, where);
}

/** Why a call ends. */
export type { CallEnd };

/** The words of a call of which nothing can be read. */
export function callWithoutIncident(options: { readonly language: Language; readonly platform: string }): string {
  return callFallback(options);
}
