// The clocks in words. A clock without a recorded contract is an internal target: never called SLA or breach.
import type { ClockRow } from "../../domain/clocks/clock-sheet.js";
import type { ContractClock } from "../../domain/policy/policy.js";
import type { Line } from "../card.js";
import { joinLines, plain, strong } from "../spans.js";
import { durationWords, targetWords } from "../time-words.js";
import { commandOf } from "../voice.js";
import type { Scene } from "./scene.js";

const CLOCKS: readonly ContractClock[] = ["response", "resolution"];
/** Customers listed on a card; the others are counted. */
const CUSTOMERS_SHOWN = 10;
/** Clocks listed when an incident is resolved. */
const RESULTS_SHOWN = 20;

/** The row in force of each customer and clock: the latest cycle and epoch. */
export function currentRows(rows: readonly ClockRow[]): readonly ClockRow[] {
  const latest = new Map<string, ClockRow>();
  for (const row of rows) {
    const key = `${row.clock} ${row.customer}`;
    const known = latest.get(key);
    if (!known || known.cycle < row.cycle || (known.cycle === row.cycle && known.epoch <= row.epoch)) {
      latest.set(key, row);
    }
  }
  return [...latest.values()].filter((row) => row.state !== "superseded");
}

/** The row that a clock and customer have now, if any. */
export function rowFor(scene: Scene, clock: ContractClock, customer: string): ClockRow | undefined {
  return currentRows(scene.snapshot.sheet.rows).find((row) => row.clock === clock && row.customer === customer);
}

/** The instant at which a row falls due, when that is known. */
export function dueOf(row: ClockRow): Date | null {
  return row.thresholds["100"] ?? null;
}

/** Whose clock it is. */
export function customerWords(row: ClockRow, scene: Scene): string {
  if (row.customer === "-") return scene.say("clock.internal");
  const customer = scene.voice.customerName(row.customer);
  return row.internal ? scene.say("clock.internal-customer", { customer }) : customer;
}

/** Which target is meant, as the object of a sentence: "of the response SLA of Acme". */
export function ofTarget(clock: ContractClock, customer: string, internal: boolean, scene: Scene): Line {
  const words = scene.say(`clock.${clock}`);
  if (customer === "-") return scene.line("of.internal", { clock: words });
  const name = scene.voice.customerName(customer);
  return scene.line(internal ? "of.internal-customer" : "of.contract", { clock: words, customer: name });
}

/** One line per affected customer with both clocks, the governing ones first; long lists end in a count. */
export function customerLines(scene: Scene): readonly Line[] {
  const rows = liveRows(scene);
  const customers = [...new Set([...rows].sort((one, other) => rank(one, scene) - rank(other, scene)).map(keyOf))];
  const shown = customers.slice(0, CUSTOMERS_SHOWN).map((customer) => customerLine(rows, customer, scene));
  const hidden = customers.length - shown.length;
  if (hidden === 0) return shown;
  const slots = { n: hidden, command: commandOf(scene.voice), verb: "sla" };
  return [...shown, scene.line("card.more-customers", slots)];
}

/** How each clock ended, for the message of a resolution. */
export function resultLines(scene: Scene): readonly Line[] {
  const rows = liveRows(scene);
  // Of a long list the promises that were not kept come first.
  const long = rows.length > RESULTS_SHOWN;
  const ordered = long ? [...rows.filter(isLate), ...rows.filter((row) => !isLate(row))] : rows;
  const shown = ordered.slice(0, RESULTS_SHOWN).map((row) => resultLine(row, scene));
  if (!long) return shown;
  const hidden = ordered.slice(RESULTS_SHOWN);
  return [...shown, scene.line("clock.results-more", { n: hidden.length, late: hidden.filter(isLate).length })];
}

/** The rows in force of customers who are affected. */
export function liveRows(scene: Scene): readonly ClockRow[] {
  return currentRows(scene.snapshot.sheet.rows).filter((row) => row.state !== "voided");
}

function isLate(row: ClockRow): boolean {
  return row.state === "breached";
}

function resultLine(row: ClockRow, scene: Scene): Line {
  return scene.line("clock.result", {
    customer: customerWords(row, scene),
    clock: scene.say(`clock.${row.clock}`),
    result: resultWords(row, scene),
    consumed: durationWords(row.consumedMs, scene.voice.language),
    target: targetWords(row.targetMinutes, row.calendar, scene.voice.language),
  });
}

/** The state of a row in words. */
export function resultWords(row: ClockRow, scene: Scene): string {
  if (row.state === "breached") return scene.say(row.internal ? "clock.result.passed" : "clock.result.breached");
  return scene.say(`clock.result.${row.state}`);
}

/** A note where a shown target is a shipped number that nobody has accepted yet. */
export function unconfirmedLine(scene: Scene): readonly Line[] {
  const internal = liveRows(scene).some((row) => row.internal);
  return internal && !scene.snapshot.policy.confirmed ? [scene.line("card.unconfirmed")] : [];
}

function keyOf(row: ClockRow): string {
  return row.customer;
}

function rank(row: ClockRow, scene: Scene): number {
  if (governs(row, scene)) return row.clock === "response" ? 0 : 1;
  return dueOf(row)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function governs(row: ClockRow, scene: Scene): boolean {
  return (
    (row.state === "running" || row.state === "breached") &&
    scene.snapshot.sheet.governing[row.clock]?.customer === row.customer
  );
}

function customerLine(rows: readonly ClockRow[], customer: string, scene: Scene): Line {
  const own = CLOCKS.flatMap((clock) => rows.filter((row) => row.clock === clock && row.customer === customer));
  const first = own[0];
  if (first === undefined) return [];
  return scene.line("clock.customer-line", {
    customer: strong(customerWords(first, scene)),
    clocks: joinLines(
      own.map((row) => clockLine(row, scene)),
      " · ",
    ),
  });
}

function clockLine(row: ClockRow, scene: Scene): Line {
  const clock = scene.say(`clock.${row.clock}`);
  const due = dueOf(row);
  if (row.state === "running") {
    if (due === null) return scene.line("clock.running-no-due", { clock });
    return scene.line(governs(row, scene) ? "clock.running-governs" : "clock.running", { clock, due: scene.at(due) });
  }
  if (row.state !== "breached") return scene.line(`clock.${row.state}`, { clock });
  const since = row.breachAt ?? due;
  if (row.stoppedAt !== null || since === null) {
    return scene.line(row.internal ? "clock.passed" : "clock.breached", { clock });
  }
  const key = row.internal ? "clock.passed-running" : "clock.breached-running";
  return scene.line(key, { clock, due: scene.at(since) });
}

/** Clocks of a customer in a sentence of their own, for the message that adds one. */
export function clocksOfCustomer(customer: string, scene: Scene): readonly Line[] {
  const rows = currentRows(scene.snapshot.sheet.rows).filter((row) => row.customer === customer);
  return rows.length === 0 ? [] : [customerLine(rows, customer, scene)];
}

/** Names of customers, the first few in full. */
export function customerNames(customers: readonly string[], scene: Scene): Line {
  const shown = customers.slice(0, CUSTOMERS_SHOWN).map((customer) => [plain(scene.voice.customerName(customer))]);
  const hidden = customers.length - shown.length;
  return joinLines(hidden > 0 ? [...shown, [plain(`+ ${hidden}`)]] : shown, ", ");
}
