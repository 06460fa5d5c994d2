// Version 1 of Cubo Suite's incident policy, as shipped: every number is data that a policy file can replace.
import type { LevelRules, LevelTargets, Policy, Target } from "../../domain/policy/policy.js";
import { cuboSuiteLaddersV1 } from "./cubo-suite-ladders-v1.js";
import { cuboSuiteMatrixV1 } from "./cubo-suite-matrix-v1.js";
import { cuboSuiteNotesV1 } from "./cubo-suite-notes-v1.js";

const roundTheClock = (minutes: number): Target => ({ minutes, counted: "24x7" });
const business = (minutes: number): Target => ({ minutes, counted: "business" });
const targets = (response: Target, resolution: Target): LevelTargets => ({ response, resolution });

const reopenSeverely = roundTheClock(72 * 60);
const reopenMildly = business(2_700);

const levels: Readonly<Record<1 | 2 | 3 | 4, LevelRules>> = {
  1: {
    firstNotice: roundTheClock(15),
    updateEvery: roundTheClock(30),
    repeatAfterBreach: roundTheClock(15),
    observationMinutes: 60,
    reopenWindow: reopenSeverely,
    repageMinutes: 5,
    mayPause: false,
    secondPersonMinutes: 3,
    reviewRequired: true,
    closeAfter: null,
    ladder: cuboSuiteLaddersV1[1],
  },
  2: {
    firstNotice: roundTheClock(30),
    updateEvery: roundTheClock(60),
    repeatAfterBreach: roundTheClock(30),
    observationMinutes: 30,
    reopenWindow: reopenSeverely,
    repageMinutes: 5,
    mayPause: false,
    secondPersonMinutes: 10,
    reviewRequired: true,
    closeAfter: null,
    ladder: cuboSuiteLaddersV1[2],
  },
  3: {
    firstNotice: business(240),
    updateEvery: business(540),
    repeatAfterBreach: business(240),
    observationMinutes: 0,
    reopenWindow: reopenMildly,
    repageMinutes: null,
    mayPause: true,
    secondPersonMinutes: null,
    reviewRequired: true,
    closeAfter: null,
    ladder: cuboSuiteLaddersV1[3],
  },
  4: {
    firstNotice: business(540),
    updateEvery: business(2_700),
    repeatAfterBreach: business(540),
    observationMinutes: 0,
    reopenWindow: reopenMildly,
    repageMinutes: null,
    mayPause: true,
    secondPersonMinutes: null,
    reviewRequired: false,
    closeAfter: business(1_620),
    ladder: cuboSuiteLaddersV1[4],
  },
};

const tiers: Policy["tiers"] = {
  basico: {
    name: { "pt-BR": "Básico", en: "Basic" },
    targets: {
      1: targets(roundTheClock(30), roundTheClock(480)),
      2: targets(business(120), business(720)),
      3: targets(business(540), business(2_700)),
      4: targets(business(1_080), business(8_100)),
    },
  },
  padrao: {
    name: { "pt-BR": "Padrão", en: "Standard" },
    targets: {
      1: targets(roundTheClock(15), roundTheClock(240)),
      2: targets(roundTheClock(30), roundTheClock(480)),
      3: targets(business(240), business(1_620)),
      4: targets(business(540), business(5_400)),
    },
  },
  premium: {
    name: { "pt-BR": "Premium", en: "Premium" },
    targets: {
      1: targets(roundTheClock(15), roundTheClock(120)),
      2: targets(roundTheClock(30), roundTheClock(240)),
      3: targets(business(120), business(1_080)),
      4: targets(business(240), business(2_700)),
    },
  },
  enterprise: {
    name: { "pt-BR": "Enterprise 24x7", en: "Enterprise 24x7" },
    targets: {
      1: targets(roundTheClock(10), roundTheClock(120)),
      2: targets(roundTheClock(15), roundTheClock(240)),
      3: targets(roundTheClock(60), roundTheClock(1_440)),
      4: targets(business(240), business(2_700)),
    },
  },
};

/** Cubo Suite's incident policy, version 1; its numbers stay unconfirmed until the policy owner accepts them. */
export const cuboSuitePolicyV1: Policy = {
  id: "cubo-suite",
  version: 1,
  title: { "pt-BR": "Política de Tratamento de Incidentes", en: "Incident handling policy" },
  confirmed: false,
  businessCalendar: "BR-COMERCIAL",
  calendars: {
    "BR-COMERCIAL": {
      zone: "America/Sao_Paulo",
      open: "09:00",
      close: "18:00",
      days: [1, 2, 3, 4, 5],
      holidays: "BR",
    },
  },
  warningPercents: [50, 75, 90],
  tiers,
  defaultTier: "padrao",
  levels,
  levelNames: {
    1: { "pt-BR": "Nível 1", en: "Level 1" },
    2: { "pt-BR": "Nível 2", en: "Level 2" },
    3: { "pt-BR": "Nível 3", en: "Level 3" },
    4: { "pt-BR": "Nível 4", en: "Level 4" },
  },
  classification: {
    largeUsers: 500,
    largeShare: { moreThanUsers: 10, percentOfMonthlyActive: 10 },
    smallNumberAboveUsers: 10,
    wholeCustomerMinUsers: 5,
    matrix: cuboSuiteMatrixV1,
    dataEffect: {
      impaired: {
        atLeast: "significant",
        floor: null,
        why: {
          "pt-BR": "dados dos clientes indisponíveis: efeito tratado como significativo",
          en: "customer data unavailable: effect treated as significant",
        },
      },
      lost: {
        atLeast: "outage",
        floor: 2,
        why: {
          "pt-BR": "perda ou corrupção de dados: efeito tratado como interrupção completa; piso N2",
          en: "data lost or corrupted: effect treated as a full outage; never below N2",
        },
      },
    },
    exposureFloor: { suspected: 2, confirmed: 1 },
    exposureWhy: {
      suspected: { "pt-BR": "suspeita de exposição de dados: piso N2", en: "suspected data exposure: never below N2" },
      confirmed: { "pt-BR": "exposição de dados confirmada: piso N1", en: "confirmed data exposure: never below N1" },
    },
    unclassifiedLevel: 2,
    unclassifiedWhy: {
      "pt-BR": "efeito ainda desconhecido: nível provisório até a classificação",
      en: "effect not known yet: provisional level until classified",
    },
    overrideReasonMinLength: 15,
  },
  phone: { maxAlertsPerHour: 6, callAfterMinutes: 2, ringAgainAfterIdleMinutes: 30 },
  pauseMaxBusinessMinutes: 1_620,
  fourEyes: "whenAvailable",
  interpretationNotes: cuboSuiteNotesV1,
};
