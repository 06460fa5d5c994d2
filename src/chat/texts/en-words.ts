import type { ptBrWords } from "./pt-br-words.js";

/** Names of the things of the domain, as the glossary binds them. */
export const enWords: Readonly<Record<keyof typeof ptBrWords, string>> = {
  "state.triage": "In triage",
  "state.investigating": "Investigating",
  "state.identified": "Identified",
  "state.monitoring": "Mitigated (monitoring)",
  "state.resolved": "Resolved",
  "state.reviewed": "Reviewed",
  "state.closed": "Closed",
  "state.cancelled": "Cancelled",
  "state.merged": "Merged",

  "role.primary": "primary on-call",
  "role.secondary": "secondary on-call",
  "role.responder": "responder",
  "role.incident-commander": "incident commander",
  "role.communications-lead": "communications lead",
  "role.support-owner": "support owner",
  "role.on-call-lead": "on-call lead",
  "role.engineering-manager": "engineering manager",
  "role.director": "director",
  "role.executive": "executive",

  "how.page": "paged",
  "how.inform": "informed",
  "how.remind": "reminded",

  "clock.response": "response",
  "clock.resolution": "resolution",

  "scope.large": "All or many users",
  "scope.small_number": "A small number of users",
  "scope.small_group": "A small group",
  "scope.single": "Only one user",
  "scope.unknown": "Not known yet",

  "effect.outage": "They cannot use it at all (full outage)",
  "effect.significant": "A main function fails or flaps, no workaround",
  "effect.affected": "Some task cannot be done, or only another way",
  "effect.little": "Little or no effect",
  "effect.unknown": "Not known yet",

  "data.none": "Available and intact",
  "data.impaired": "Unavailable or late, nothing lost",
  "data.lost": "Lost or corrupted",
  "data.exposure": "Possible exposure",
  "data.unknown": "Not known yet",

  "exposure.none": "No exposure",
  "exposure.suspected": "Suspected",
  "exposure.confirmed": "Confirmed",

  "statement.not-affected": "Data not affected",
  "statement.recovered": "Data affected and recovered",
  "statement.lost": "Data lost or altered",
  "statement.under-assessment": "Data still being checked",

  "cancel-reason.false-alarm": "False alarm",
  "cancel-reason.duplicate": "Duplicate",
  "cancel-reason.customer-side": "Cause on the customer's side",
  "cancel-reason.planned-maintenance": "Planned maintenance",
  "cancel-reason.other": "Another reason",

  "cause.worsened": "It got worse now",
  "cause.lowered": "It got milder",
  "cause.corrected": "It was like this from the start",

  "kind.real": "Real incident",
  "kind.drill": "Drill",

  "detected.monitoring": "Monitoring",
  "detected.staff": "Staff",
  "detected.customer": "Customer",
  "detected.supplier": "Supplier",

  "pause-reason.waiting-customer": "Waiting for the customer",
  "pause-reason.waiting-third-party": "Waiting for a supplier",

  "time.less-than-a-minute": "less than 1 min",
  "time.target-24x7": "{span}, 24x7",
  "time.target-business": "{span} of business time ({calendar})",
};
