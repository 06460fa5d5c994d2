// Incidents as the product itself would have recorded them: every commit is a decision of the domain.
import { decide } from "../../dist/domain/incident/decide.js";
import { decideDeclare } from "../../dist/domain/incident/decide-declare.js";
import { applyCommit } from "../../dist/domain/incident/evolve.js";
import { cuboSuitePolicyV1 as policy } from "../../dist/formats/policies/cubo-suite-v1.js";

const MINUTE_MS = 60_000;
/** Longer than any level asks for before a record may be closed without a review. */
const DAYS_BEFORE_CLOSING = 10;
const ANSWERS = {
  1: { scope: "large", effect: "outage", data: "none", exposure: "none" },
  2: { scope: "small_number", effect: "outage", data: "none", exposure: "none" },
  4: { scope: "single", effect: "little", data: "none", exposure: "none" },
};
const onCall = {
  byRole: { primary: ["bruno"], secondary: ["carla"], "on-call-lead": ["diego"], "incident-commander": ["ana"] },
  fallback: ["ana"],
};

export { policy };

/** The terms of a customer with a contract on the default tier. */
export function customerTerms(id) {
  return {
    id,
    contract: { id: `contract-${id}`, version: 1 },
    calendarName: policy.businessCalendar,
    calendar: policy.calendars[policy.businessCalendar],
    targets: policy.tiers["padrao"].targets,
    pauseOnThirdParty: false,
    affectedFrom: null,
  };
}

/** Begins an incident; `at` is when it was declared. */
export function declareStory({ number, at, customers, level = 4 }) {
  const command = {
    type: "declare",
    incidentId: `bench-${number}`,
    code: `INC-${number}`,
    kind: "real",
    origin: "command",
    home: "slack",
    title: `Checkout lento para parte dos clientes, caso ${number}`,
    services: [{ id: "checkout", name: "Checkout" }],
    answers: ANSWERS[level],
    detectedBy: "staff",
    detectedAt: null,
    startedAt: null,
    confirmed: true,
    customers,
    onCall,
    take: true,
  };
  const circumstances = { actor: { kind: "person", personId: "ana" }, admin: true, now: at, policy };
  return continued(null, decideDeclare(command, circumstances), { command, circumstances, commits: [] });
}

/** Goes on with a command some minutes after the latest commit; a refusal is an error. */
export function follow(story, command, minutes = 1) {
  const { commits, incident } = story;
  const now = new Date(commits.at(-1).at.getTime() + minutes * MINUTE_MS);
  const circumstances = { actor: { kind: "person", personId: "ana" }, admin: true, now, policy };
  return continued(incident, decide(incident, command, circumstances), { command, circumstances, commits });
}

/** A note of the length of an ordinary message. */
export const note = (index) => ({
  type: "add-note",
  text: `Nota ${index}: a fila de pagamentos drenou e os erros pararam, seguimos olhando os painéis.`,
  happenedAt: null,
});

/** From declaration to the frozen record, in the fewest steps. */
export function closedStory(number, at, customers) {
  const declared = declareStory({ number, at, customers });
  const resolved = follow(
    declared,
    { type: "resolve", data: "not-affected", reason: null, restoredConfirmed: true },
    30,
  );
  return follow(resolved, { type: "close" }, DAYS_BEFORE_CLOSING * 1440);
}

function continued(before, decision, { command, circumstances, commits }) {
  if (!decision.ok) throw new Error(`${command.type} was refused: ${JSON.stringify(decision.refusal)}`);
  const version = (before?.version ?? 0) + 1;
  const incidentId = before?.id ?? command.incidentId;
  const commit = {
    incidentId,
    version,
    at: circumstances.now,
    actor: circumstances.actor,
    commandId: `bench:${incidentId}:${version}`,
    events: decision.events,
    effects: decision.effects,
  };
  commits.push(commit);
  return { incident: applyCommit(before, commit), commits };
}
