// A message to customers as one SMS segment of plain ASCII.
import { fillTemplate, type SlotValues } from "./fill-template.js";
import { foldsWhole, foldToSms } from "./fold-to-sms.js";
import { smsSegments } from "./sms-segments.js";

const SHORT_LINK = /\s*\{\{shortLink\}\}\s*$/;

/** The filled SMS: without its link where that does not fit, and naming a service only if its name does. */
export function smsText(
  words: { readonly template: string; readonly values: SlotValues; readonly someService: string },
  slotMax: Readonly<Record<string, number>>,
): string {
  const { template, someService } = words;
  const values = { ...words.values, service: fittingService(words.values, slotMax["service"] ?? 0, someService) };
  const unnamed = { ...values, service: { phrase: someService } };
  const linkless = withoutLink(template);
  const attempts: readonly (readonly [string, SlotValues])[] = [
    ...(values.shortLink === null ? [] : [[template, values] as const]),
    [linkless, values],
    [linkless, unnamed],
  ];
  for (const [shape, slots] of attempts) {
    const text = foldToSms(fillTemplate(shape, slots));
    if (smsSegments(text).segments === 1) return text;
  }
  throw new Error("The SMS does not fit one segment: the catalogue was not validated.");
}

function fittingService({ service }: SlotValues, max: number, someService: string) {
  if (typeof service !== "string") return service;
  const name = foldToSms(service);
  return name !== "" && name.length <= max && foldsWhole(service) ? name : { phrase: someService };
}

// "fale com a gente: <link>" without the link still asks to get in touch.
function withoutLink(template: string): string {
  return template.replace(SHORT_LINK, "").replace(/:$/, ".");
}
