import type { PolicyProblemCode } from "../domain/policy/policy-problem.js";
import type { ProblemWords } from "./file-problem.js";

/** Sentences for what can be wrong with the meaning of a policy. */
export const POLICY_WORDS: Readonly<Record<PolicyProblemCode, ProblemWords>> = {
  "classification-not-monotone": {
    "pt-BR": [
      "{worse} dá {worseValue}, menos grave que {milder}, que dá {milderValue}.",
      "Mais usuários, mais efeito ou mais dano a dados não pode abaixar o nível: agrave {worse} ou abrande {milder}.",
    ],
    en: [
      "{worse} gives {worseValue}, less severe than {milder}, which gives {milderValue}.",
      "More users, more effect or more damage to data cannot lower the level: raise {worse} or lower {milder}.",
    ],
  },
  "empty-rung": {
    "pt-BR": ["O degrau {rung} não chama ninguém.", "Ponha ao menos um papel neste degrau."],
    en: ["Rung {rung} reaches nobody.", "Put at least one role on this rung."],
  },
  "first-notice-after-response": {
    "pt-BR": [
      "O primeiro aviso ({notice} min) vence depois da resposta ({response} min) da faixa padrão.",
      "Reduza o prazo do primeiro aviso ou aumente o tempo de resposta.",
    ],
    en: [
      "The first notice ({notice} min) falls due after the response ({response} min) of the default tier.",
      "Shorten the first notice or lengthen the response time.",
    ],
  },
  "impossible-date": {
    "pt-BR": ["A data {date} não existe.", "Escreva uma data real, como 2026-12-24."],
    en: ["The date {date} does not exist.", "Write a real date, such as 2026-12-24."],
  },
  "inverted-hours": {
    "pt-BR": [
      "O horário fecha às {close}, antes ou junto da abertura às {open}.",
      "Faça a abertura vir antes do fechamento.",
    ],
    en: ["The hours close at {close}, not after they open at {open}.", "Make the opening come before the closing."],
  },
  "no-step-on-first-repeat": {
    "pt-BR": [
      "Nenhum papel é chamado na primeira repetição depois da violação.",
      "Ponha ao menos um papel sem fromRepeat, ou com fromRepeat: 1.",
    ],
    en: [
      "No role is reached at the first repeat after the breach.",
      "Put at least one role without fromRepeat, or with fromRepeat: 1.",
    ],
  },
  "no-tier": {
    "pt-BR": ["A política não tem nenhuma faixa de contrato.", "Acrescente ao menos uma faixa em tiers."],
    en: ["The policy has no contract tier.", "Add at least one tier under tiers."],
  },
  "repeat-step-outside-repeat": {
    "pt-BR": ["O campo fromRepeat não vale no degrau {rung}.", "Use fromRepeat só no degrau repeat."],
    en: ["The field fromRepeat means nothing on rung {rung}.", "Use fromRepeat only on the repeat rung."],
  },
  "repeated-day": {
    "pt-BR": ["Há dia da semana repetido em {days}.", "Escreva cada dia uma vez, de 1 (segunda) a 7 (domingo)."],
    en: ["A weekday is repeated in {days}.", "Write each day once, from 1 (Monday) to 7 (Sunday)."],
  },
  "repeated-note": {
    "pt-BR": ["O código {note} já foi usado em outra nota.", "Dê a cada nota de interpretação um código próprio."],
    en: ["The code {note} is already used by another note.", "Give each interpretation note a code of its own."],
  },
  "repeated-role": {
    "pt-BR": ["O papel {role} aparece duas vezes no mesmo degrau.", "Deixe uma só linha por papel em cada degrau."],
    en: ["The role {role} appears twice on one rung.", "Leave one line for each role on a rung."],
  },
  "response-after-resolution": {
    "pt-BR": [
      "O tempo de resposta ({response} min) é maior que o de resolução ({resolution} min).",
      "Reduza o tempo de resposta ou aumente o de resolução.",
    ],
    en: [
      "The response time ({response} min) is longer than the resolution time ({resolution} min).",
      "Shorten the response time or lengthen the resolution time.",
    ],
  },
  "thresholds-not-ordered": {
    "pt-BR": [
      "O limite de muitos usuários ({large}) não passa do limite de um pequeno número ({small}).",
      "Aumente este limite ou reduza smallNumberAboveUsers.",
    ],
    en: [
      "The threshold of many users ({large}) does not exceed the one of a small number ({small}).",
      "Raise this threshold or lower smallNumberAboveUsers.",
    ],
  },
  "unknown-business-calendar": {
    "pt-BR": ["O calendário {calendar} não está em calendars.", "Use um destes: {known}; ou acrescente o calendário."],
    en: ["The calendar {calendar} is not among calendars.", "Use one of: {known}; or add the calendar."],
  },
  "unknown-default-tier": {
    "pt-BR": ["A faixa {tier} não está em tiers.", "Use uma destas: {known}; ou acrescente a faixa."],
    en: ["The tier {tier} is not among tiers.", "Use one of: {known}; or add the tier."],
  },
  "unknown-zone": {
    "pt-BR": [
      "O fuso {zone} não existe.",
      "Use um nome IANA, como America/Sao_Paulo; não um deslocamento como -03:00.",
    ],
    en: [
      "The zone {zone} does not exist.",
      "Use an IANA name, such as America/Sao_Paulo; not an offset such as -03:00.",
    ],
  },
  "update-after-resolution": {
    "pt-BR": [
      "O intervalo entre atualizações ({update} min) é maior que o tempo de resolução ({resolution} min) da faixa {tier}.",
      "Reduza updateEvery ou aumente o tempo de resolução da faixa.",
    ],
    en: [
      "The interval between updates ({update} min) is longer than the resolution time ({resolution} min) of tier {tier}.",
      "Shorten updateEvery or lengthen the tier's resolution time.",
    ],
  },
  "warning-without-rung": {
    "pt-BR": ["Não há degrau de escada para {percent} %.", "Use só 50, 75 e 90."],
    en: ["The ladder has no rung at {percent} %.", "Use only 50, 75 and 90."],
  },
  "warnings-not-ascending": {
    "pt-BR": [
      "O pré-aviso de {percent} % vem depois do de {before} %.",
      "Escreva os percentuais em ordem crescente, sem repetir.",
    ],
    en: [
      "The warning at {percent} % comes after the one at {before} %.",
      "Write the percents in ascending order, once each.",
    ],
  },
};
