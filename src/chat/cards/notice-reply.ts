import type { CustomerNotice } from "../../domain/notices/customer-notice.js";
import type { Line } from "../card.js";
import { whatWords } from "./customer-notice-card.js";
import type { Scene } from "./scene.js";

/** The answer to whoever composed, approved or discarded a message to customers; null when something else was asked. */
export function noticeReply(scene: Scene, asked: string | undefined): Line | null {
  switch (asked) {
    case "compose-notice":
      return composed(scene.incident.notices.at(-1), scene);
    case "approve-notice": {
      const approved = scene.incident.notices.filter((notice) => notice.approved !== null).at(-1);
      return approved === undefined ? null : scene.line("reply.notice-sending", slotsOf(approved, scene));
    }
    case "discard-notice": {
      const discarded = scene.incident.notices.filter((notice) => notice.discardedAt !== null).at(-1);
      return discarded === undefined ? null : scene.line("reply.notice-discarded", slotsOf(discarded, scene));
    }
    default:
      return null;
  }
}

function composed(notice: CustomerNotice | undefined, scene: Scene): Line | null {
  if (notice === undefined) return null;
  const slots = slotsOf(notice, scene);
  if (notice.approved !== null) return scene.line("reply.notice-sending", slots);
  const { aloneAt } = notice;
  if (aloneAt === null) return scene.line("reply.notice-waiting", slots);
  return scene.line("reply.notice-waiting-alone", { ...slots, at: scene.at(aloneAt) });
}

function slotsOf(notice: CustomerNotice, scene: Scene) {
  return { code: scene.incident.code, what: whatWords(notice, scene), n: notice.customers.length };
}
