// Words that people type for roles, answers and reasons, in both languages. Accents, capitals and hyphens never matter.
import type { PauseReason, ReclassifyCause } from "../domain/clocks/clock-history.js";
import type { CancelReason } from "../domain/incident/events.js";
import type { DataStatement } from "../domain/incident/incident.js";
import type { DataImpact, Effect, Exposure, Role, Scope } from "../domain/policy/policy.js";
import { foldText } from "./fold-text.js";

type Words<T extends string> = Readonly<Record<T, readonly string[]>>;

/** A lookup from words at the beginning of a text to a value, longest match first. */
export type WordLookup<T extends string> = (text: string) => { readonly value: T; readonly rest: string } | null;

const roles: Words<Role> = {
  "incident-commander": ["commander", "incident commander", "ic", "comandante", "comandante do incidente"],
  responder: ["responder", "respondente"],
  primary: ["primary", "principal", "primario"],
  secondary: ["secondary", "secundario"],
  "communications-lead": ["communications", "comms", "communications lead", "comunicacao", "comunicacoes"],
  "support-owner": ["support", "support owner", "suporte"],
  "on-call-lead": ["on call lead", "lead", "lider", "lider de plantao"],
  "engineering-manager": ["manager", "engineering manager", "gerente", "gerente de engenharia"],
  director: ["director", "diretor", "diretora", "diretoria"],
  executive: ["executive", "executivo", "executiva"],
};

const scopes: Words<Scope> = {
  large: ["large", "many", "all", "everyone", "muitos", "todos"],
  small_number: ["small number", "numero pequeno", "pequeno numero"],
  small_group: ["small group", "group", "pequeno grupo", "grupo"],
  single: ["single", "one", "one user", "um", "um usuario", "apenas um"],
};

const effects: Words<Effect> = {
  outage: ["outage", "full outage", "down", "interrupcao", "interrupcao completa", "parado", "fora", "fora do ar"],
  significant: ["significant", "significativo", "grave"],
  affected: ["affected", "afetada", "afetado", "parcial", "partial"],
  little: ["little", "minor", "pouco", "pouco ou nenhum"],
};

const data: Words<DataImpact> = {
  none: ["intact", "integros", "integro", "intactos", "data ok", "dados ok"],
  impaired: ["impaired", "unavailable", "late", "indisponiveis", "indisponivel", "atrasados"],
  lost: ["lost", "corrupted", "perdidos", "perdido", "corrompidos"],
};

const exposures: Words<Exposure> = {
  none: ["no exposure", "sem exposicao", "nenhuma exposicao"],
  suspected: ["suspected", "suspeita", "exposure", "exposicao"],
  confirmed: ["confirmed", "exposed", "confirmada", "expostos"],
};

const causes: Words<ReclassifyCause> = {
  worsened: ["worsened", "worse", "piorou"],
  lowered: ["lowered", "milder", "improved", "diminuiu", "melhorou"],
  corrected: ["corrected", "corrigido", "ja era assim"],
};

const statements: Words<DataStatement> = {
  "not-affected": ["not affected", "nao afetados", "nao afetado", "intact", "intactos", "integros"],
  recovered: ["recovered", "recuperados", "recuperado"],
  lost: ["lost", "perdidos", "perdido"],
  "under-assessment": ["under assessment", "em verificacao", "verificando"],
};

const cancelReasons: Words<CancelReason> = {
  "false-alarm": ["false alarm", "falso alarme"],
  duplicate: ["duplicate", "duplicado"],
  "customer-side": ["customer side", "lado do cliente"],
  "planned-maintenance": ["planned maintenance", "maintenance", "manutencao", "manutencao programada"],
  other: ["other", "outro"],
};

const pauseReasons: Words<PauseReason> = {
  "waiting-customer": ["customer", "cliente", "waiting customer"],
  "waiting-third-party": ["supplier", "third party", "fornecedor", "terceiro"],
};

const unknowns: Words<"unknown"> = { unknown: ["unknown", "nao sei", "nao sei ainda", "?"] };
const sides: Words<"add" | "remove"> = {
  add: ["add", "adicionar", "adiciona", "incluir", "+"],
  remove: ["remove", "remover", "remove", "tirar", "retirar", "-"],
};

/** Looks for a role. */
export const roleAt = lookupIn(roles);
/** Looks for an answer to "who was affected". */
export const scopeAt = lookupIn(scopes);
/** Looks for an answer to "what do they notice". */
export const effectAt = lookupIn(effects);
/** Looks for an answer about the customers' data. */
export const dataAt = lookupIn(data);
/** Looks for an answer about exposure of data. */
export const exposureAt = lookupIn(exposures);
/** Looks for why a level changes. */
export const causeAt = lookupIn(causes);
/** Looks for what a resolution tells about the data. */
export const statementAt = lookupIn(statements);
/** Looks for the reason of a cancellation. */
export const cancelReasonAt = lookupIn(cancelReasons);
/** Looks for why a clock is paused. */
export const pauseReasonAt = lookupIn(pauseReasons);
/** Looks for "I do not know". */
export const unknownAt = lookupIn(unknowns);
/** Looks for adding or removing. */
export const sideAt = lookupIn(sides);

const MOST_WORDS = 4;
/** Longer than any of these words; longer texts are not looked up. */
const LONGEST = 60;

function lookupIn<T extends string>(words: Words<T>): WordLookup<T> {
  const byWord = new Map<string, T>();
  for (const value of Object.keys(words) as T[]) {
    for (const word of [value, ...words[value]]) byWord.set(joined(word), value);
  }
  return (text) => {
    const pieces = [...text.matchAll(/\S+/gu)].slice(0, MOST_WORDS);
    for (let count = pieces.length; count > 0; count -= 1) {
      const last = pieces[count - 1];
      if (!last) continue;
      const end = last.index + last[0].length;
      if (end > LONGEST) continue;
      const value = byWord.get(joined(text.slice(0, end)));
      if (value !== undefined) return { value, rest: text.slice(end).trim() };
    }
    return null;
  };
}

// "small-number", "small_number" and "small number," are one spelling.
function joined(text: string): string {
  const folded = foldText(text).replace(/[,;:.]+$/u, "");
  return folded.length > 1 ? folded.replace(/[-_ ]+/gu, " ").trim() : folded;
}
