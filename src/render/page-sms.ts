// SMS to staff: the page itself, and the answers to what comes back. All of it is ASCII and fits one segment.
import { foldToSms } from "../chat/messages/fold-to-sms.js";
import { pageSms } from "../chat/messages/page-words.js";
import type { Language } from "../chat/voice.js";
import type { Platform } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";

/** Why somebody who answered a page by SMS gets the answer that they get. */
export type SmsAnswer =
  | { readonly kind: "took" | "yours" | "over"; readonly code: string }
  | { readonly kind: "taken"; readonly code: string; readonly by: string }
  /** More than one page is open: the number of the incident decides. */
  | { readonly kind: "which"; readonly codes: readonly string[] }
  | { readonly kind: "no-page" | "not-confirmed" | "not-understood" }
  | { readonly kind: "no-such-page"; readonly code: string };

const SEGMENT = 160;

/** Name of a chat platform as people know it. */
export const platformName = (platform: Platform): string => (platform === "slack" ? "Slack" : "Teams");

/** The SMS of a page. */
export function pageSmsText(
  { incident }: IncidentSnapshot,
  { language, link }: { readonly language: Language; readonly link: string | null },
): string {
  const { code, level, title, kind } = incident;
  return pageSms({ code, level, title, kind, language }, { link, platform: platformName(incident.home) });
}

/** The SMS that answers a person of the staff. */
export function smsAnswerText(
  answer: SmsAnswer,
  { language, platform }: { readonly language: Language; readonly platform: string },
): string {
  const text = foldToSms((language === "en" ? inEnglish : inPortuguese)(answer, platform));
  return text.length <= SEGMENT ? text : `${text.slice(0, SEGMENT - 3).trimEnd()}...`;
}

const SHOWN_CODES = 4;
const listed = (codes: readonly string[]): string =>
  `${codes.slice(0, SHOWN_CODES).join(", ")}${codes.length > SHOWN_CODES ? "..." : ""}`;
const digitsOf = (code: string | undefined): string => code?.replace(/\D/g, "") ?? "1042";

function inPortuguese(answer: SmsAnswer, platform: string): string {
  switch (answer.kind) {
    case "took":
      return `Pronto: ${answer.code} está com você. Continue no ${platform}.`;
    case "yours":
      return `${answer.code} já está com você. Continue no ${platform}.`;
    case "taken":
      return `${answer.code} já está com ${answer.by}. Você não precisa fazer nada.`;
    case "over":
      return `${answer.code} não precisa mais de ninguém. Obrigado.`;
    case "which":
      return `Qual incidente? Responda 1 e o número, por exemplo "1 ${digitsOf(answer.codes[0])}". Abertos: ${listed(answer.codes)}`;
    case "no-page":
      return `Nenhum acionamento aberto para este número nos últimos 30 minutos. Para assumir, abra o ${platform}.`;
    case "no-such-page":
      return `Nenhum acionamento de ${answer.code} para este número. Confira o número ou abra o ${platform}.`;
    case "not-confirmed":
      return `Ainda não há confirmação de que o incidente está com você. Responda de novo ou confira no ${platform}.`;
    case "not-understood":
      return `Não entendi. Para assumir, responda 1, ou 1 e o número do incidente. O resto é no ${platform}.`;
  }
}

function inEnglish(answer: SmsAnswer, platform: string): string {
  switch (answer.kind) {
    case "took":
      return `Done: ${answer.code} is yours. Continue in ${platform}.`;
    case "yours":
      return `${answer.code} is already yours. Continue in ${platform}.`;
    case "taken":
      return `${answer.by} already has ${answer.code}. You do not need to do anything.`;
    case "over":
      return `${answer.code} does not need anybody any more. Thank you.`;
    case "which":
      return `Which incident? Reply 1 and its number, such as "1 ${digitsOf(answer.codes[0])}". Open: ${listed(answer.codes)}`;
    case "no-page":
      return `No open page to this number in the last 30 minutes. To take an incident, open ${platform}.`;
    case "no-such-page":
      return `No page about ${answer.code} to this number. Check the number or open ${platform}.`;
    case "not-confirmed":
      return `It is not confirmed yet that the incident is yours. Reply again or check in ${platform}.`;
    case "not-understood":
      return `Not understood. To take it, reply 1, or 1 and the number of the incident. For the rest open ${platform}.`;
  }
}
