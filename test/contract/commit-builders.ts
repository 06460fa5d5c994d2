// Commits from few words, and arbitrary ones that reach every kind of value an event or effect may hold.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import type { Commit } from "../../src/domain/incident/commit.js";
import type { Effect } from "../../src/domain/incident/effects.js";
import { EVENT_VERSION, type IncidentEvent } from "../../src/domain/incident/events.js";
import type { Actor, CommandId, IncidentId, PersonId } from "../../src/domain/incident/ids.js";
import { prose } from "../../src/domain/incident/prose.js";

export const newIncidentId = (): IncidentId => `inc${randomUUID().replaceAll("-", "")}` as IncidentId;
export const newCommandId = (): CommandId => `cmd:${randomUUID()}` as CommandId;
const BRUNO = "bruno" as PersonId;

const AT = new Date("2026-11-23T13:00:00.000Z");

/** A commit in which Bruno adds a note; versions follow one another by the minute. */
export function aCommit(fields: Partial<Commit> = {}): Commit {
  const version = fields.version ?? 1;
  return {
    incidentId: newIncidentId(),
    version,
    at: new Date(AT.getTime() + version * 60_000),
    actor: { kind: "person", personId: BRUNO },
    commandId: newCommandId(),
    events: [aNote("Fila de pagamentos parada")],
    effects: [{ kind: "refresh" }],
    ...fields,
  };
}

export const aNote = (text: string): IncidentEvent => ({
  v: EVENT_VERSION,
  type: "note-added",
  text: prose(text),
  happenedAt: AT,
});

const instants = fc.date({ noInvalidDate: true });
const texts = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.constantFrom("\uD800", "a\u0000b", "$where", "__proto__", "😀"),
);
const proses = texts.map(prose);
const people = fc.array(fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<PersonId>, { maxLength: 3 });
const notes: fc.Arbitrary<IncidentEvent> = fc.record({
  v: fc.constant(EVENT_VERSION),
  type: fc.constant("note-added" as const),
  text: proses,
  happenedAt: instants,
});
const roles: fc.Arbitrary<IncidentEvent> = fc.record({
  v: fc.constant(EVENT_VERSION),
  type: fc.constant("role-assigned" as const),
  role: fc.constant("director" as const),
  person: fc.constant(BRUNO),
  summary: fc.option(proses, { nil: null }),
});
const reopenings: fc.Arbitrary<IncidentEvent> = fc.record({
  v: fc.constant(EVENT_VERSION),
  type: fc.constant("reopened" as const),
  reason: proses,
  onCall: fc.record({ byRole: fc.record({ primary: people }, { requiredKeys: [] }), fallback: people }),
});
const breaches: fc.Arbitrary<IncidentEvent> = fc.record({
  v: fc.constant(EVENT_VERSION),
  type: fc.constant("breached" as const),
  breaches: fc.array(
    fc.record({
      customer: fc.uuid(),
      clock: fc.constantFrom("response" as const, "resolution" as const),
      cycle: fc.nat(),
      epoch: fc.integer(),
      breachAt: instants,
      recognizedAt: instants,
    }),
    { maxLength: 2 },
  ),
});
const effects: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({ kind: fc.constant("invite" as const), people }),
  fc.record({
    kind: fc.constant("say" as const),
    validWhile: fc.constantFrom("untaken" as const, "always" as const),
    notice: fc.record({
      kind: fc.constant("note-added" as const),
      by: fc.option(fc.constant(BRUNO)),
      text: proses,
      happenedAt: instants,
    }),
  }),
);
const actors: fc.Arbitrary<Actor> = fc.constantFrom(
  { kind: "person", personId: BRUNO },
  { kind: "system", name: "clock" },
);

/** First commits of incidents with any events, effects and texts. */
export const arbitraryCommit: fc.Arbitrary<Commit> = fc.record({
  incidentId: fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<IncidentId>,
  version: fc.constant(1),
  at: instants,
  actor: actors,
  commandId: fc.uuid() as fc.Arbitrary<string> as fc.Arbitrary<CommandId>,
  events: fc.array(fc.oneof(notes, roles, reopenings, breaches), { maxLength: 4 }),
  effects: fc.array(effects, { maxLength: 3 }),
});
