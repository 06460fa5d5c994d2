// Messages to customers in few words, for tests of what the incident decides about them.
import type { IncidentCommand } from "../../src/domain/incident/commands.js";
import { prose } from "../../src/domain/incident/prose.js";
import type { NoticeTally } from "../../src/domain/notices/customer-notice.js";
import type { NoticeRules, TemplateName } from "../../src/domain/notices/message-catalogue.js";
import { followedBy, type Story } from "./incident-builders.js";

type Compose = Extract<IncidentCommand, { type: "compose-notice" }>;

const noticeRules: NoticeRules = {
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

/** A message that somebody asks for. */
export const aNotice = (template: TemplateName, with_: Partial<Compose> = {}): Compose => ({
  type: "compose-notice",
  template,
  customers: null,
  texts: template === "update" ? { whatChanged: { "pt-BR": prose("A falha foi isolada.") } } : {},
  catalogue: { id: "test", version: 1, rules: noticeRules, slotMax: { whatChanged: 160 } },
  seen: null,
  confirmedCustomers: null,
  ...with_,
});

const ALL_SENT: NoticeTally = {
  email: { sent: 2, failed: 0, dropped: 0 },
  sms: { sent: 1, failed: 0, dropped: 0 },
};

/** The delivery reports that a message has left. */
export const sent = (story: Story, number: number): Story =>
  followedBy(story, { type: "record-sent", number, tally: ALL_SENT }, { actor: { kind: "system", name: "delivery" } });

/** Kinds of the effects of the latest command. */
export const effectKinds = (story: Story): readonly string[] =>
  story.last.ok ? story.last.effects.map((effect) => effect.kind) : [];
