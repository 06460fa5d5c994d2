// Sentences that only this door needs, because they are about Slack itself.
import type { Language } from "../chat/voice.js";

const WORDS = {
  "pt-BR": {
    formDidNotOpen:
      "O Slack não abriu o formulário. Tente de novo, ou escreva tudo em uma linha: {command} {help} mostra como.",
    formNeedsCommand: "Aqui não dá para abrir um formulário. Escreva tudo em uma linha, ou use {command}.",
    pressToOpen: "Aperte o botão para abrir o formulário.",
    openForm: "Abrir formulário",
    unknownButton: "Este botão não é mais válido. Use {command} no canal do incidente.",
    broke: "Algo quebrou do nosso lado e nada foi confirmado. Referência: {reference}. Repetir é seguro.",
    late:
      "Ainda não está confirmado: o registro está demorando. Aviso aqui quando souber. " +
      "Para conferir: {command} {list}. Repetir é seguro.",
    notConfirmedTitle: "Não confirmado ainda",
    notDoneTitle: "Não foi possível",
    close: "Fechar",
    unheard: "Não conheço este comando.",
  },
  en: {
    formDidNotOpen: "Slack did not open the form. Try again, or write it all in one line: {command} {help} shows how.",
    formNeedsCommand: "A form cannot be opened here. Write it all in one line, or use {command}.",
    pressToOpen: "Press the button to open the form.",
    openForm: "Open form",
    unknownButton: "This button is no longer valid. Use {command} in the incident's channel.",
    broke: "Something broke on our side and nothing is confirmed. Reference: {reference}. Repeating is safe.",
    late:
      "Not confirmed yet: saving takes longer than usual. You will be told here. " +
      "To check: {command} {list}. Repeating is safe.",
    notConfirmedTitle: "Not confirmed yet",
    notDoneTitle: "Not possible",
    close: "Close",
    unheard: "I do not know this command.",
  },
} as const;

/** Key of a sentence. */
export type SlackWord = keyof (typeof WORDS)["en"];

/** Says a sentence of this door. */
export function slackWords(key: SlackWord, language: Language, slots: Readonly<Record<string, string>> = {}): string {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? "");
}
