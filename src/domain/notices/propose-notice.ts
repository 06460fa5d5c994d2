// Which messages to customers make sense now, the most fitting first, and to whom each would go.
import type { Incident } from "../incident/incident.js";
import { toldCustomers } from "./customer-notice.js";
import type { TemplateName } from "./message-catalogue.js";

/** A message that could be sent now, and its customers. */
export type NoticeProposal = { readonly template: TemplateName; readonly customers: readonly string[] };

const approvedSince = (incident: Incident, template: TemplateName, since: Date): Date | null => {
  const approvals = incident.notices.flatMap((n) =>
    n.template === template && n.approved !== null && n.approved.at >= since ? [n.approved.at] : [],
  );
  return approvals.at(-1) ?? null;
};

/** When customers were already told of the present state; null when they were not, or when the state is told repeatedly. */
export const alreadyToldAt = (incident: Incident, template: TemplateName): Date | null => {
  const since: Readonly<Partial<Record<TemplateName, Date | null | undefined>>> = {
    monitoring: incident.mitigatedAt,
    resolved: incident.resolvedAt,
    reopened: incident.reopenedAt.at(-1),
    false_alarm: incident.cancelledAt,
  };
  const from = since[template];
  return from ? approvedSince(incident, template, from) : null;
};

const union = (one: readonly string[], other: readonly string[]): readonly string[] => [...new Set([...one, ...other])];

// Somebody who was told and turned out not to be affected is owed a last word (requirements R3-06).
const removedButTold = (incident: Incident, told: readonly string[], affected: ReadonlySet<string>) => {
  const withdrawn = new Set(
    incident.notices.flatMap((n) => (n.template === "false_alarm" && n.approved !== null ? n.customers : [])),
  );
  return told.filter((customer) => !affected.has(customer) && !withdrawn.has(customer));
};

const whileWorking = (incident: Incident, affected: readonly string[], told: readonly string[]): NoticeProposal[] => {
  const untold = affected.filter((customer) => !told.includes(customer));
  const known = affected.filter((customer) => told.includes(customer));
  // "We told you that it was resolved" is for those whom somebody told.
  const toldResolved = new Set(
    incident.notices.flatMap((n) => (n.template === "resolved" && n.approved !== null ? n.customers : [])),
  );
  const cameBack = incident.reopenedAt.length > 0 ? known.filter((customer) => toldResolved.has(customer)) : [];
  return [
    { template: "reopened", customers: cameBack },
    { template: "first_notice", customers: untold },
    { template: "update", customers: known },
    { template: "no_change", customers: known },
  ];
};

const candidates = (incident: Incident): readonly NoticeProposal[] => {
  const affected = incident.customers.map((customer) => customer.id);
  const told = [...toldCustomers(incident.notices)];
  const closing = removedButTold(incident, told, new Set(affected));
  switch (incident.state) {
    case "investigating":
    case "identified":
      return [...whileWorking(incident, affected, told), { template: "false_alarm", customers: closing }];
    case "monitoring":
      return [
        { template: "monitoring", customers: affected },
        { template: "update", customers: affected.filter((customer) => told.includes(customer)) },
        { template: "false_alarm", customers: closing },
      ];
    case "resolved":
    case "reviewed":
      return [{ template: "resolved", customers: union(affected, closing) }];
    case "cancelled":
      return [{ template: "false_alarm", customers: told }];
    case "triage":
    case "closed":
    case "merged":
      return [];
  }
};

/** Messages that can be sent now; none for a drill (invariant I3). */
export const proposeNotices = (incident: Incident): readonly NoticeProposal[] =>
  incident.kind === "drill"
    ? []
    : candidates(incident).filter(
        ({ template, customers }) => customers.length > 0 && alreadyToldAt(incident, template) === null,
      );

/** A message drafted and not yet decided. */
export const openDraft = (incident: Incident) =>
  incident.notices.find((notice) => notice.approved === null && notice.discardedAt === null) ?? null;
