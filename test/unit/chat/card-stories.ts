// Random incidents told by the real domain, with every notice that they give rise to.
import fc from "fast-check";
import type { CustomerLanguage } from "../../../src/domain/customers/customer.js";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import type { Actor, IncidentId } from "../../../src/domain/incident/ids.js";
import { prose } from "../../../src/domain/incident/prose.js";
import type { IncidentSnapshot } from "../../../src/domain/incident/snapshot.js";
import type { WrittenSlot } from "../../../src/domain/notices/customer-notice.js";
import type { TemplateName } from "../../../src/domain/notices/message-catalogue.js";
import type { Notice } from "../../../src/domain/notices/notice.js";
import type { Level } from "../../../src/domain/policy/policy.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import {
  aDeclaration,
  answersFor,
  by,
  customer,
  declared,
  emptyRoster,
  followedBy,
  fullRoster,
  later,
  person,
  type Story,
  wokenAt,
} from "../../support/incident-builders.js";
import { snapshotOf } from "./told-snapshots.js";

/** A notice as it is said, and to whom when it is personal. */
export type Told = { readonly notice: Notice; readonly snapshot: IncidentSnapshot; readonly to: string | null };

/** User text that tries everything a platform reads as markup. */
export const hostileText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 80 }),
  fc.constantFrom(
    "<!channel> <@U1> <https://evil.example|click>",
    "[click](https://evil.example) **bold** _it_ `code` ~gone~",
    "<at>Ana</at> {{DATE(2026-11-23T12:00:00Z, SHORT)}} {{TIME(2026-11-23T12:00:00Z)}}",
    "{n, plural, other {#}} {who} '{x}'",
    "- a\n- b\n1. c\n# d\n> e",
    "&lt;b&gt; &amp; <b>x</b>",
    "*".repeat(2_000),
    "{{".repeat(1_000),
  ),
);

const text = hostileText.map((words) => words.slice(0, 2_000)).filter((words) => words.trim() !== "");
const roles = ["incident-commander", "director", "support-owner"] as const;

const command: fc.Arbitrary<IncidentCommand> = fc.oneof(
  fc.constant<IncidentCommand>({ type: "take" }),
  fc.record({
    type: fc.constant("classify" as const),
    answers: fc.constantFrom<Level>(1, 2, 3, 4).map((level) => answersFor[level]),
    cause: fc.constant(null),
    effectiveFrom: fc.constant(null),
    reason: fc.constant("um motivo com letras bastantes"),
    onCall: fc.constantFrom(fullRoster, emptyRoster),
  }),
  text.map((cause): IncidentCommand => ({ type: "identify", cause })),
  text.map((action): IncidentCommand => ({ type: "mitigate", action })),
  text.map((what): IncidentCommand => ({ type: "regress", what, to: null })),
  text.map((reason): IncidentCommand => ({ type: "resolve", data: "lost", reason, restoredConfirmed: true })),
  text.map((reason): IncidentCommand => ({ type: "reopen", reason, onCall: fullRoster })),
  text.map((words): IncidentCommand => ({ type: "cancel", reason: "other", text: words })),
  text.map((review): IncidentCommand => ({ type: "review", review })),
  fc.constant<IncidentCommand>({ type: "close" }),
  text.map((words): IncidentCommand => ({ type: "add-note", text: words, happenedAt: later(0) })),
  fc.record({
    type: fc.constant("assign-role" as const),
    role: fc.constantFrom(...roles),
    person: fc.constantFrom(person("ana"), person("bruno")),
    summary: fc.option(text),
  }),
  fc.constantFrom("c1", "c2").map((id): IncidentCommand => ({ type: "add-customer", customer: customer(id) })),
  text.map((reason): IncidentCommand => ({ type: "remove-customer", customer: "c1", reason })),
  text.map((question): IncidentCommand => ({ type: "pause", reason: "waiting-customer", customers: null, question })),
  fc.constant<IncidentCommand>({ type: "resume", customers: null }),
  fc.boolean().map((many): IncidentCommand => {
    const customers = Array.from({ length: many ? 20 : 0 }, (_, index) => customer(`m${index}`));
    const child = { id: "i2" as IncidentId, code: "INC-2", kind: "real", state: "investigating", customers } as const;
    return { type: "merge", child };
  }),
);

// Some ends are only reached through several commands in their order.
const sequence: fc.Arbitrary<readonly IncidentCommand[]> = fc.constantFrom<readonly IncidentCommand[]>(
  [
    {
      type: "classify",
      answers: answersFor[3],
      cause: null,
      effectiveFrom: null,
      reason: "um motivo com letras bastantes",
      onCall: fullRoster,
    },
    { type: "pause", reason: "waiting-customer", customers: null, question: "q" },
    { type: "pause", reason: "waiting-customer", customers: ["c1"], question: "q" },
    { type: "resume", customers: null },
  ],
  [
    { type: "mitigate", action: "a" },
    { type: "regress", what: "w", to: null },
  ],
  [
    { type: "resolve", data: "recovered", reason: "r", restoredConfirmed: true },
    { type: "review", review: "r" },
    { type: "close" },
  ],
);

// Every end that a message to customers can have, with whatever people write in it. Helena's note makes her the second
// person who is asked.
const telling: fc.Arbitrary<readonly IncidentCommand[]> = fc
  .record({
    template: fc.constantFrom<TemplateName>(
      "first_notice",
      "update",
      "no_change",
      "monitoring",
      "resolved",
      "false_alarm",
    ),
    slot: fc.constantFrom<WrittenSlot>("whatChanged", "workaround", "causeSummary", "residualImpact"),
    language: fc.constantFrom<CustomerLanguage>("pt-BR", "en", "es"),
    words: text.map((one) => one.slice(0, 120).trim() || "x"),
    discarded: fc.boolean(),
  })
  .map(({ template, slot, language, words, discarded }) => {
    const texts = { whatChanged: { [language]: prose(words) }, [slot]: { [language]: prose(words) } };
    const some = { sent: 3, failed: 1, dropped: 2 };
    const compose = {
      ...{ type: "compose-notice" as const, template, customers: null, texts, catalogue: cuboSuiteMessagesV1 },
      ...{ seen: null, confirmedCustomers: null },
    };
    const decide = discarded ? ("discard-notice" as const) : ("approve-notice" as const);
    return [
      { type: "add-note", text: "aqui", happenedAt: null },
      { ...compose, template: "first_notice" },
      compose,
      ...[1, 2, 3, 4].flatMap((number): readonly IncidentCommand[] => [
        { type: decide, number },
        { type: "record-sent", number, tally: { email: some, sms: some } },
      ]),
    ];
  });

const minutes = (min: number, max: number) => fc.integer({ min, max });
const wake = fc.constant<readonly IncidentCommand[]>([{ type: "wake" }]);
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ commands: command.map((one) => [one]), minutes: minutes(0, 90) }) },
  { weight: 1, arbitrary: fc.record({ commands: sequence, minutes: minutes(0, 90) }) },
  { weight: 3, arbitrary: fc.record({ commands: telling, minutes: minutes(0, 30) }) },
  { weight: 4, arbitrary: fc.record({ commands: wake, minutes: minutes(1, 400) }) },
);

const opening = fc.record({
  level: fc.constantFrom<Level>(1, 2, 3, 4),
  title: text.map((words) => words.slice(0, 120)).filter((words) => words.trim() !== ""),
  service: text.map((words) => words.slice(0, 80)),
  kind: fc.constantFrom("real" as const, "drill" as const),
  customers: fc.constantFrom(0, 1, 3, 25),
  contracts: fc.boolean(),
  staffed: fc.boolean(),
});

const ACTORS: Readonly<Partial<Record<IncidentCommand["type"], Actor>>> = {
  "add-note": by("helena"),
  "approve-notice": by("helena"),
  "record-sent": { kind: "system", name: "delivery" },
};

const toldBy = (story: Story, at: Date): readonly Told[] => {
  const snapshot = snapshotOf(story, at);
  const standing: readonly Told[] = [
    { notice: { kind: "incident-card" }, snapshot, to: null },
    { notice: { kind: "announcement" }, snapshot, to: null },
  ];
  if (!story.last.ok) return standing;
  const effects = story.last.effects.flatMap((effect): readonly Told[] => {
    if (effect.kind === "say") return [{ notice: effect.notice, snapshot, to: null }];
    return effect.kind === "reach" ? [{ notice: effect.notice, snapshot, to: effect.person }] : [];
  });
  return [...standing, ...effects];
};

/** Everything that a random incident says from its declaration on. */
export const toldStory: fc.Arbitrary<readonly Told[]> = fc
  .record({ opening, steps: fc.array(step, { minLength: 3, maxLength: 12 }) })
  .map(({ opening: first, steps }) => {
    const customers = Array.from({ length: first.customers }, (_, index) => {
      const terms = customer(index === 0 ? "c1" : `x${index}`);
      return first.contracts ? terms : { ...terms, contract: null };
    });
    const services = [{ id: null, name: first.service }];
    const onCall = first.staffed ? fullRoster : emptyRoster;
    let story = declared(aDeclaration({ ...first, customers, services, onCall }));
    let at = later(0);
    const told = [...toldBy(story, at)];
    for (const { commands, minutes: passed } of steps) {
      at = later(passed, at);
      for (const next of commands) {
        const actor = ACTORS[next.type] ?? by("bruno");
        story = next.type === "wake" ? wokenAt(story, at) : followedBy(story, next, { at, actor, admin: true });
        told.push(...toldBy(story, at));
      }
    }
    // Snapshots are long: a counter-example shows what was done instead.
    const shown = () => fc.stringify({ first, steps });
    return Object.assign(told, { [fc.toStringMethod]: shown });
  });
