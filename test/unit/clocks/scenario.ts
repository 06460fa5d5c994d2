// Scenarios in São Paulo time, computed through the published format of `plantao sla`.
import { computeClocks } from "../../../src/domain/clocks/compute-clocks.js";
import type { ContractClock } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { parseSlaScenario } from "../../../src/formats/sla-scenario.js";
import { slaSheetJson } from "../../../src/formats/sla-sheet-json.js";

/** One row of the answer, with instants as "11-23 10:00" in São Paulo. */
export type Row = {
  readonly customer: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  readonly level: number;
  readonly targetMinutes: number;
  readonly calendar: string;
  readonly startAt: string;
  readonly thresholds: Readonly<Record<"50" | "75" | "90" | "100", string | null>>;
  readonly state: string;
  readonly stoppedAt: string | null;
  readonly consumedMinutes: number;
  readonly breachAt: string | null;
  readonly recognizedAt: string | null;
};

/** One escalation of the answer. */
export type Escalation = {
  readonly at: string;
  readonly clock: ContractClock;
  readonly customer: string;
  readonly percent: number;
  readonly repeat: number;
  readonly collapsed: boolean;
  readonly rungs: readonly { readonly role: string; readonly how: string }[];
};

/** The whole answer. */
export type Sheet = {
  readonly clocks: readonly Row[];
  readonly governing: Readonly<Record<ContractClock, { readonly customer: string; readonly dueAt: string } | null>>;
  readonly escalations: readonly Escalation[];
  readonly refusals: readonly { readonly at: string; readonly type: string; readonly reason: string }[];
};

/** What a test says about a scenario; instants are written "11-23 10:00" or "2027-01-04 10:00". */
export type Story = {
  readonly level: 1 | 2 | 3 | 4;
  readonly declared: string;
  readonly detected?: string;
  /** A tier stands for one customer "A" of that tier; by default it is padrao. */
  readonly customers?: string | readonly object[];
  readonly events?: readonly (readonly [at: string, type: string, rest?: object])[];
  readonly until?: string;
};

/** The instant that "11-23 10:00" means: 2026, São Paulo, offset -03:00. */
function instant(local: string): string {
  const [date = "", time = "00:00"] = (/^\d{4}-/.test(local) ? local : `2026-${local}`).split(" ");
  return `${date}T${time}-03:00`;
}

/** Computes a story. */
export function sheetOf(story: Story): Sheet {
  const customers = story.customers ?? "padrao";
  const scenario = {
    incident: {
      level: story.level,
      declaredAt: instant(story.declared),
      detectedAt: instant(story.detected ?? story.declared),
    },
    customers: typeof customers === "string" ? [{ id: "A", tier: customers }] : customers,
    events: (story.events ?? []).map(([at, type, rest]) => ({ at: instant(at), type, ...rest })),
    ...(story.until === undefined ? {} : { until: instant(story.until) }),
  };
  const parsed = parseSlaScenario(JSON.stringify(scenario), { policy: cuboSuitePolicyV1, language: "en" });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const sheet = slaSheetJson(computeClocks(parsed.value.history, cuboSuitePolicyV1, parsed.value.until));
  return JSON.parse(JSON.stringify(sheet), (_, value: unknown) =>
    typeof value === "string" && /^\d{4}-.*Z$/.test(value) ? localOf(value) : value,
  ) as Sheet;
}

/** The last row of a customer's clock. */
export function rowOf(sheet: Sheet, clock: ContractClock, customer = "A"): Row {
  const row = rowsOf(sheet, clock, customer).at(-1);
  if (row === undefined) throw new Error(`No ${clock} row of ${customer}.`);
  return row;
}

/** All rows of a customer's clock. */
export function rowsOf(sheet: Sheet, clock: ContractClock, customer = "A"): readonly Row[] {
  return sheet.clocks.filter((row) => row.customer === customer && row.clock === clock);
}

/** Thresholds as one line. */
export function line(row: Row): string {
  return [row.thresholds[50], row.thresholds[75], row.thresholds[90], row.thresholds[100]].join(" · ");
}

/** Escalations of one clock as "11-23 12:00 50" lines; a repeat adds "#1", a collapsed one "!". */
export function fired(sheet: Sheet, clock: ContractClock): readonly string[] {
  return sheet.escalations
    .filter((escalation) => escalation.clock === clock)
    .map(
      ({ at, percent, repeat, collapsed }) =>
        `${at} ${percent}${repeat > 0 ? `#${repeat}` : ""}${collapsed ? "!" : ""}`,
    );
}

function localOf(iso: string): string {
  const local = new Date(Date.parse(iso) - 3 * 3_600_000).toISOString();
  const time = local
    .slice(11)
    .replace(/(:00)?\.000Z$/, "")
    .replace("Z", "");
  return `${local.startsWith("2026") ? local.slice(5, 10) : local.slice(0, 10)} ${time}`;
}
