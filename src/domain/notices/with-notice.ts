import type { EventOf } from "../incident/events.js";
import type { PersonId } from "../incident/ids.js";
import type { CustomerNotice } from "./customer-notice.js";

type NoticeEvent = EventOf<"notice-drafted" | "notice-approved" | "notice-discarded" | "notice-sent">;

/** The messages to customers after one more event about them. */
export const withNotice = (
  notices: readonly CustomerNotice[],
  event: NoticeEvent,
  { at, author }: { readonly at: Date; readonly author: PersonId | null },
): readonly CustomerNotice[] => {
  if (event.type === "notice-drafted") {
    const fresh = { draftedBy: author, draftedAt: at, approved: null, discardedAt: null, sent: null };
    return [...notices, { ...event.notice, ...fresh }];
  }
  const change = (): Partial<CustomerNotice> => {
    switch (event.type) {
      case "notice-approved":
        return { approved: { by: event.by, at, alone: event.alone } };
      case "notice-discarded":
        return { discardedAt: at };
      case "notice-sent":
        return { sent: { at, tally: event.tally } };
    }
  };
  return notices.map((notice) => (notice.number === event.number ? { ...notice, ...change() } : notice));
};
