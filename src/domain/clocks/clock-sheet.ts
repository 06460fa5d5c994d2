// What the clock engine answers: the rows of the SLA sheet, who governs, what has escalated and when it must look again.
import type { ContractClock, Level, RungStep } from "../policy/policy.js";

/** State of one row; breached means past its due, still running or stopped late. */
export type ClockState = "running" | "paused" | "held" | "met" | "breached" | "voided" | "superseded";

/** One row per customer, clock, cycle and epoch. */
export type ClockRow = {
  readonly customer: string;
  readonly clock: ContractClock;
  readonly cycle: number;
  readonly epoch: number;
  readonly level: Level;
  readonly targetMinutes: number;
  /** "24x7", the calendar's name, or "custom". */
  readonly calendar: string;
  /** True when no contract is recorded: an internal target, never called SLA or breach. */
  readonly internal: boolean;
  readonly startAt: Date;
  /** Instants of 50, 75, 90 and 100 percent; null when not reached while held. */
  readonly thresholds: Readonly<Record<string, Date | null>>;
  readonly state: ClockState;
  readonly stoppedAt: Date | null;
  readonly consumedMs: number;
  readonly breachAt: Date | null;
  readonly recognizedAt: Date | null;
};

/** The earliest due instant among the running clocks of one kind. */
export type Governing = { readonly customer: string; readonly dueAt: Date } | null;

/** An escalation of a governing clock: one rung fired at one instant. */
export type ClockEscalation = {
  readonly at: Date;
  readonly clock: ContractClock;
  readonly customer: string;
  readonly cycle: number;
  readonly percent: number;
  /** 0 for the threshold itself, then 1, 2, ... for the repeats after the breach. */
  readonly repeat: number;
  /** True when it stands for lower thresholds that passed before they could fire. */
  readonly collapsed: boolean;
  readonly level: Level;
  readonly dueAt: Date;
  readonly rungs: readonly RungStep[];
};

/** A fact that the engine refused; it changes nothing. */
export type ClockRefusal = { readonly at: Date; readonly type: string; readonly reason: string };

/** The SLA sheet of one incident at one instant. */
export type ClockSheet = {
  readonly rows: readonly ClockRow[];
  readonly governing: Readonly<Record<ContractClock, Governing>>;
  /** Every escalation due up to the instant asked for, in order. */
  readonly escalations: readonly ClockEscalation[];
  readonly refusals: readonly ClockRefusal[];
  /** The next instant after the one asked for at which a threshold, repeat or automatic pause end falls due; null when nothing will. */
  readonly nextAt: Date | null;
};
