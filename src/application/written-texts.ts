import { prose } from "../domain/incident/prose.js";
import { WRITTEN_SLOTS, type WrittenTexts } from "../domain/notices/customer-notice.js";
import type { NoticeTexts } from "../ports/command-handler.js";

/** Texts as people typed them, without those that say nothing. */
export const writtenTexts = (typed: NoticeTexts): WrittenTexts => {
  const slots = WRITTEN_SLOTS.flatMap((slot) => {
    const said = Object.entries(typed[slot] ?? {}).flatMap(([language, text]) => {
      const trimmed = text.trim();
      return trimmed === "" ? [] : [[language, prose(trimmed)] as const];
    });
    return said.length === 0 ? [] : [[slot, Object.fromEntries(said)] as const];
  });
  return Object.fromEntries(slots);
};
