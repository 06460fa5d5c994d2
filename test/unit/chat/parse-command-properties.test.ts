import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeAsk, DeclareAsk, PersonToken } from "../../../src/chat/asks.js";
import { commandTable } from "../../../src/chat/command-table.js";
import { parseCommand } from "../../../src/chat/parse-command.js";
import type { Parsed, TypedTarget } from "../../../src/chat/parsed.js";
import { printCommand } from "./print-command.js";

// A text that begins with a digit, "#" or "INC" could be read as a code, and one that begins with a word of the verb's
// own vocabulary as an argument; "zz" begins neither. Inside, anything goes that is no token of the platform.
const freeText = fc
  .string({ unit: "grapheme", maxLength: 60 })
  .map((text) => `zz ${text.replace(/[<>]/gu, "")}`.trim());
const title = freeText.map((text) => text.replace(/[\p{Cc}\s]+/gu, " ").trim());
const name = fc.stringMatching(/^zz[a-z]{1,8}$/u);
const codeNumber = fc.integer({ min: 1, max: 99_999 }).map((number) => `INC-${number}`);

const target: fc.Arbitrary<TypedTarget> = fc.oneof(
  fc.constant({ by: "implied" as const }),
  codeNumber.map((code) => ({ by: "code" as const, code })),
  fc.stringMatching(/^C[A-Z0-9]{4,8}$/u).map((roomId) => ({ by: "room-mention" as const, roomId })),
);

const person: fc.Arbitrary<PersonToken> = fc.oneof(
  fc.stringMatching(/^U[A-Z0-9]{4,8}$/u).map((mention) => ({ mention })),
  name.map((known) => ({ name: known })),
  fc.constant({ self: true as const }),
);

const roles = [
  "primary",
  "secondary",
  "responder",
  "incident-commander",
  "communications-lead",
  "support-owner",
  "on-call-lead",
  "engineering-manager",
  "director",
  "executive",
] as const;

const answers = fc.record({
  scope: fc.constantFrom("large", "small_number", "small_group", "single", "unknown"),
  effect: fc.constantFrom("outage", "significant", "affected", "little", "unknown"),
  data: fc.constantFrom("none", "impaired", "lost", "unknown"),
  exposure: fc.constantFrom("none", "suspected", "confirmed"),
} as const);

const ask: fc.Arbitrary<ChangeAsk> = fc.oneof(
  fc.constantFrom<ChangeAsk>({ type: "take" }, { type: "close" }, { type: "resume", customers: null }),
  fc.record({
    type: fc.constant("classify" as const),
    answers,
    cause: fc.constantFrom("worsened", "lowered", "corrected", null),
    effectiveFrom: fc.constant(null),
    reason: fc.constant(null),
  }),
  freeText.map((cause): ChangeAsk => ({ type: "identify", cause })),
  freeText.map((action): ChangeAsk => ({ type: "mitigate", action })),
  freeText.map((what): ChangeAsk => ({ type: "regress", what, to: null })),
  fc.record({
    type: fc.constant("resolve" as const),
    data: fc.constantFrom("not-affected", "recovered", "lost", "under-assessment"),
    reason: fc.option(freeText),
    restoredConfirmed: fc.constant(false),
  }),
  freeText.map((reason): ChangeAsk => ({ type: "reopen", reason })),
  fc.record({
    type: fc.constant("cancel" as const),
    reason: fc.constantFrom("false-alarm", "duplicate", "customer-side", "planned-maintenance", "other"),
    text: freeText,
  }),
  freeText.map((review): ChangeAsk => ({ type: "review", review })),
  freeText.map((text): ChangeAsk => ({ type: "add-note", text, happenedAt: null })),
  fc.record({
    type: fc.constant("assign-role" as const),
    role: fc.constantFrom(...roles),
    person,
    summary: fc.option(freeText),
  }),
  name.map((customer): ChangeAsk => ({ type: "add-customer", customer, affectedFrom: null })),
  fc.record({ type: fc.constant("remove-customer" as const), customer: name, reason: freeText }),
  fc.record({
    type: fc.constant("pause" as const),
    reason: fc.constantFrom("waiting-customer", "waiting-third-party"),
    customers: fc.constant(null),
    question: freeText,
  }),
  fc.array(name, { minLength: 1, maxLength: 3 }).map((customers): ChangeAsk => ({ type: "resume", customers })),
) as fc.Arbitrary<ChangeAsk>;

const declaration = fc.record({ title, kind: fc.constantFrom("real", "drill") } as const).map(
  ({ title: said, kind }): DeclareAsk => ({
    title: said,
    service: null,
    answers: { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" },
    customers: [],
    kind,
    origin: "command",
    detectedBy: "staff",
    startedAt: null,
    take: false,
  }),
);

const printable: fc.Arbitrary<Exclude<Parsed, { kind: "problem" | "open-form" }>> = fc.oneof(
  declaration.map((request) => ({ kind: "declare" as const, request })),
  fc.record({ kind: fc.constant("request" as const), request: ask, target }),
  // The other incident of a merge stands where a target would.
  codeNumber.map((childCode) => ({
    kind: "request" as const,
    request: { type: "merge" as const, childCode },
    target: { by: "implied" as const },
  })),
  fc.record({
    kind: fc.constant("query" as const),
    query: fc.constantFrom("sla" as const, "timeline" as const),
    target,
  }),
  fc.constant({ kind: "query" as const, query: "list" as const }),
  fc
    .constantFrom(null, ...commandTable.map(({ verb }) => verb))
    .map((verb) => ({ kind: "query" as const, query: "help" as const, verb })),
);

test("what is printed parses back to the same command", () => {
  fc.assert(
    fc.property(printable, (command) => {
      expect(parseCommand(printCommand(command))).toEqual(command);
    }),
    { numRuns: 1_000 },
  );
});

test("any Unicode text has an outcome", () => {
  const verbs = commandTable.flatMap(({ verb, pt, aliases }) => [verb, pt, ...aliases]);
  const anything = fc.string({ unit: "binary", maxLength: 100 });
  const typed = fc.oneof(
    anything,
    fc.tuple(fc.constantFrom(...verbs), anything).map((parts) => parts.join(" ")),
  );
  fc.assert(
    fc.property(typed, fc.boolean(), (text, entities) => {
      const parsed = parseCommand(text, { entities });
      expect(["open-form", "declare", "request", "query", "problem"]).toContain(parsed.kind);
    }),
    { numRuns: 1_000 },
  );
});

test("a very long text is parsed in time that grows with its length", () => {
  const long = `note ${"<@".repeat(40_000)} ${"a ".repeat(40_000)}`;
  const startedAt = performance.now();
  expect(parseCommand(long).kind).toBe("request");
  parseCommand(`affected remove ${"a - ".repeat(20_000)}`);
  parseCommand("\u0301".repeat(100_000));
  parseCommand(`affected remove x${" ".repeat(100_000)}y`);
  parseCommand(`${".".repeat(100_000)}x`);
  parseCommand(`classify ${",".repeat(100_000)}x`);
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
