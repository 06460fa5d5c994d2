// Messages to customers: composing, the second person, approval, and what became of them (requirements 3.5, design
// section 8). The messages themselves leave by an effect once the approval is stored.
import { WRITTEN_SLOTS, type WrittenTexts } from "../notices/customer-notice.js";
import type { MessageCatalogue, NoticeRules, TemplateName } from "../notices/message-catalogue.js";
import { noticeFacts } from "../notices/notice-facts.js";
import { alreadyToldAt, openDraft, proposeNotices } from "../notices/propose-notice.js";
import type { Role } from "../policy/policy.js";
import { isCommanderOrLead } from "./authority.js";
import type { IncidentCommand } from "./commands.js";
import { accept, type Circumstances, type Decision, event, personOf, refuse } from "./decision.js";
import type { Effect } from "./effects.js";
import type { EventOf, IncidentEvent } from "./events.js";
import type { PersonId } from "./ids.js";
import type { Incident } from "./incident.js";
import type { Refusal } from "./refusals.js";
import { TEXT_MAX } from "./text-limits.js";

type Of<T extends IncidentCommand["type"]> = Extract<IncidentCommand, { readonly type: T }>;
type Compose = Of<"compose-notice">;

const MINUTE = 60_000;
const REFRESH: Effect = { kind: "refresh" };
const APPROVERS: readonly Role[] = [
  "incident-commander",
  "communications-lead",
  "on-call-lead",
  "engineering-manager",
  "director",
  "executive",
];
// Their words are the catalogue's own, so there is nothing that a second reader could find (design, section 8).
const WITHOUT_SECOND_PERSON: readonly TemplateName[] = ["first_notice", "no_change"];

const approversOf = (incident: Incident): ReadonlySet<PersonId> =>
  new Set(
    APPROVERS.flatMap((role) => {
      const assigned = incident.roles[role];
      return [...(assigned === undefined ? [] : [assigned]), ...(incident.onCall.byRole[role] ?? [])];
    }),
  );

const textsProblem = (texts: WrittenTexts, slotMax: MessageCatalogue["slotMax"]): Refusal | null => {
  for (const slot of WRITTEN_SLOTS) {
    const max = slotMax[slot] ?? TEXT_MAX;
    for (const text of Object.values(texts[slot] ?? {}))
      if (text.prose.length > max) return { reason: "too-long", field: slot, max, actual: text.prose.length };
  }
  return null;
};

const audienceOf = (
  incident: Incident,
  command: Compose,
): { ok: true; customers: readonly string[] } | { ok: false; refusal: Refusal } => {
  const no = (refusal: Refusal) => ({ ok: false, refusal }) as const;
  if (incident.kind === "drill") return no({ reason: "drill-has-no-customers" });
  const proposal = proposeNotices(incident).find(({ template }) => template === command.template);
  if (proposal === undefined) {
    const told = alreadyToldAt(incident, command.template);
    if (told !== null) return no({ reason: "already-told", at: told });
    const nobody = incident.customers.length === 0 || command.template === "first_notice";
    return no(nobody ? { reason: "nobody-to-tell" } : { reason: "wrong-notice", state: incident.state });
  }
  const customers =
    command.customers === null
      ? proposal.customers
      : proposal.customers.filter((customer) => command.customers?.includes(customer));
  return customers.length === 0 ? no({ reason: "nobody-to-tell" }) : { ok: true, customers };
};

const seenProblem = (incident: Incident, { seen, ...command }: Compose, customers: number): Refusal | null => {
  const { level, state } = incident;
  if (seen !== null && (seen.customers !== customers || seen.level !== level || seen.state !== state))
    return { reason: "audience-changed", customers, level, state };
  const many = customers > command.catalogue.rules.confirmAboveCustomers;
  return many && command.confirmedCustomers !== customers ? { reason: "repeat-the-number", customers } : null;
};

/** From when on the author may go alone; "at-once" when no second person is asked, null when one is required. */
const aloneFrom = (
  incident: Incident,
  template: TemplateName,
  rules: NoticeRules,
  { actor, policy, now }: Circumstances,
): Date | "at-once" | null => {
  const minutes = policy.levels[incident.level].secondPersonMinutes;
  if (minutes === null || policy.fourEyes === "off" || WITHOUT_SECOND_PERSON.includes(template)) return "at-once";
  if (policy.fourEyes === "required") return null;
  const author = personOf(actor);
  const quietSince = now.getTime() - rules.aloneAfterQuietMinutes * MINUTE;
  const somebodyIsThere = [...approversOf(incident)].some(
    (person) => person !== author && (incident.actedAt[person]?.getTime() ?? 0) > quietSince,
  );
  return somebodyIsThere ? new Date(now.getTime() + minutes * MINUTE) : now;
};

const approval = (number: number, by: PersonId, alone: boolean): { events: IncidentEvent[]; effects: Effect[] } => ({
  events: [event({ type: "notice-approved", number, by, alone })],
  effects: [
    { kind: "broadcast", number },
    { kind: "say", notice: { kind: "notice-approved", number, by, alone }, validWhile: "always" },
    REFRESH,
  ],
});

/** A message before anything is stored. */
type Draft = {
  readonly notice: EventOf<"notice-drafted">["notice"];
  readonly alone: Date | "at-once" | null;
};

/** The message that a template would make now, and whether another person is asked before it leaves. */
export const draftNotice = (
  incident: Incident,
  command: Pick<Compose, "template" | "texts" | "catalogue">,
  customers: readonly string[],
  circumstances: Circumstances,
): Draft => {
  const { template, texts, catalogue } = command;
  const { now, policy } = circumstances;
  const alone = aloneFrom(incident, template, catalogue.rules, circumstances);
  const notice = {
    number: incident.notices.length + 1,
    template,
    catalogue: { id: catalogue.id, version: catalogue.version },
    customers,
    facts: noticeFacts(incident, template, texts, policy, now),
    draftedIn: { state: incident.state, level: incident.level },
    expiresAt: new Date(now.getTime() + catalogue.rules.draftMinutes * MINUTE),
    aloneAt: alone === "at-once" ? now : alone,
  };
  return { notice, alone };
};

/** Composes a message: sent at once where nobody else is asked, else it waits for a second person. */
export const decideComposeNotice = (incident: Incident, command: Compose, circumstances: Circumstances): Decision => {
  const { now } = circumstances;
  const author = personOf(circumstances.actor);
  if (author === null) return refuse({ reason: "not-a-person" });
  const audience = audienceOf(incident, command);
  if (!audience.ok) return refuse(audience.refusal);
  if (command.template === "update" && Object.keys(command.texts.whatChanged ?? {}).length === 0)
    return refuse({ reason: "missing", fields: ["whatChanged"] });
  const problem =
    textsProblem(command.texts, command.catalogue.slotMax) ?? seenProblem(incident, command, audience.customers.length);
  if (problem !== null) return refuse(problem);
  const draft = openDraft(incident);
  const { notice, alone } = draftNotice(incident, command, audience.customers, circumstances);
  const { number } = notice;
  const drafted = event({ type: "notice-drafted", notice });
  const events = [...(draft === null ? [] : [event({ type: "notice-discarded", number: draft.number })]), drafted];
  const goes = alone === "at-once" || (alone !== null && alone.getTime() <= now.getTime());
  if (!goes)
    return accept(events, [
      { kind: "say", notice: { kind: "notice-drafted", number, by: author }, validWhile: "always" },
      REFRESH,
    ]);
  const approved = approval(number, author, alone !== "at-once");
  return accept([...events, ...approved.events], approved.effects);
};

const waitingDraft = (incident: Incident, number: number): ReturnType<typeof openDraft> | Refusal => {
  const notice = incident.notices.find((one) => one.number === number);
  if (notice === undefined) return { reason: "unknown-notice" };
  if (notice.approved !== null) return { reason: "notice-decided", by: notice.approved.by, at: notice.approved.at };
  return notice.discardedAt === null ? notice : { reason: "notice-decided", by: null, at: notice.discardedAt };
};

const isRefusal = (found: ReturnType<typeof openDraft> | Refusal): found is Refusal =>
  found !== null && "reason" in found;

const mayApprove = (incident: Incident, author: PersonId | null, person: PersonId, c: Circumstances): boolean => {
  const approvers = approversOf(incident);
  if (approvers.has(person) || isCommanderOrLead(incident, c)) return true;
  return [...approvers].every((one) => one === author);
};

/** Approves a waiting message; its author only once nobody else did so in time. */
export const decideApproveNotice = (
  incident: Incident,
  command: Of<"approve-notice">,
  circumstances: Circumstances,
): Decision => {
  const { actor, now } = circumstances;
  const person = personOf(actor);
  if (person === null) return refuse({ reason: "not-a-person" });
  if (incident.kind === "drill") return refuse({ reason: "drill-has-no-customers" });
  const notice = waitingDraft(incident, command.number);
  if (notice === null || isRefusal(notice)) return refuse(notice ?? { reason: "unknown-notice" });
  const changed = notice.draftedIn.state !== incident.state || notice.draftedIn.level !== incident.level;
  if (changed || now.getTime() > notice.expiresAt.getTime()) return refuse({ reason: "notice-expired" });
  const own = notice.draftedBy === person;
  if (own && (notice.aloneAt === null || now.getTime() < notice.aloneAt.getTime()))
    return refuse({ reason: "second-person-first", until: notice.aloneAt });
  if (!own && !mayApprove(incident, notice.draftedBy, person, circumstances))
    return refuse({ reason: "needs-authority", who: "commander-or-lead" });
  const { events, effects } = approval(notice.number, person, own);
  return accept(events, effects);
};

/** Throws a waiting message away. */
export const decideDiscardNotice = (
  incident: Incident,
  command: Of<"discard-notice">,
  { actor }: Circumstances,
): Decision => {
  const notice = waitingDraft(incident, command.number);
  if (notice === null || isRefusal(notice)) return refuse(notice ?? { reason: "unknown-notice" });
  return accept(
    [event({ type: "notice-discarded", number: notice.number })],
    [
      {
        kind: "say",
        notice: { kind: "notice-discarded", number: notice.number, by: personOf(actor) },
        validWhile: "always",
      },
      REFRESH,
    ],
  );
};

/** Records what became of a message once every recipient's outcome is known; only the delivery asks for this. */
export const decideRecordSent = (
  incident: Incident,
  { number, tally }: Of<"record-sent">,
  { actor }: Circumstances,
): Decision => {
  const notice = incident.notices.find((one) => one.number === number);
  if (actor.kind !== "system" || actor.name !== "delivery" || notice === undefined || notice.approved === null)
    return refuse({ reason: "unknown-notice" });
  if (notice.sent !== null) return refuse({ reason: "nothing-changed" });
  return accept(
    [event({ type: "notice-sent", number, tally })],
    [{ kind: "say", notice: { kind: "notice-sent", number, tally }, validWhile: "always" }, REFRESH],
  );
};
