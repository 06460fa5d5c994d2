// What a message to customers says about the incident at one instant.
import { dueAt } from "../calendar/business-time.js";
import type { Incident } from "../incident/incident.js";
import { businessCalendarOf } from "../policy/business-calendar-of.js";
import type { Policy } from "../policy/policy.js";
import type { NoticeFacts, WrittenTexts } from "./customer-notice.js";
import type { CustomerDataStatement, CustomerStatus, TemplateName } from "./message-catalogue.js";

const MINUTE = 60_000;

const STATUS: Readonly<Partial<Record<TemplateName, CustomerStatus>>> = {
  monitoring: "monitoring",
  resolved: "resolved",
  reopened: "reopened",
  false_alarm: "cancelled",
};

const statusOf = (incident: Incident, template: TemplateName): CustomerStatus => {
  const own = STATUS[template];
  if (own !== undefined) return own;
  if (incident.state === "monitoring" || incident.state === "identified") return incident.state;
  return "investigating";
};

// Nobody is told that data is safe while that is not known; what is lost is said with its detail, or not yet.
const dataOf = (incident: Incident, texts: WrittenTexts): { data: CustomerDataStatement; dataRecovered: boolean } => {
  switch (incident.dataStatement) {
    case "not-affected":
      return { data: "none", dataRecovered: false };
    case "recovered":
      return { data: "lost", dataRecovered: true };
    case "under-assessment":
      return { data: "checking", dataRecovered: false };
    case "lost":
    case null: {
      const { data, exposure } = incident.classification.answers;
      if (incident.dataStatement === "lost" || data === "lost")
        return { data: texts.dataLossDetail === undefined ? "checking" : "lost", dataRecovered: false };
      if (exposure !== "none" || data === "unknown") return { data: "checking", dataRecovered: false };
      return { data: data === "impaired" ? "unavailable" : "none", dataRecovered: false };
    }
  }
};

const nextUpdateAt = (incident: Incident, status: CustomerStatus, policy: Policy, now: Date): Date | null => {
  if (status === "resolved" || status === "cancelled") return null;
  const { observationMinutes, updateEvery } = policy.levels[incident.level];
  if (status === "monitoring" && incident.mitigatedAt !== null) {
    const end = new Date(incident.mitigatedAt.getTime() + observationMinutes * MINUTE);
    if (end.getTime() > now.getTime()) return end;
  }
  return updateEvery.counted === "24x7"
    ? new Date(now.getTime() + updateEvery.minutes * MINUTE)
    : dueAt(businessCalendarOf(policy), now, updateEvery.minutes);
};

// Reopening clears the resolution; customers are told of the one that they had been told about.
const lastResolvedAt = (incident: Incident): Date | null => {
  const told = incident.notices.filter((notice) => notice.template === "resolved" && notice.approved !== null);
  return told.at(-1)?.facts.resolvedAt ?? null;
};

/** The facts of a message as they stand now. */
export const noticeFacts = (
  incident: Incident,
  template: TemplateName,
  texts: WrittenTexts,
  policy: Policy,
  now: Date,
): NoticeFacts => {
  const status = statusOf(incident, template);
  const restored = status === "monitoring" || status === "resolved";
  return {
    level: incident.level,
    service: incident.services[0]?.name ?? null,
    status,
    effect: incident.classification.answers.effect,
    ...dataOf(incident, texts),
    startedAt: incident.startedAt?.value ?? incident.detectedAt,
    nextUpdateAt: nextUpdateAt(incident, status, policy, now),
    mitigatedAt: incident.mitigatedAt,
    resolvedAt: incident.resolvedAt ?? lastResolvedAt(incident),
    reopenedAt: incident.reopenedAt.at(-1) ?? null,
    restoredAt: restored ? (incident.mitigatedAt ?? incident.resolvedAt) : null,
    observationMinutes: policy.levels[incident.level].observationMinutes,
    texts,
  };
};
