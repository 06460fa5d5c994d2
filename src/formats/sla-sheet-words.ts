// The words of the printed sheet.
import type { ClockState } from "../domain/clocks/clock-sheet.js";
import type { RefusalReason } from "../domain/clocks/refusal-reason.js";
import type { ContractClock, How, Role } from "../domain/policy/policy.js";
import type { ProblemLanguage } from "./file-problem.js";

/** What the printed sheet says in one language. */
export type SheetWords = {
  readonly columns: readonly string[];
  readonly clocks: Readonly<Record<ContractClock, string>>;
  readonly states: Readonly<Record<ClockState, string>>;
  readonly roles: Readonly<Record<Role, string>>;
  readonly hows: Readonly<Record<How, string>>;
  readonly reasons: Readonly<Record<RefusalReason, string>>;
  readonly times: (zone: string) => string;
  readonly governing: string;
  readonly none: string;
  readonly due: string;
  readonly escalations: string;
  readonly repeat: string;
  readonly collapsed: string;
  readonly refusals: string;
  readonly thresholds: string;
  readonly countedDays: string;
  readonly breach: string;
  readonly recognized: string;
  readonly stopped: string;
};

const PORTUGUESE: SheetWords = {
  columns: [
    "Cliente",
    "Relógio",
    "Ciclo",
    "Época",
    "Nível",
    "Meta (min)",
    "Calendário",
    "Início",
    "Prazo",
    "Situação",
    "Consumido (min)",
  ],
  clocks: { response: "resposta", resolution: "resolução" },
  states: {
    running: "em curso",
    paused: "em pausa",
    held: "em observação",
    met: "cumprido",
    breached: "violado",
    voided: "anulado",
    superseded: "substituído",
  },
  roles: {
    primary: "respondente principal",
    secondary: "respondente secundário",
    responder: "respondente",
    "incident-commander": "comandante do incidente",
    "communications-lead": "responsável pela comunicação",
    "support-owner": "dono da fila de suporte",
    "on-call-lead": "líder de plantão",
    "engineering-manager": "gerente de engenharia",
    director: "diretoria",
    executive: "executivo",
  },
  hows: { page: "acionar", inform: "informar", remind: "lembrar" },
  reasons: {
    "out-of-order": "vem antes de um evento já visto ou da declaração",
    cancelled: "o incidente foi cancelado",
    "already-taken": "alguém já assumiu",
    "not-open": "o incidente não está em andamento",
    "not-monitoring": "o incidente não está em observação",
    "not-resolved": "o incidente não está resolvido",
    "reopen-window-over": "o prazo de reabertura passou: abra um novo incidente",
    "same-level": "o nível já é este",
    "does-not-raise": "o que piorou precisa subir de nível",
    "does-not-lower": "o que melhorou precisa baixar de nível",
    "effective-from-later": "o início do efeito vem depois do evento",
    "level-never-pauses": "este nível nunca pausa",
    "third-party-never-pauses": "esperar por terceiros não pausa, salvo no contrato do cliente",
    "customers-missing": "há mais de um cliente: diga quais",
    "unknown-customer": "cliente não afetado por este incidente",
    "already-affected": "o cliente já está no incidente",
    "already-paused": "o relógio já está em pausa",
    "not-paused": "o relógio não está em pausa",
  },
  times: (zone) => `Horários de ${zone}.`,
  governing: "Quem governa",
  none: "ninguém",
  due: "prazo",
  escalations: "Escalações",
  repeat: "repetição",
  collapsed: "atrasada, vale pelas anteriores",
  refusals: "Recusados",
  thresholds: "limiares",
  countedDays: "dias contados",
  breach: "violação",
  recognized: "reconhecida",
  stopped: "parou",
};

const ENGLISH: SheetWords = {
  columns: [
    "Customer",
    "Clock",
    "Cycle",
    "Epoch",
    "Level",
    "Target (min)",
    "Calendar",
    "Start",
    "Due",
    "State",
    "Consumed (min)",
  ],
  clocks: { response: "response", resolution: "resolution" },
  states: {
    running: "running",
    paused: "paused",
    held: "monitoring",
    met: "met",
    breached: "breached",
    voided: "voided",
    superseded: "superseded",
  },
  roles: {
    primary: "primary responder",
    secondary: "secondary responder",
    responder: "responder",
    "incident-commander": "incident commander",
    "communications-lead": "communications lead",
    "support-owner": "support queue owner",
    "on-call-lead": "on-call lead",
    "engineering-manager": "engineering manager",
    director: "director",
    executive: "executive",
  },
  hows: { page: "page", inform: "inform", remind: "remind" },
  reasons: {
    "out-of-order": "comes before an event already seen or before the declaration",
    cancelled: "the incident was cancelled",
    "already-taken": "somebody has taken it",
    "not-open": "the incident is not being worked on",
    "not-monitoring": "the incident is not in monitoring",
    "not-resolved": "the incident is not resolved",
    "reopen-window-over": "the reopening window is over: open a new incident",
    "same-level": "the level is this one already",
    "does-not-raise": "what worsened must raise the level",
    "does-not-lower": "what improved must lower the level",
    "effective-from-later": "takes effect later than the event",
    "level-never-pauses": "this level never pauses",
    "third-party-never-pauses": "waiting for third parties does not pause, unless the customer's contract says so",
    "customers-missing": "there are several customers: name them",
    "unknown-customer": "a customer that this incident does not affect",
    "already-affected": "the customer is in the incident already",
    "already-paused": "the clock is paused already",
    "not-paused": "the clock is not paused",
  },
  times: (zone) => `Times of ${zone}.`,
  governing: "Governing",
  none: "nobody",
  due: "due",
  escalations: "Escalations",
  repeat: "repeat",
  collapsed: "late, stands for those before it",
  refusals: "Refused",
  thresholds: "thresholds",
  countedDays: "days counted",
  breach: "breach",
  recognized: "recognised",
  stopped: "stopped",
};

/** The words by language. */
export const SHEET_WORDS: Readonly<Record<ProblemLanguage, SheetWords>> = { "pt-BR": PORTUGUESE, en: ENGLISH };
