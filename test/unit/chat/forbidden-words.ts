// Words that the glossary tells the bot to avoid. Some are fine in another sense there and are left out: "impacto" as a
// whole, "teste" for the test mode, "problema" outside records, "comunicado" for notices about data.
import { foldText } from "../../../src/chat/fold-text.js";
import type { Language } from "../../../src/chat/voice.js";

const BOTH = ["sev", "sev1", "p1", "p2", "ticket", "deadline", "ack", "post-mortem", "postmortem"];
const WORDS: Readonly<Record<Language, readonly string[]>> = {
  "pt-BR": [
    ...BOTH,
    ...["severidade", "prioridade", "ocorrencia", "chamado", "queda", "paliado", "fechado", "finalizado", "fechar"],
    ...["reincidencia", "aceitar", "estouro", "escalonamento", "sobreaviso", "congelar", "congelado", "contorno"],
    ...["gambiarra", "culpado"],
  ],
  en: [...BOTH, "severity", "priority", "occurrence", "blame", "culprit", "acked", "acknowledge", "acknowledged"],
};

/** The forbidden words in a text, as whole words, in the order of appearance. */
export const forbiddenWords = (text: string, language: Language): readonly string[] => {
  const words = foldText(text).match(/[\p{L}\p{N}]+(?:-\p{L}+)*/gu) ?? [];
  return words.flatMap((word) => WORDS[language].find((one) => one === word) ?? []);
};

/** Words that promise or accuse where there is no contract. */
export const contractWords = /\bSLA\b|viola|breach/iu;
