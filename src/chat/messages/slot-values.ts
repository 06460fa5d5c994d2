// What each slot of a message says to one group of readers.
import type { CustomerLanguage } from "../../domain/customers/customer.js";
import type { NoticeFacts, WrittenSlot } from "../../domain/notices/customer-notice.js";
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";
import { clipText } from "../clip-text.js";
import { asSentence, cleanText } from "./clean-text.js";
import { customerDuration, customerInstant, observationWords, shortInstant } from "./customer-time.js";
import type { SlotValue, SlotValues } from "./fill-template.js";
import type { MessageLinks } from "./message-links.js";

type Source = {
  readonly notice: { readonly facts: NoticeFacts };
  readonly incident: { readonly code: string };
  readonly catalogue: MessageCatalogue;
};
type Group = { readonly language: CustomerLanguage; readonly zone: string };
type Reader = {
  readonly names: { readonly name: string; readonly customerName: string };
  readonly links: MessageLinks;
};

const SERVICE_MAX = 80;

/** The values of every slot; null where the facts have none. */
export function slotValues({ notice, incident, catalogue }: Source, group: Group, reader: Reader): SlotValues {
  const { facts } = notice;
  const { language, zone } = group;
  const { names, links } = reader;
  const at = (instant: Date | null) => instant && customerInstant(instant, language, zone);
  const short = (instant: Date | null) => instant && shortInstant(instant, language, zone);
  const written = (slot: WrittenSlot) => writtenText(facts, slot, language, links.hosts);
  const orDefault = (slot: keyof MessageCatalogue["defaults"]): SlotValue =>
    written(slot) ?? { phrase: catalogue.defaults[slot][language] };
  const service = clipText(cleanText(facts.service ?? "", links.hosts), SERVICE_MAX);
  return {
    contactName: names.name,
    customerName: names.customerName,
    service: service || { phrase: catalogue.someService[language] },
    incidentCode: cleanText(incident.code),
    statusLabel: catalogue.statuses[facts.status][language],
    impact: written("impact") ?? { phrase: impactOf(facts, catalogue)[language] },
    impactShort: catalogue.impactShort[works(facts) ? "little" : facts.effect][language],
    workaround: orDefault("workaround"),
    action: orDefault("action"),
    whatChanged: orDefault("whatChanged"),
    causeSummary: orDefault("causeSummary"),
    customerAction: orDefault("customerAction"),
    residualImpact: orDefault("residualImpact"),
    reasonShort: orDefault("reasonShort"),
    dataStatement: dataStatement(facts, catalogue, language, written("dataLossDetail")),
    startedAt: at(facts.startedAt),
    nextUpdateAt: at(facts.nextUpdateAt),
    mitigatedAt: at(facts.mitigatedAt),
    restoredAt: at(facts.restoredAt),
    resolvedAt: at(facts.resolvedAt),
    reopenedAt: at(facts.reopenedAt),
    // A report is announced only where one is scheduled, and a notice carries no such date.
    reportDueAt: null,
    startTime: short(facts.startedAt),
    nextTime: short(facts.nextUpdateAt),
    restoredTime: short(facts.restoredAt),
    duration: facts.restoredAt && customerDuration(facts.restoredAt.getTime() - facts.startedAt.getTime(), language),
    observationWindow: observationWords(facts.observationMinutes, language),
    link: links.page,
    shortLink: links.short,
    supportContact: links.support,
  };
}

function writtenText(
  facts: NoticeFacts,
  slot: WrittenSlot,
  language: CustomerLanguage,
  hosts: readonly string[],
): string | null {
  const text = cleanText(facts.texts[slot]?.[language]?.prose ?? "", hosts);
  return text === "" ? null : asSentence(text);
}

// The effect was chosen for the problem; once the service works again it is no longer what anybody notices.
function impactOf(facts: NoticeFacts, catalogue: MessageCatalogue) {
  return works(facts) ? catalogue.defaults.residualImpact : catalogue.impact[facts.effect];
}

function works({ status }: NoticeFacts): boolean {
  return status === "monitoring" || status === "resolved";
}

// Without the detail in the reader's language the sentence ends before it: it says less, and nothing untrue.
function dataStatement(
  facts: NoticeFacts,
  catalogue: MessageCatalogue,
  language: CustomerLanguage,
  detail: string | null,
): string {
  if (facts.data === "lost" && facts.dataRecovered) return catalogue.dataRecovered[language];
  const sentence = catalogue.dataStatements[facts.data][language];
  return detail === null
    ? sentence.replace(/[:\s]*\{\{dataLossDetail\}\}/, ".")
    : sentence.replace("{{dataLossDetail}}", () => detail);
}
