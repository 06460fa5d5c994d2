/** Names of the things of the domain, as the glossary binds them. */
export const ptBrWords = {
  "state.triage": "Em triagem",
  "state.investigating": "Investigando",
  "state.identified": "Identificado",
  "state.monitoring": "Mitigado (em observação)",
  "state.resolved": "Resolvido",
  "state.reviewed": "Analisado",
  "state.closed": "Encerrado",
  "state.cancelled": "Cancelado",
  "state.merged": "Mesclado",

  "role.primary": "plantonista principal",
  "role.secondary": "plantonista secundário",
  "role.responder": "respondente",
  "role.incident-commander": "comandante do incidente",
  "role.communications-lead": "responsável pela comunicação",
  "role.support-owner": "responsável no suporte",
  "role.on-call-lead": "líder de plantão",
  "role.engineering-manager": "gerente de engenharia",
  "role.director": "diretoria",
  "role.executive": "executivo",

  "how.page": "acionamento",
  "how.inform": "informe",
  "how.remind": "lembrete",

  "clock.response": "resposta",
  "clock.resolution": "resolução",

  "scope.large": "Todos ou muitos usuários",
  "scope.small_number": "Um número pequeno de usuários",
  "scope.small_group": "Um pequeno grupo",
  "scope.single": "Apenas um usuário",
  "scope.unknown": "Não sei ainda",

  "effect.outage": "Não conseguem usar (interrupção completa)",
  "effect.significant": "Função principal falha ou oscila, sem alternativa",
  "effect.affected": "Há tarefa que não se conclui, ou só de outro jeito",
  "effect.little": "Pouco ou nenhum efeito",
  "effect.unknown": "Não sei ainda",

  "data.none": "Disponíveis e íntegros",
  "data.impaired": "Indisponíveis ou atrasados, sem perda",
  "data.lost": "Perdidos ou corrompidos",
  "data.exposure": "Possível exposição",
  "data.unknown": "Não sei ainda",

  "exposure.none": "Sem exposição",
  "exposure.suspected": "Suspeita",
  "exposure.confirmed": "Confirmada",

  "statement.not-affected": "Dados não afetados",
  "statement.recovered": "Dados afetados e recuperados",
  "statement.lost": "Dados perdidos ou alterados",
  "statement.under-assessment": "Dados ainda em verificação",

  "cancel-reason.false-alarm": "Falso alarme",
  "cancel-reason.duplicate": "Duplicado",
  "cancel-reason.customer-side": "Causa do lado do cliente",
  "cancel-reason.planned-maintenance": "Manutenção programada",
  "cancel-reason.other": "Outro motivo",

  "cause.worsened": "Piorou agora",
  "cause.lowered": "Diminuiu",
  "cause.corrected": "Já era assim",

  "kind.real": "Incidente real",
  "kind.drill": "Simulado",

  "detected.monitoring": "Monitoramento",
  "detected.staff": "Equipe",
  "detected.customer": "Cliente",
  "detected.supplier": "Fornecedor",

  "pause-reason.waiting-customer": "Esperando o cliente",
  "pause-reason.waiting-third-party": "Esperando um fornecedor",

  "time.less-than-a-minute": "menos de 1 min",
  "time.target-24x7": "{span}, 24x7",
  "time.target-business": "{span} úteis ({calendar})",
};
