// Sentences of pages in the languages of the staff. SMS sentences are folded to ASCII by their user.
import type { Level } from "../../domain/policy/policy.js";
import type { Language } from "../voice.js";

type PageTexts = {
  readonly drillMark: string;
  readonly untitled: string;
  readonly somebody: string;
  readonly openLink: (link: string) => string;
  readonly openPlatform: (platform: string) => string;
  readonly spokenDrill: string;
  readonly spokenIncident: (level: Level, code: string, title: string) => string;
  readonly keys: string;
  readonly spokenOpenPlatform: (platform: string) => string;
  readonly taken: string;
  readonly alreadyTaken: (by: string) => string;
  readonly noKey: (platform: string) => string;
  readonly noLongerNeeded: string;
  readonly notConfirmed: (platform: string) => string;
  readonly fallback: (platform: string) => string;
};

/** The sentences of pages, by language. */
export const pageTexts: Readonly<Record<Language, PageTexts>> = {
  "pt-BR": {
    drillMark: "EXERCÍCIO",
    untitled: "sem título",
    somebody: "outra pessoa",
    openLink: (link) => `Para assumir, abra ${link}`,
    openPlatform: (platform) => `Para assumir, abra o ${platform}.`,
    spokenDrill: "Exercício. Não é um incidente real.",
    spokenIncident: (level, code, title) => `Plantão. Incidente de nível ${level}, código ${code}: ${title}.`,
    keys: "Tecle 1 para assumir. Tecle 9 para ouvir de novo.",
    spokenOpenPlatform: (platform) => `Para assumir, abra o ${platform}.`,
    taken: "Pronto: o incidente está com você. Obrigado.",
    alreadyTaken: (by) => `O incidente já está com ${by}. Você pode desligar. Obrigado.`,
    noKey: (platform) => `Nenhuma tecla recebida: o incidente continua sem ninguém. Para assumir, abra o ${platform}.`,
    noLongerNeeded: "Este acionamento não é mais necessário. Você pode desligar. Obrigado.",
    notConfirmed: (platform) => `Ainda não há confirmação de que o incidente está com você. Confira no ${platform}.`,
    fallback: (platform) => `Plantão. Há um incidente que precisa de você. Abra o ${platform}.`,
  },
  en: {
    drillMark: "DRILL",
    untitled: "untitled",
    somebody: "somebody else",
    openLink: (link) => `To take it, open ${link}`,
    openPlatform: (platform) => `To take it, open ${platform}.`,
    spokenDrill: "Drill. This is not a real incident.",
    spokenIncident: (level, code, title) => `On-call alert. Level ${level} incident, code ${code}: ${title}.`,
    keys: "Press 1 to take it. Press 9 to hear it again.",
    spokenOpenPlatform: (platform) => `To take it, open ${platform}.`,
    taken: "Done: the incident is yours. Thank you.",
    alreadyTaken: (by) => `${by} already has the incident. You can hang up. Thank you.`,
    noKey: (platform) => `No key was received: nobody has the incident yet. To take it, open ${platform}.`,
    noLongerNeeded: "This page is no longer needed. You can hang up. Thank you.",
    notConfirmed: (platform) => `It is not confirmed yet that the incident is yours. Please check in ${platform}.`,
    fallback: (platform) => `On-call alert. An incident needs you. Open ${platform}.`,
  },
};
