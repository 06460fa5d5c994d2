// Version 1 of what Cubo Suite tells its customers, as shipped: the words of each message, and who gets it where.
import type { MessageCatalogue, NoticeRules, TemplateName } from "../../domain/notices/message-catalogue.js";
import { cuboSuitePhrasesV1 } from "./cubo-suite-phrases-v1.js";
import { cuboSuiteTextsEnV1 } from "./cubo-suite-texts-en-v1.js";
import { cuboSuiteTextsEsV1 } from "./cubo-suite-texts-es-v1.js";
import { cuboSuiteTextsPtBrV1 } from "./cubo-suite-texts-pt-br-v1.js";

const inThreeLanguages = (name: TemplateName) => ({
  "pt-BR": cuboSuiteTextsPtBrV1[name],
  en: cuboSuiteTextsEnV1[name],
  es: cuboSuiteTextsEsV1[name],
});

const rules: NoticeRules = {
  audience: {
    1: { incident_primary: "always", technical: "always", executive: "unless-declined" },
    2: { incident_primary: "always", technical: "unless-declined", executive: "if-asked" },
    3: { incident_primary: "unless-declined", technical: "if-asked" },
    4: {},
  },
  sms: { 1: "default", 2: "if-asked", 3: "never", 4: "never" },
  smsFor: ["first_notice", "monitoring", "resolved", "reopened", "false_alarm"],
  quietHours: { from: "22:00", to: "08:00" },
  draftMinutes: 15,
  aloneAfterQuietMinutes: 15,
  confirmAboveCustomers: 50,
};

/** Cubo Suite's messages to customers, version 1. */
export const cuboSuiteMessagesV1: MessageCatalogue = {
  id: "cubo-suite-messages",
  version: 1,
  templates: {
    first_notice: inThreeLanguages("first_notice"),
    update: inThreeLanguages("update"),
    no_change: inThreeLanguages("no_change"),
    monitoring: inThreeLanguages("monitoring"),
    resolved: inThreeLanguages("resolved"),
    reopened: inThreeLanguages("reopened"),
    false_alarm: inThreeLanguages("false_alarm"),
  },
  slotMax: {
    contactName: 40,
    customerName: 40,
    service: 24,
    incidentCode: 13,
    impact: 160,
    impactShort: 40,
    workaround: 160,
    action: 160,
    whatChanged: 160,
    startedAt: 44,
    nextUpdateAt: 44,
    mitigatedAt: 44,
    restoredAt: 44,
    resolvedAt: 44,
    reopenedAt: 44,
    reportDueAt: 20,
    startTime: 11,
    nextTime: 11,
    restoredTime: 11,
    duration: 18,
    link: 60,
    shortLink: 30,
    supportContact: 60,
    dataStatement: 160,
    causeSummary: 300,
    customerAction: 160,
    statusLabel: 14,
    residualImpact: 120,
    observationWindow: 12,
    reasonShort: 120,
    dataLossDetail: 160,
  },
  ...cuboSuitePhrasesV1,
  rules,
};
