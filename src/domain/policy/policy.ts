// The policy as data: every number, ladder and sentence that the company may change without a deploy.

/** Level of an incident, from 1 (most severe) to 4. */
export type Level = 1 | 2 | 3 | 4;

/** All levels, most severe first. */
export const LEVELS: readonly Level[] = [1, 2, 3, 4];

/** A text in the languages of the staff; customers' texts add Spanish elsewhere. */
export type StaffText = { readonly "pt-BR": string; readonly en: string };

/** A span counted either round the clock or in business minutes of a business calendar. */
export type Target = { readonly minutes: number; readonly counted: "24x7" | "business" };

/** The two contractual clocks. */
export type ContractClock = "response" | "resolution";

/** Targets of one level for both contractual clocks. */
export type LevelTargets = Readonly<Record<ContractClock, Target>>;

/** Hours as "HH:mm" in the calendar's zone; the window is half open: [open, close). */
export type DayHours = readonly [open: string, close: string];

/** A business calendar: weekly hours in one IANA zone, holidays, and exceptions that replace a whole day. */
export type BusinessCalendar = {
  readonly zone: string;
  readonly open: string;
  readonly close: string;
  /** ISO weekdays, Monday is 1. */
  readonly days: readonly number[];
  /** "BR" is the national list by rule; otherwise none or ISO dates. */
  readonly holidays: "BR" | "none" | readonly string[];
  /** ISO date to special hours, or null for closed. */
  readonly exceptions?: Readonly<Record<string, DayHours | null>>;
};

/** The roles a rung can name. */
export type Role =
  | "primary"
  | "secondary"
  | "responder"
  | "incident-commander"
  | "communications-lead"
  | "support-owner"
  | "on-call-lead"
  | "engineering-manager"
  | "director"
  | "executive";

/** How a rung reaches a person: page rings, inform and remind only write. */
export type How = "page" | "inform" | "remind";

/** One person to reach on a rung; `fromRepeat` starts it at the nth repeat, `onlyBusinessHours` defers it to the calendar. */
export type RungStep = {
  readonly role: Role;
  readonly how: How;
  readonly fromRepeat?: number;
  readonly onlyBusinessHours?: boolean;
};

/** The rungs of one level's ladder, by percent of the target consumed. */
export type Ladder = Readonly<Record<"0" | "50" | "75" | "90" | "100" | "repeat", readonly RungStep[]>>;

/** What a level prescribes apart from the contractual targets. */
export type LevelRules = {
  readonly firstNotice: Target;
  readonly updateEvery: Target;
  readonly repeatAfterBreach: Target;
  readonly observationMinutes: number;
  readonly reopenWindow: Target;
  /** Minutes between pages of the primary until somebody takes; null when the level does not re-page. */
  readonly repageMinutes: number | null;
  readonly mayPause: boolean;
  /** Minutes that the author waits for a second person before going alone; null when none is asked. */
  readonly secondPersonMinutes: number | null;
  /** Whether a review must be recorded before the incident can be closed. */
  readonly reviewRequired: boolean;
  /** How long a resolved incident stays open before it may be closed without a review; null when there is no wait. */
  readonly closeAfter: Target | null;
  readonly ladder: Ladder;
};

/** Codes of the classification answers. */
export type Scope = "large" | "small_number" | "small_group" | "single";
/** What the affected users notice, from worst to least. */
export type Effect = "outage" | "significant" | "affected" | "little";
/** State of the customers' data. */
export type DataImpact = "none" | "impaired" | "lost";
/** Whether data may have been seen by somebody who must not. */
export type Exposure = "none" | "suspected" | "confirmed";
/** T text decides, G next level up, I interpretation, H more severe of two, L named case, D decided by data. */
export type RuleKind = "T" | "G" | "I" | "H" | "L" | "D";

/** One cell of the matrix: the level, which kind of rule gave it and the sentence that says so. */
export type MatrixCell = { readonly level: Level; readonly kind: RuleKind; readonly why: StaffText };

/** Numbers and tables of classification (requirements 2.2 to 2.4). */
export type ClassificationRules = {
  readonly largeUsers: number;
  readonly largeShare: { readonly moreThanUsers: number; readonly percentOfMonthlyActive: number };
  readonly smallNumberAboveUsers: number;
  /** The whole-customer rule needs at least this many users. */
  readonly wholeCustomerMinUsers: number;
  readonly matrix: Readonly<Record<Scope, Readonly<Record<Effect, MatrixCell>>>>;
  readonly dataEffect: Readonly<
    Record<"impaired" | "lost", { readonly atLeast: Effect; readonly floor: Level | null; readonly why: StaffText }>
  >;
  readonly exposureFloor: Readonly<Record<"suspected" | "confirmed", Level>>;
  readonly exposureWhy: Readonly<Record<"suspected" | "confirmed", StaffText>>;
  /** Level of a declaration that answered nothing about who and what. */
  readonly unclassifiedLevel: Level;
  readonly unclassifiedWhy: StaffText;
  readonly overrideReasonMinLength: number;
};

/** Phone rules of the design, section 8. */
export type PhoneRules = {
  readonly maxAlertsPerHour: number;
  readonly callAfterMinutes: number;
  readonly ringAgainAfterIdleMinutes: number;
};

/** A policy version, immutable once in force. */
export type Policy = {
  readonly id: string;
  readonly version: number;
  readonly title: StaffText;
  /** False until the policy owner accepts the shipped numbers. */
  readonly confirmed: boolean;
  readonly businessCalendar: string;
  readonly calendars: Readonly<Record<string, BusinessCalendar>>;
  readonly warningPercents: readonly number[];
  readonly tiers: Readonly<
    Record<string, { readonly name: StaffText; readonly targets: Readonly<Record<Level, LevelTargets>> }>
  >;
  readonly defaultTier: string;
  readonly levels: Readonly<Record<Level, LevelRules>>;
  readonly levelNames: Readonly<Record<Level, StaffText>>;
  readonly classification: ClassificationRules;
  readonly phone: PhoneRules;
  readonly pauseMaxBusinessMinutes: number;
  readonly fourEyes: "whenAvailable" | "required" | "off";
  /** Resolutions of the gaps in the policy's text, shown to the company (requirements section 0). */
  readonly interpretationNotes: readonly { readonly code: string; readonly where: string; readonly note: StaffText }[];
};
