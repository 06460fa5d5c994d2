import type { PersonId } from "../../domain/incident/ids.js";
import type { IncidentKind, IncidentState } from "../../domain/incident/incident.js";
import type { Level } from "../../domain/policy/policy.js";
import type { Card, Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { named, strong } from "../spans.js";
import { say, sayLine } from "../texts/say.js";
import type { Voice } from "../voice.js";

/** What the list shows of an incident. */
export type ListedIncident = {
  readonly code: string;
  readonly kind: IncidentKind;
  readonly state: IncidentState;
  readonly level: Level;
  readonly title: string;
  readonly takenBy: PersonId | null;
};

const ROWS_SHOWN = 25;

/** Open incidents, in the order in which they come: most severe first. */
export function listCard(rows: readonly ListedIncident[], voice: Voice): Card {
  const { language } = voice;
  const shown = rows.slice(0, ROWS_SHOWN).map((row) => rowLine(row, voice));
  return {
    header: say(language, "list.title"),
    blocks: [
      { kind: "lines", lines: shown.length === 0 ? [sayLine(language, "list.none")] : shown },
      ...(rows.length > shown.length ? [{ kind: "context", lines: [sayLine(language, "list.more")] } as const] : []),
    ],
    summary: say(language, "list.summary", { n: rows.length }),
  };
}

function rowLine({ code, kind, state, level, title, takenBy }: ListedIncident, { language }: Voice): Line {
  return sayLine(language, kind === "drill" ? "list.row-drill" : "list.row", {
    code: strong(code),
    level,
    title: clipText(title, 120),
    state: say(language, `state.${state}`),
    taken:
      takenBy === null ? sayLine(language, "list.nobody") : sayLine(language, "list.with", { who: named(takenBy) }),
  });
}
