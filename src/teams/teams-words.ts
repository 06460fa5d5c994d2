// Sentences that only this door needs, because they are about Teams itself.
import type { Language } from "../chat/voice.js";

const WORDS = {
  "pt-BR": {
    welcome:
      "Olá! Aqui você recebe os chamados dos incidentes e pode escrever comandos direto para mim. " +
      "Para declarar: {command} {declare} e o título. Para ver tudo: {command} {help}.",
    outsider: "Só pessoas da empresa podem usar o {bot}. Se você é da empresa, entre com a conta dela.",
    pressToOpen: "Aperte o botão para abrir o formulário.",
    openForm: "Abrir formulário",
    formNeedsButton: "Aqui não dá para abrir o formulário. Escreva tudo em uma linha: {command} {help} mostra como.",
    unknownButton: "Este botão não é mais válido. Use {command} no tópico do incidente.",
    broke: "Algo quebrou do nosso lado e nada foi confirmado. Referência: {reference}. Repetir é seguro.",
    late:
      "Ainda não está confirmado: o registro está demorando. Aviso aqui quando souber. " +
      "Para conferir: {command} {list}. Repetir é seguro.",
    notDoneTitle: "Não foi possível",
    redraw: "Atualizar formulário",
    redrawHint: "As perguntas e o nível mudam com as respostas: aperte “Atualizar formulário” para ver.",
    moreFields: "Há mais perguntas por causa do que você respondeu. Confira e envie de novo.",
    mend: "Falta corrigir o que está marcado.",
    required: "Preencha este campo.",
    date: "data",
    time: "hora ({zone})",
    badMoment: "Preencha a data e a hora, ou deixe as duas em branco.",
    personName: "Escreva o nome completo.",
    called: "No incidente:",
  },
  en: {
    welcome:
      "Hello! Here you are paged for incidents, and you can write commands straight to me. " +
      "To declare: {command} {declare} and the title. To see everything: {command} {help}.",
    outsider: "Only people of the company can use {bot}. If you belong to it, sign in with its account.",
    pressToOpen: "Press the button to open the form.",
    openForm: "Open form",
    formNeedsButton: "The form cannot be opened here. Write it all in one line: {command} {help} shows how.",
    unknownButton: "This button is no longer valid. Use {command} in the incident's thread.",
    broke: "Something broke on our side and nothing is confirmed. Reference: {reference}. Repeating is safe.",
    late:
      "Not confirmed yet: saving takes longer than usual. You will be told here. " +
      "To check: {command} {list}. Repeating is safe.",
    notDoneTitle: "Not possible",
    redraw: "Update form",
    redrawHint: "Questions and level follow the answers: press “Update form” to see them.",
    moreFields: "What you answered brings more questions. Look at them and send again.",
    mend: "What is marked needs mending.",
    required: "Fill in this field.",
    date: "date",
    time: "time ({zone})",
    badMoment: "Fill in both date and time, or leave both empty.",
    personName: "Write the full name.",
    called: "In the incident:",
  },
} as const;

/** Key of a sentence. */
export type TeamsWord = keyof (typeof WORDS)["en"];

/** Says a sentence of this door. */
export function teamsWords(key: TeamsWord, language: Language, slots: Readonly<Record<string, string>> = {}): string {
  return WORDS[language][key].replace(/\{(\w+)\}/g, (_, name: string) => slots[name] ?? "");
}
