// Short phrases of the messages to customers, version 1: states, statements on data, and what is said where the
// writer left a slot empty. "Down" and "outage" are said only of a full outage.
import type { MessageCatalogue } from "../../domain/notices/message-catalogue.js";

type Phrases = Pick<
  MessageCatalogue,
  "statuses" | "dataStatements" | "dataRecovered" | "defaults" | "impact" | "impactShort" | "sinceWhen" | "someService"
>;

/** Cubo Suite's phrases to customers, version 1. */
export const cuboSuitePhrasesV1: Phrases = {
  statuses: {
    investigating: { "pt-BR": "Investigando", en: "Investigating", es: "Investigando" },
    identified: { "pt-BR": "Identificado", en: "Identified", es: "Identificado" },
    monitoring: { "pt-BR": "Em observação", en: "Monitoring", es: "En observación" },
    resolved: { "pt-BR": "Resolvido", en: "Resolved", es: "Resuelto" },
    reopened: { "pt-BR": "Reaberto", en: "Reopened", es: "Reabierto" },
    cancelled: { "pt-BR": "Cancelado", en: "Cancelled", es: "Cancelado" },
  },
  dataStatements: {
    none: {
      "pt-BR": "Não há indício de que seus dados tenham sido afetados.",
      en: "We have no indication that your data was affected.",
      es: "No hay indicios de que sus datos se hayan visto afectados.",
    },
    checking: {
      "pt-BR": "Ainda estamos verificando se algum dado foi afetado.",
      en: "We are still checking whether any data was affected.",
      es: "Todavía estamos verificando si algún dato se vio afectado.",
    },
    unavailable: {
      "pt-BR": "Parte dos seus dados está indisponível no momento. Não há indício de perda.",
      en: "Part of your data is unavailable right now. We have no indication of loss.",
      es: "Parte de sus datos no está disponible en este momento. No hay indicios de pérdida.",
    },
    lost: {
      "pt-BR": "Parte dos seus dados foi perdida ou alterada: {{dataLossDetail}}",
      en: "Part of your data was lost or altered: {{dataLossDetail}}",
      es: "Parte de sus datos se perdió o se alteró: {{dataLossDetail}}",
    },
  },
  dataRecovered: {
    "pt-BR": "Parte dos seus dados foi perdida ou alterada e já foi recuperada.",
    en: "Part of your data was lost or altered and has been recovered.",
    es: "Parte de sus datos se perdió o se alteró y ya fue recuperada.",
  },
  defaults: {
    whatChanged: {
      "pt-BR": "nossa equipe segue acompanhando o problema de perto.",
      en: "our team is still following the problem closely.",
      es: "nuestro equipo sigue el problema de cerca.",
    },
    action: {
      "pt-BR": "nossa equipe segue dedicada até que o serviço esteja normal.",
      en: "our team stays on this until the service is back to normal.",
      es: "nuestro equipo sigue dedicado hasta que el servicio funcione con normalidad.",
    },
    reasonShort: {
      "pt-BR": "o sinal que recebemos não se confirmou.",
      en: "the warning we received was not confirmed.",
      es: "la señal que recibimos no se confirmó.",
    },
    workaround: {
      "pt-BR": "ainda não há uma alternativa. Avisaremos assim que houver.",
      en: "there is no workaround yet. We will tell you as soon as there is one.",
      es: "todavía no hay una alternativa. Le avisaremos en cuanto la haya.",
    },
    causeSummary: {
      "pt-BR": "ainda estamos concluindo a análise da causa.",
      en: "we are still completing the analysis of the cause.",
      es: "todavía estamos completando el análisis de la causa.",
    },
    customerAction: {
      "pt-BR": "nada. Se ainda notar o problema, fale com a gente.",
      en: "nothing. If you still see the problem, please contact us.",
      es: "nada. Si todavía nota el problema, escríbanos.",
    },
    residualImpact: {
      "pt-BR": "o uso deve estar normal.",
      en: "use should be back to normal.",
      es: "el uso debería ser normal.",
    },
  },
  impact: {
    outage: {
      "pt-BR": "você não consegue acessar ou usar o serviço.",
      en: "you cannot access or use the service.",
      es: "no puede acceder al servicio ni usarlo.",
    },
    significant: {
      "pt-BR":
        "funções importantes não respondem ou apresentam erros, e você pode não conseguir concluir o seu trabalho.",
      en: "important features do not respond or show errors, and you may not be able to finish your work.",
      es: "funciones importantes no responden o muestran errores, y es posible que no pueda terminar su trabajo.",
    },
    affected: {
      "pt-BR": "o serviço pode ficar lento ou apresentar erros em algumas funções.",
      en: "the service may be slow or show errors in some features.",
      es: "el servicio puede funcionar con lentitud o mostrar errores en algunas funciones.",
    },
    little: {
      "pt-BR": "o serviço pode apresentar uma pequena falha, e você consegue continuar a usá-lo.",
      en: "the service may show a small fault, and you can keep using it.",
      es: "el servicio puede mostrar un pequeño fallo, y usted puede seguir usándolo.",
    },
    unknown: {
      "pt-BR": "o serviço pode ficar lento, apresentar erros ou não responder.",
      en: "the service may be slow, show errors or not respond.",
      es: "el servicio puede funcionar con lentitud, mostrar errores o no responder.",
    },
  },
  impactShort: {
    outage: {
      "pt-BR": "Você não consegue usar o serviço.",
      en: "You cannot use the service.",
      es: "No puede usar el servicio.",
    },
    significant: {
      "pt-BR": "Funções importantes podem falhar.",
      en: "Important features may fail.",
      es: "Funciones importantes pueden fallar.",
    },
    affected: {
      "pt-BR": "Pode haver lentidão ou erros.",
      en: "It may be slow or show errors.",
      es: "Puede haber lentitud o errores.",
    },
    little: {
      "pt-BR": "Você consegue continuar a usar.",
      en: "You can keep using it.",
      es: "Puede seguir usando el servicio.",
    },
    unknown: {
      "pt-BR": "Pode haver lentidão ou erros.",
      en: "It may be slow or show errors.",
      es: "Puede haber lentitud o errores.",
    },
  },
  sinceWhen: {
    "pt-BR": "Se este é o primeiro aviso que você recebe: o problema em {{service}} começou em {{startedAt}}.",
    en: "If this is the first message you receive about it: the problem with {{service}} started on {{startedAt}}.",
    es: "Si este es el primer aviso que recibe: el problema en {{service}} comenzó el {{startedAt}}.",
  },
  someService: { "pt-BR": "um dos nossos serviços", en: "one of our services", es: "uno de los servicios" },
};
