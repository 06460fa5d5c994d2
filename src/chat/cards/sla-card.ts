import type { ClockRow } from "../../domain/clocks/clock-sheet.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { ContractClock } from "../../domain/policy/policy.js";
import type { Card, Line } from "../card.js";
import { strong } from "../spans.js";
import { durationWords, targetWords } from "../time-words.js";
import type { Voice } from "../voice.js";
import { currentRows, customerWords, dueOf, liveRows, resultWords, unconfirmedLine } from "./clock-lines.js";
import { nextLine } from "./next-line.js";
import { Scene } from "./scene.js";

const ROWS_SHOWN = 30;

/** The SLA sheet in words: which clock governs and why, and every clock in force. */
export function slaCard(snapshot: IncidentSnapshot, voice: Voice): Card {
  const scene = new Scene(snapshot, voice);
  const rows = [...currentRows(snapshot.sheet.rows)].sort((one, other) => dueTime(one) - dueTime(other));
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => rowLine(row, scene));
  const hidden = rows.length - shown.length;
  const internal = liveRows(scene).some((row) => row.internal);
  const notes = [
    ...(hidden > 0 ? [scene.line("sla.more", { n: hidden, total: rows.length })] : []),
    ...(internal ? [scene.line("sla.internal")] : []),
    ...unconfirmedLine(scene),
  ];
  return scene.card({
    header: scene.say("sla.title", { code: scene.incident.code }),
    blocks: [
      { kind: "lines", lines: [...governingLines(scene), ...nextLine(scene)] },
      ...(shown.length === 0 ? [] : [{ kind: "lines", lines: shown } as const]),
      ...(notes.length === 0 ? [] : [{ kind: "context", lines: notes } as const]),
    ],
    summary: scene.say("sla.summary", { code: scene.incident.code }),
  });
}

function governingLines(scene: Scene): readonly Line[] {
  const lines = (["response", "resolution"] as const).flatMap((clock) => governingLine(clock, scene));
  return lines.length === 0 ? [scene.line("sla.nothing-runs")] : lines;
}

function governingLine(clock: ContractClock, scene: Scene): readonly Line[] {
  const governing = scene.snapshot.sheet.governing[clock];
  if (governing === null) return [];
  const row = currentRows(scene.snapshot.sheet.rows).find(
    (one) => one.clock === clock && one.customer === governing.customer,
  );
  const { language } = scene.voice;
  const leftMs = governing.dueAt.getTime() - scene.snapshot.at.getTime();
  const customer = row ? customerWords(row, scene) : scene.voice.customerName(governing.customer);
  const slots = { clock: scene.say(`clock.${clock}`), customer, due: scene.at(governing.dueAt) };
  const words = durationWords(leftMs, language);
  if (leftMs <= 0) return [scene.line("sla.governs-late", { ...slots, late: words })];
  return [scene.line("sla.governs", { ...slots, left: words })];
}

function rowLine(row: ClockRow, scene: Scene): Line {
  const due = dueOf(row);
  const { language } = scene.voice;
  const slots = {
    customer: strong(customerWords(row, scene)),
    clock: scene.say(`clock.${row.clock}`),
    level: row.level,
    target: targetWords(row.targetMinutes, row.calendar, language),
    consumed: durationWords(row.consumedMs, language),
    result: resultWords(row, scene),
  } as const;
  const line =
    due === null ? scene.line("sla.row-no-due", slots) : scene.line("sla.row", { ...slots, due: scene.at(due) });
  return row.cycle > 1 ? scene.line("sla.cycle", { row: line, cycle: row.cycle }) : line;
}

function dueTime(row: ClockRow): number {
  return dueOf(row)?.getTime() ?? Number.MAX_SAFE_INTEGER;
}
