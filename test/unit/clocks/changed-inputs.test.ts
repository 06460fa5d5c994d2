import { expect, test } from "vitest";
import type { ClockFact, ClockHistory, CustomerTerms } from "../../../src/domain/clocks/clock-history.js";
import { computeClocks } from "../../../src/domain/clocks/compute-clocks.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { termsOf } from "./history-arbitrary.js";

const at = (time: string) => new Date(`2026-11-23T${time}:00-03:00`);
const changed = (time: string, ...customers: CustomerTerms[]): ClockFact => ({
  kind: "inputs-changed",
  at: at(time),
  customers,
});
const closedTomorrow = (terms: CustomerTerms): CustomerTerms => ({
  ...terms,
  calendarName: "custom",
  calendar: { ...terms.calendar, exceptions: { "2026-11-24": null } },
});

function rowsAfter(facts: readonly ClockFact[], now: string, level: ClockHistory["level"] = 3) {
  const customers = [termsOf("A", "padrao"), termsOf("B", "padrao")];
  const declaredAt = at("10:00");
  const { rows, refusals } = computeClocks(
    { level, detectedAt: declaredAt, declaredAt, customers, facts },
    policy,
    at(now),
  );
  return {
    rows: (customer: string, clock: string) => rows.filter((row) => row.customer === customer && row.clock === clock),
    refusals,
  };
}

test("new terms open an epoch that counts from the start, for the customers concerned alone", () => {
  const { rows } = rowsAfter([changed("12:00", closedTomorrow(termsOf("A", "padrao")))], "13:00");
  const [before, after] = rows("A", "resolution");
  expect(before).toMatchObject({
    epoch: 1,
    state: "superseded",
    thresholds: { 100: new Date("2026-11-26T10:00:00-03:00") },
  });
  expect(after).toMatchObject({
    epoch: 2,
    state: "running",
    calendar: "custom",
    startAt: at("10:00"),
    consumedMs: 180 * 60_000,
    thresholds: { 100: new Date("2026-11-27T10:00:00-03:00") },
  });
  expect(rows("B", "resolution")).toHaveLength(1);
});

test("a clock that stopped keeps its result", () => {
  const facts: ClockFact[] = [
    { kind: "taken", at: at("10:05") },
    { kind: "resolved", at: at("11:00") },
  ];
  const { rows } = rowsAfter([...facts, changed("12:00", termsOf("A", "enterprise"))], "13:00");
  expect(rows("A", "response")).toHaveLength(1);
  expect(rows("A", "resolution")).toHaveLength(1);
});

test("a stricter contract may find the clock breached, recognised when the terms changed", () => {
  const { rows } = rowsAfter([changed("12:00", termsOf("A", "enterprise"))], "12:30");
  expect(rows("A", "response").at(-1)).toMatchObject({
    state: "breached",
    breachAt: at("11:00"),
    recognizedAt: at("12:00"),
  });
});

test("a count that a worsening began keeps its beginning", () => {
  const worsened: ClockFact = {
    kind: "reclassified",
    at: at("11:00"),
    level: 2,
    cause: "worsened",
    effectiveFrom: at("11:00"),
  };
  const { rows } = rowsAfter([worsened, changed("12:00", termsOf("A", "premium"))], "13:00");
  expect(rows("A", "resolution").at(-1)).toMatchObject({
    epoch: 3,
    level: 2,
    startAt: at("11:00"),
    targetMinutes: 240,
  });
});

test("a clock whose old due won goes on by the level of that due", () => {
  const worsened: ClockFact = {
    kind: "reclassified",
    at: at("17:50"),
    level: 1,
    cause: "worsened",
    effectiveFrom: at("17:50"),
  };
  const { rows } = rowsAfter([worsened, changed("17:55", termsOf("A", "basico"))], "17:56", 2);
  expect(rows("A", "resolution").map(({ level, targetMinutes }) => [level, targetMinutes])).toEqual([
    [2, 480],
    [1, 480],
    [1, 720],
  ]);
});

test("a held clock stays held under new terms", () => {
  const { rows } = rowsAfter(
    [{ kind: "mitigated", at: at("11:00") }, changed("12:00", termsOf("A", "premium"))],
    "13:00",
  );
  expect(rows("A", "resolution").at(-1)).toMatchObject({ state: "held", targetMinutes: 1_080, consumedMs: 3_600_000 });
});

test("terms of somebody who is not affected are refused", () => {
  const { refusals } = rowsAfter([changed("12:00", termsOf("Z", "premium"))], "13:00");
  expect(refusals).toEqual([{ at: at("12:00"), type: "inputs-changed", reason: "unknown-customer" }]);
});

test("a customer without a contract has internal clocks", () => {
  const internal = { ...termsOf("A", "padrao"), contract: null };
  const history = { level: 3, detectedAt: at("10:00"), declaredAt: at("10:00"), facts: [] } as const;
  const isInternal = (customers: readonly CustomerTerms[]) =>
    computeClocks({ ...history, customers }, policy, at("10:00")).rows.map((row) => row.internal);
  expect(isInternal([internal, termsOf("B", "padrao")])).toEqual([true, true, false, false]);
  expect(isInternal([])).toEqual([true, true]);
});
