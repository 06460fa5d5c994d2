import type { ClockRow } from "../../domain/clocks/clock-sheet.js";
import { nextPageAt } from "../../domain/escalation/page-again.js";
import type { Line } from "../card.js";
import { currentRows, ofTarget } from "./clock-lines.js";
import type { Scene } from "./scene.js";

type Next = { readonly at: Date; readonly line: () => Line };

/** What fires next and when, as far as the clocks know; empty when nothing will. */
export function nextLine(scene: Scene): readonly Line[] {
  const { incident, sheet, policy, at: now } = scene.snapshot;
  if (incident.state === "monitoring" && incident.mitigatedAt !== null) {
    const minutes = policy.levels[incident.level].observationMinutes;
    const until = new Date(incident.mitigatedAt.getTime() + minutes * 60_000);
    return until.getTime() > now.getTime() ? [scene.line("next.observation", { at: scene.at(until) })] : [];
  }
  const coming = [...thresholds(scene), ...page(scene)].filter(({ at }) => at.getTime() > now.getTime());
  const first = coming.sort((one, other) => one.at.getTime() - other.at.getTime())[0];
  if (first) return [first.line()];
  if (sheet.nextAt === null) return [];
  const late = currentRows(sheet.rows).some((row) => row.state === "breached" && row.stoppedAt === null);
  return [scene.line(late ? "next.repeat" : "next.look", { at: scene.at(sheet.nextAt) })];
}

function thresholds(scene: Scene): readonly Next[] {
  const { sheet } = scene.snapshot;
  const governing = currentRows(sheet.rows).filter(
    (row) => row.state === "running" && sheet.governing[row.clock]?.customer === row.customer,
  );
  return governing.flatMap((row) => rowThresholds(row, scene));
}

function rowThresholds(row: ClockRow, scene: Scene): readonly Next[] {
  const of = ofTarget(row.clock, row.customer, row.internal, scene);
  return Object.entries(row.thresholds).flatMap(([percent, at]) => {
    if (at === null) return [];
    const key = percent === "100" ? "next.due" : "next.escalation";
    return [{ at, line: () => scene.line(key, { percent, of, at: scene.at(at) }) }];
  });
}

function page(scene: Scene): readonly Next[] {
  const { incident, sheet, policy } = scene.snapshot;
  const at = nextPageAt(incident, sheet, policy);
  return at === null ? [] : [{ at, line: () => scene.line("next.page", { at: scene.at(at) }) }];
}
