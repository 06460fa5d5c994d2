// Whether and how one contact is told of one message (requirements 3.2, 3.3 and 3.6).
import type { Contact, CustomerChannel } from "../customers/contact.js";
import type { Level } from "../policy/policy.js";
import type { MessageCatalogue, TemplateName, Told } from "./message-catalogue.js";

/** What the answer depends on. */
export type ChannelQuestion = {
  readonly contact: Contact;
  readonly level: Level;
  readonly template: TemplateName;
  readonly catalogue: Pick<MessageCatalogue, "rules" | "templates">;
};

const STRENGTH: Readonly<Record<Told, number>> = { always: 2, "unless-declined": 1, "if-asked": 0 };

const isTold = ({ contact, level, catalogue }: ChannelQuestion): boolean => {
  const roles = catalogue.rules.audience[level];
  const rules = contact.roles.flatMap((role) => roles[role] ?? []);
  const strongest = rules.sort((a, b) => STRENGTH[b] - STRENGTH[a])[0];
  if (strongest === undefined) return false;
  const wanted = contact.wishes.upToLevel;
  if (strongest === "always") return true;
  return strongest === "if-asked" ? wanted !== undefined && level <= wanted : wanted === undefined || level <= wanted;
};

const getsSms = ({ contact, level, template, catalogue }: ChannelQuestion): boolean => {
  if (contact.phone === null || contact.wishes.sms === "never") return false;
  if (!catalogue.rules.smsFor.includes(template) || catalogue.templates[template]["pt-BR"].sms === null) return false;
  const rule = catalogue.rules.sms[level];
  return rule === "default" || (rule === "if-asked" && contact.wishes.sms === "always");
};

/** The channels on which a contact is told; none when its role, its wishes or a missing address say so. */
export const channelsFor = (question: ChannelQuestion): readonly CustomerChannel[] => {
  if (!isTold(question)) return [];
  const email: readonly CustomerChannel[] = question.contact.email === null ? [] : ["email"];
  return getsSms(question) ? [...email, "sms"] : email;
};
