// Lines of the timeline, derived from events: codes and free text; chat writes the sentence.

import type { Commit } from "./commit.js";
import { personOf } from "./decision.js";
import type { EventOf, IncidentEvent } from "./events.js";
import type { TimelineEntry } from "./incident.js";

type Told = { readonly text?: string | null; readonly detail?: TimelineEntry["detail"]; readonly at?: Date };

const noticeDetail = ({
  number,
  template,
  customers,
}: EventOf<"notice-drafted">["notice"]): TimelineEntry["detail"] => ({
  number,
  template,
  customers: customers.length,
});

const told = (event: IncidentEvent): Told => {
  switch (event.type) {
    case "declared":
      return { text: event.title.prose, detail: { level: event.classification.level, kind: event.kind } };
    case "taken":
      return {};
    case "noted":
      return { detail: { escalation: event.escalation } };
    case "reclassified":
      return { text: event.reason?.prose ?? null, detail: { level: event.classification.level, cause: event.cause } };
    case "identified":
      return { text: event.cause.prose };
    case "mitigated":
      return { text: event.action.prose };
    case "regressed":
      return { text: event.what.prose };
    case "resolved":
      return { text: event.reason?.prose ?? null, detail: { data: event.data, early: event.early } };
    case "reopened":
      return { text: event.reason.prose };
    case "cancelled":
      return { text: event.text.prose, detail: { reason: event.reason } };
    case "reviewed":
      return { text: event.review.prose };
    case "note-added":
      return { text: event.text.prose, at: event.happenedAt };
    case "role-assigned":
      return { text: event.summary?.prose ?? null, detail: { role: event.role, person: event.person } };
    case "customer-added":
      return { detail: { customer: event.customer.id } };
    case "customer-removed":
      return { text: event.reason.prose, detail: { customer: event.customer } };
    case "paused":
      return {
        text: event.question.prose,
        detail: { reason: event.reason, customers: event.customers?.join(",") ?? null },
      };
    case "resumed":
      return { detail: { customers: event.customers?.join(",") ?? null } };
    case "merged-in":
      return { detail: { code: event.childCode } };
    case "merged-into":
      return { detail: { code: event.parentCode } };
    case "escalated":
      return {
        detail: {
          clock: event.clock,
          customer: event.customer,
          percent: event.percent,
          repeat: event.repeat,
          lateMs: event.lateMs,
          people: event.steps.flatMap((s) => s.people).join(","),
        },
      };
    case "repaged":
      return { detail: { people: event.people.join(",") } };
    case "called":
      return { detail: { escalation: event.escalation, people: event.people.join(",") } };
    case "notice-drafted":
      return {
        text: Object.values(event.notice.facts.texts.whatChanged ?? {})[0]?.prose ?? null,
        detail: noticeDetail(event.notice),
      };
    case "notice-approved":
      return { detail: { number: event.number, alone: event.alone } };
    case "notice-discarded":
      return { detail: { number: event.number } };
    case "notice-sent": {
      const { email, sms } = event.tally;
      return {
        detail: { number: event.number, emails: email.sent, texts: sms.sent, failed: email.failed + sms.failed },
      };
    }
    case "breached":
      return { detail: { customers: event.breaches.map((b) => `${b.customer}:${b.clock}`).join(",") } };
    case "confirmed":
    case "closed":
      return {};
  }
};

/** The timeline line of an event. */
export const timelineEntryOf = (event: IncidentEvent, commit: Pick<Commit, "at" | "actor">): TimelineEntry => {
  const { text = null, detail = {}, at = commit.at } = told(event);
  return { at, recordedAt: commit.at, by: personOf(commit.actor), what: event.type, text, detail };
};
