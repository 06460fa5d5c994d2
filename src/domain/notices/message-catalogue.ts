// The words and rules of messages to customers as data: templates in three languages, and who is told what on which
// channel. A version never changes; each message remembers the version that it was written with.
import type { ContactRole } from "../customers/contact.js";
import type { CustomerLanguage } from "../customers/customer.js";
import type { Effect, Level } from "../policy/policy.js";

/** Messages that customers get about an incident. */
export type TemplateName =
  | "first_notice"
  | "update"
  | "no_change"
  | "monitoring"
  | "resolved"
  | "reopened"
  | "false_alarm";

/** A text in every language in which customers are written to. */
export type CustomerText = Readonly<Record<CustomerLanguage, string>>;

/** One message in one language, with slots in double braces; null where the channel is not used. */
export type TemplateText = {
  readonly subject: string;
  readonly body: string;
  readonly sms: string | null;
  readonly inappTitle: string;
  readonly inappBody: string;
};

/** State of the service as customers are told. */
export type CustomerStatus = "investigating" | "identified" | "monitoring" | "resolved" | "reopened" | "cancelled";

/** What customers are told about their data. */
export type CustomerDataStatement = "none" | "checking" | "unavailable" | "lost";

/** Whether contacts of a role are told: always, unless they declined the level, or only when they asked for it. */
export type Told = "always" | "unless-declined" | "if-asked";

/** Who is told on which channel, and how messages are approved. */
export type NoticeRules = {
  /** Contact roles that are told, by level; a role that is missing is not told. */
  readonly audience: Readonly<Record<Level, Readonly<Partial<Record<ContactRole, Told>>>>>;
  /** Whether a level also tells by SMS: by default, only who asked for it, or never. */
  readonly sms: Readonly<Record<Level, "default" | "if-asked" | "never">>;
  /** Messages that also go by SMS: changes of state, not every update (requirements 3.3). */
  readonly smsFor: readonly TemplateName[];
  /** Local hours, half open, in which no SMS is sent unless the contact or the contract wants every hour. */
  readonly quietHours: { readonly from: string; readonly to: string };
  /** How long a draft that waits for approval stays valid. */
  readonly draftMinutes: number;
  /** The author goes alone at once when nobody else who could approve has acted for so long. */
  readonly aloneAfterQuietMinutes: number;
  /** Above so many customers the number must be repeated. */
  readonly confirmAboveCustomers: number;
};

/** A version of the catalogue. */
export type MessageCatalogue = {
  readonly id: string;
  readonly version: number;
  readonly templates: Readonly<Record<TemplateName, Readonly<Record<CustomerLanguage, TemplateText>>>>;
  /** Longest value of each slot, in characters, as far as it must fit an SMS or a line. */
  readonly slotMax: Readonly<Record<string, number>>;
  readonly statuses: Readonly<Record<CustomerStatus, CustomerText>>;
  readonly dataStatements: Readonly<Record<CustomerDataStatement, CustomerText>>;
  /** What is said of data that was lost and is back. */
  readonly dataRecovered: CustomerText;
  /** Said where the writer left a slot empty. */
  readonly defaults: Readonly<
    Record<
      "whatChanged" | "workaround" | "action" | "causeSummary" | "customerAction" | "residualImpact" | "reasonShort",
      CustomerText
    >
  >;
  /** What customers may notice, by the effect that the responders chose; "unknown" while nobody has. */
  readonly impact: Readonly<Record<Effect | "unknown", CustomerText>>;
  /** The same in the few characters of an SMS. */
  readonly impactShort: Readonly<Record<Effect | "unknown", CustomerText>>;
  /** Put first for somebody whom no earlier message of the incident reached. */
  readonly sinceWhen: CustomerText;
  /** Named in place of a service that is not known, or whose name does not fit. */
  readonly someService: CustomerText;
  readonly rules: NoticeRules;
};
