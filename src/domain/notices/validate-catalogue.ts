// Whether a catalogue can be put in force: every slot known, every language written, and every SMS one segment of
// plain ASCII even with the longest values.
import type { CustomerLanguage } from "../customers/customer.js";
import type { CustomerText, MessageCatalogue, TemplateName, TemplateText } from "./message-catalogue.js";
import { LINE_SLOTS, MESSAGE_SLOTS } from "./message-slots.js";

/** Something that keeps a catalogue from being put in force, and where it is. */
export type CatalogueProblem = {
  readonly where: string;
  readonly problem:
    | "empty"
    | "unknown-slot"
    | "stray-braces"
    | "many-lines"
    | "not-ascii"
    | "too-long"
    | "no-limit"
    | "languages-differ"
    | "sms-missing"
    | "misplaced-slot"
    | "not-a-time"
    | "not-a-number";
  /** The slot, the length or the value found. */
  readonly found?: string | number;
};

const LANGUAGES: readonly CustomerLanguage[] = ["pt-BR", "en", "es"];
const SMS_MAX = 160;
const MARK = /\{\{([#/]?)(\w+)\}\}/g;
const SECTION = /\{\{#(\w+)\}\}([\s\S]*?)\{\{\/\1\}\}/g;
// Printable ASCII without the characters that take two septets of GSM-7 or none at all.
const SMS_CHARACTERS = /^[ !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z]*$/;

const slotsOf = (text: string): readonly string[] => [...text.matchAll(MARK)].map((mark) => mark[2] ?? "");

const textProblems = (where: string, text: string, allowed: readonly string[]): readonly CatalogueProblem[] => [
  ...(text.trim() === "" ? [{ where, problem: "empty" as const }] : []),
  ...slotsOf(text)
    .filter((slot) => !allowed.includes(slot))
    .map((found) => ({ where, problem: "unknown-slot" as const, found })),
  ...(/\{\{|\}\}/.test(text.replace(SECTION, "$2").replace(/\{\{\w+\}\}/g, ""))
    ? [{ where, problem: "stray-braces" as const }]
    : []),
];

const withLongestValues = (sms: string, slotMax: MessageCatalogue["slotMax"]): string =>
  sms.replace(MARK, (_, kind: string, slot: string) => (kind === "" ? "x".repeat(slotMax[slot] ?? 0) : ""));

const smsProblems = (where: string, sms: string, { slotMax }: MessageCatalogue): readonly CatalogueProblem[] => {
  const longest = withLongestValues(sms, slotMax);
  // An SMS is one line, and a line goes without its link only where the link comes last.
  const inside = slotsOf(sms.replace(/\{\{shortLink\}\}$/, "")).filter((slot) =>
    LINE_SLOTS.some((name) => name === slot),
  );
  return [
    ...inside.map((found) => ({ where, problem: "misplaced-slot" as const, found })),
    ...slotsOf(sms)
      .filter((slot) => slotMax[slot] === undefined)
      .map((found) => ({ where, problem: "no-limit" as const, found })),
    ...(SMS_CHARACTERS.test(longest) ? [] : [{ where, problem: "not-ascii" as const }]),
    ...(longest.length > SMS_MAX ? [{ where, problem: "too-long" as const, found: longest.length }] : []),
  ];
};

const templateProblems = (name: TemplateName, catalogue: MessageCatalogue): readonly CatalogueProblem[] => {
  const texts = catalogue.templates[name];
  const withSms = LANGUAGES.filter((language) => texts[language].sms !== null).length;
  const where = `templates.${name}`;
  return [
    ...LANGUAGES.flatMap((language) => oneTemplate(`${where}.${language}`, texts[language], catalogue)),
    ...(withSms === 0 || withSms === LANGUAGES.length ? [] : [{ where, problem: "languages-differ" as const }]),
    ...(withSms === 0 && catalogue.rules.smsFor.includes(name) ? [{ where, problem: "sms-missing" as const }] : []),
  ];
};

const oneTemplate = (where: string, text: TemplateText, catalogue: MessageCatalogue): readonly CatalogueProblem[] => [
  ...(["subject", "body", "inappTitle", "inappBody"] as const).flatMap((part) =>
    textProblems(`${where}.${part}`, text[part], MESSAGE_SLOTS),
  ),
  ...(/[\r\n]/.test(text.subject) ? [{ where: `${where}.subject`, problem: "many-lines" as const }] : []),
  ...(text.sms === null
    ? []
    : [...textProblems(`${where}.sms`, text.sms, MESSAGE_SLOTS), ...smsProblems(`${where}.sms`, text.sms, catalogue)]),
];

const phraseProblems = (
  where: string,
  phrase: CustomerText,
  {
    slots = [],
    max = Number.POSITIVE_INFINITY,
  }: { readonly slots?: readonly string[]; readonly max?: number | undefined },
): readonly CatalogueProblem[] =>
  LANGUAGES.flatMap((language) => [
    ...textProblems(`${where}.${language}`, phrase[language], slots),
    ...(phrase[language].length > max
      ? [{ where: `${where}.${language}`, problem: "too-long" as const, found: phrase[language].length }]
      : []),
  ]);

const phrasesProblems = (catalogue: MessageCatalogue): readonly CatalogueProblem[] => {
  const { slotMax } = catalogue;
  const each = (
    part: string,
    phrases: Readonly<Record<string, CustomerText>>,
    max?: (key: string) => number | undefined,
  ) =>
    Object.entries(phrases).flatMap(([key, phrase]) =>
      phraseProblems(`${part}.${key}`, phrase, {
        slots: part === "dataStatements" && key === "lost" ? ["dataLossDetail"] : [],
        max: max?.(key),
      }),
    );
  return [
    ...each("statuses", catalogue.statuses, () => slotMax["statusLabel"]),
    ...each("dataStatements", catalogue.dataStatements, () => slotMax["dataStatement"]),
    ...each("defaults", catalogue.defaults, (key) => slotMax[key]),
    ...each("impact", catalogue.impact, () => slotMax["impact"]),
    ...each("impactShort", catalogue.impactShort, () => slotMax["impactShort"]),
    ...phraseProblems("dataRecovered", catalogue.dataRecovered, { max: slotMax["dataStatement"] }),
    ...phraseProblems("sinceWhen", catalogue.sinceWhen, { slots: ["service", "startedAt"] }),
    ...phraseProblems("someService", catalogue.someService, { max: slotMax["service"] }),
  ];
};

const ruleProblems = ({ rules }: MessageCatalogue): readonly CatalogueProblem[] => [
  ...(["from", "to"] as const)
    .filter((side) => !/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(rules.quietHours[side]))
    .map((side) => ({
      where: `rules.quietHours.${side}`,
      problem: "not-a-time" as const,
      found: rules.quietHours[side],
    })),
  ...(["draftMinutes", "aloneAfterQuietMinutes", "confirmAboveCustomers"] as const)
    .filter((name) => !Number.isInteger(rules[name]) || rules[name] < 0)
    .map((name) => ({ where: `rules.${name}`, problem: "not-a-number" as const, found: rules[name] })),
];

/** What keeps a catalogue from being put in force; nothing when it can be. */
export const validateCatalogue = (catalogue: MessageCatalogue): readonly CatalogueProblem[] => [
  ...(Object.keys(catalogue.templates) as TemplateName[]).flatMap((name) => templateProblems(name, catalogue)),
  ...phrasesProblems(catalogue),
  ...ruleProblems(catalogue),
];
