// A message with valid facts; a test states only what matters to it.
import { customerMessage, type MessageSource } from "../../../src/chat/messages/customer-message.js";
import type { CustomerLanguage } from "../../../src/domain/customers/customer.js";
import type { NoticeFacts } from "../../../src/domain/notices/customer-notice.js";
import type { CustomerStatus, TemplateName } from "../../../src/domain/notices/message-catalogue.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";

export const LANGUAGES: readonly CustomerLanguage[] = ["pt-BR", "en", "es"];
export const TEMPLATES = Object.keys(cuboSuiteMessagesV1.templates) as TemplateName[];
export const SAO_PAULO = "America/Sao_Paulo";

const STATUS: Readonly<Record<TemplateName, CustomerStatus>> = {
  first_notice: "investigating",
  update: "identified",
  no_change: "identified",
  monitoring: "monitoring",
  resolved: "resolved",
  reopened: "reopened",
  false_alarm: "cancelled",
};

const at = (time: string): Date => new Date(`2026-11-23T${time}:00.000-03:00`);

/** Facts of an outage of 23 November 2026 that began at 12:30 in São Paulo. */
const factsOf = (template: TemplateName, given: Partial<NoticeFacts> = {}): NoticeFacts => {
  const works = template === "monitoring" || template === "resolved";
  return {
    level: 1,
    service: "Cubo Fiscal",
    status: STATUS[template],
    effect: "outage",
    data: "none",
    dataRecovered: false,
    startedAt: at("12:30"),
    nextUpdateAt: template === "resolved" || template === "false_alarm" ? null : at("15:05"),
    mitigatedAt: works ? at("14:05") : null,
    resolvedAt: template === "resolved" || template === "reopened" ? at("15:10") : null,
    reopenedAt: template === "reopened" ? at("15:40") : null,
    restoredAt: works ? at("14:05") : null,
    observationMinutes: 60,
    texts: {},
    ...given,
  };
};

export const texts = (slot: keyof NoticeFacts["texts"], byLanguage: Partial<Record<CustomerLanguage, string>>) => ({
  [slot]: Object.fromEntries(Object.entries(byLanguage).map(([language, text]) => [language, { prose: text }])),
});

export type Given = {
  readonly template?: TemplateName;
  readonly facts?: Partial<NoticeFacts>;
  readonly language?: CustomerLanguage;
  readonly zone?: string;
  readonly firstContact?: boolean;
  readonly name?: string;
  readonly customerName?: string;
  readonly supportContact?: string | null;
  readonly statusUrl?: string | null;
};

export const sourceOf = (given: Given = {}): MessageSource => {
  const template = given.template ?? "first_notice";
  return {
    notice: { template, facts: factsOf(template, given.facts) },
    incident: { code: "INC-1042" },
    catalogue: cuboSuiteMessagesV1,
    supportContact: given.supportContact === undefined ? "suporte@cubo.example" : given.supportContact,
    statusUrl: given.statusUrl === undefined ? "https://st.cubo.example" : given.statusUrl,
  };
};

export const readerOf = (given: Given = {}) => ({
  name: given.name ?? "Mariana Costa",
  customerName: given.customerName ?? "Padaria Sol",
  language: given.language ?? ("pt-BR" as const),
  zone: given.zone ?? SAO_PAULO,
  firstContact: given.firstContact ?? false,
});

export const aMessage = (given: Given = {}) => customerMessage({ ...sourceOf(given), reader: readerOf(given) });

/** Texts that people or machines could write into a field to harm a reader. */
export const HOSTILE: readonly string[] = [
  "<script>alert(1)</script>",
  "{{link}} {{#reportDueAt}}x{{/reportDueAt}} {{nope}}",
  "%%p1:nameText%% %%%%p1:nameHtml%%",
  "linha\r\nBcc: alguem@fora.example\n\n.\n",
  "\u202Eoded\u200B\u2066\uFEFF",
  "https://evil.example/a?b=c www.evil.example evil.example/x",
  "https:/https:///evil.example hthttps://tps://evil.example",
  "🔥👩‍👩‍👧 ação \uD800",
  "x".repeat(10_000),
  "a.".repeat(20_000),
  "$& $1 $` \\ \u0000\u0007",
];
