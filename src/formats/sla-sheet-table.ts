// The sheet as a table that a person reads, and under it what a person needs to check it by hand.
import type { ClockEscalation, ClockRefusal, ClockRow, ClockSheet } from "../domain/clocks/clock-sheet.js";
import type { CountedClock } from "../domain/clocks/explain-clocks.js";
import type { ContractClock } from "../domain/policy/policy.js";
import type { ProblemLanguage } from "./file-problem.js";
import { eventTypeOf, minutesOf } from "./sla-sheet-json.js";
import { SHEET_WORDS, type SheetWords } from "./sla-sheet-words.js";

/** How the sheet is printed; with `counted` every row is explained. */
export type SheetPrint = {
  readonly language: ProblemLanguage;
  readonly zone: string;
  readonly counted: readonly CountedClock[] | null;
};

type Printer = {
  readonly words: SheetWords;
  readonly stamp: (at: Date | null) => string;
  readonly number: (value: number) => string;
};

const CLOCKS: readonly ContractClock[] = ["response", "resolution"];

/** The whole sheet as text, ending with a line break. */
export function printSlaSheet(sheet: ClockSheet, { language, zone, counted }: SheetPrint): string {
  const words = SHEET_WORDS[language];
  const printer = { words, stamp: stamper(zone), number: numberer(language) };
  const parts = [
    alignColumns([words.columns, ...sheet.rows.map((row) => cellsOf(row, printer))]),
    ...(counted === null ? [] : [sheet.rows.flatMap((row) => explainRow(row, counted, printer))]),
    [`${words.governing}:`, ...CLOCKS.map((clock) => `  ${governingLine(sheet, clock, printer)}`)],
    section(
      words.escalations,
      sheet.escalations.map((escalation) => escalationLine(escalation, printer)),
    ),
    section(
      words.refusals,
      sheet.refusals.map((refusal) => refusalLine(refusal, printer)),
    ),
    [words.times(zone)],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}

function cellsOf(row: ClockRow, { words, stamp, number }: Printer): string[] {
  return [
    plain(row.customer),
    words.clocks[row.clock],
    String(row.cycle),
    String(row.epoch),
    `N${row.level}`,
    number(row.targetMinutes),
    row.calendar,
    stamp(row.startAt),
    stamp(row.thresholds["100"] ?? null),
    words.states[row.state],
    number(minutesOf(row.consumedMs)),
  ];
}

function explainRow(row: ClockRow, counted: readonly CountedClock[], { words, stamp, number }: Printer): string[] {
  const { customer, clock, cycle, epoch } = row;
  const own = counted.find(
    (c) => c.customer === customer && c.clock === clock && c.cycle === cycle && c.epoch === epoch,
  );
  const thresholds = Object.entries(row.thresholds).map(([percent, at]) => `${percent} % ${stamp(at)}`);
  const days = [...(own?.days ?? [])].map(([date, ms]) => `${date} ${number(minutesOf(ms))} min`);
  const marks = [
    ...(row.stoppedAt === null ? [] : [`${words.stopped} ${stamp(row.stoppedAt)}`]),
    ...(row.breachAt === null
      ? []
      : [`${words.breach} ${stamp(row.breachAt)}, ${words.recognized} ${stamp(row.recognizedAt)}`]),
  ];
  return [
    `${plain(customer)} · ${words.clocks[clock]} ${cycle}.${epoch}`,
    `  ${words.thresholds}: ${thresholds.join(" · ")}`,
    ...marks.map((mark) => `  ${mark}`),
    `  ${words.countedDays}: ${own?.days === null ? "24x7" : days.join(", ") || "–"}`,
  ];
}

function governingLine({ governing }: ClockSheet, clock: ContractClock, { words, stamp }: Printer): string {
  const who = governing[clock];
  const answer = who === null ? words.none : `${plain(who.customer)}, ${words.due} ${stamp(who.dueAt)}`;
  return `${words.clocks[clock]}: ${answer}`;
}

function escalationLine(escalation: ClockEscalation, { words, stamp }: Printer): string {
  const { at, clock, customer, percent, repeat, collapsed, rungs } = escalation;
  const what = repeat > 0 ? `${words.repeat} ${repeat}` : `${percent} %`;
  const late = collapsed ? ` (${words.collapsed})` : "";
  const reached = rungs.map(({ role, how }) => `${words.hows[how]} ${words.roles[role]}`).join(", ");
  return `${stamp(at)}  ${words.clocks[clock]} ${plain(customer)} ${what}${late}: ${reached}`;
}

function refusalLine({ at, type, reason }: ClockRefusal, { words, stamp }: Printer): string {
  const reasons: Readonly<Record<string, string>> = words.reasons;
  return `${stamp(at)}  ${eventTypeOf(type)}: ${reasons[reason] ?? reason}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  ${line}`)];
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}

/** "2026-11-23 10:00", with seconds only where there are any. */
function stamper(zone: string): Printer["stamp"] {
  const options = {
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  } as const;
  const format = new Intl.DateTimeFormat("sv-SE", { ...options, timeZone: zone });
  return (at) => (at === null ? "–" : format.format(at).replace(/:00$/, ""));
}

function numberer(language: ProblemLanguage): Printer["number"] {
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: 3 });
  return (value) => format.format(value);
}

/** Ids come from the outside and must not disturb a terminal. */
function plain(text: string): string {
  return text.replace(/\p{C}/gu, "?");
}
