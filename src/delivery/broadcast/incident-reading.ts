import type { IncidentId } from "../../domain/incident/ids.js";
import type { Incident } from "../../domain/incident/incident.js";
import type { CustomerNotice } from "../../domain/notices/customer-notice.js";

/** Reads an incident as its record says; null when there is none. */
export type IncidentOf = (id: IncidentId) => Promise<Incident | null>;

/** Approved notices that are newer than one, oldest first. */
export const newerNotices = (incident: Incident, number: number): readonly CustomerNotice[] =>
  incident.notices.filter((notice) => notice.number > number && notice.approved !== null);

const AT_WORK: ReadonlySet<Incident["state"]> = new Set(["triage", "investigating", "identified", "monitoring"]);
const LAST_WORDS: ReadonlySet<CustomerNotice["template"]> = new Set(["resolved", "false_alarm"]);

/** Whether a notice that waited for the end of quiet hours still says what is so (design, section 8). */
export const stillHolds = (incident: Incident, notice: CustomerNotice): boolean =>
  AT_WORK.has(incident.state) ||
  (LAST_WORDS.has(notice.template) && newerNotices(incident, notice.number).length === 0);
