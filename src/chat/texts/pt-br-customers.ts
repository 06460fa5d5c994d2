/** Messages to customers: what they are called, the form that sends them, and what the cards say of them. */
export const ptBrCustomers = {
  "template.first_notice": "primeiro aviso",
  "template.update": "atualização",
  "template.no_change": "sem novidade",
  "template.monitoring": "em observação",
  "template.resolved": "resolução",
  "template.reopened": "reabertura",
  "template.false_alarm": "falso alarme",

  "sent.first_notice": "Primeiro aviso enviado",
  "sent.update": "Atualização enviada",
  "sent.no_change": "Aviso sem novidade enviado",
  "sent.monitoring": "Aviso de observação enviado",
  "sent.resolved": "Aviso de resolução enviado",
  "sent.reopened": "Aviso de reabertura enviado",
  "sent.false_alarm": "Aviso de falso alarme enviado",

  "language.pt-BR": "português",
  "language.en": "inglês",
  "language.es": "espanhol",

  "mode.test": "MODO DE TESTE: {n, number} de {all, plural, one {# cliente receberá} other {# clientes receberão}}",
  "mode.test-sent": "MODO DE TESTE: nada saiu além da lista permitida.",
  "mode.off": "Envio a clientes desligado: nenhum provedor configurado",

  "card.told": "Clientes avisados: {told, number} de {all, number}",
  "card.next-notice": "Próximo aviso prometido: {at}",
  "card.draft-waits": "Uma mensagem a clientes espera aprovação até {until}",

  "button.notify": "Avisar clientes",
  "button.tell-first": "Avisar {n, plural, one {# cliente} other {# clientes}}",
  "button.tell-update": "Atualizar clientes",
  "button.tell-monitoring": "Avisar observação",
  "button.tell-resolved": "Avisar resolução",
  "button.tell-reopened": "Avisar reabertura",
  "button.tell-false-alarm": "Avisar falso alarme",
  "button.approve": "Aprovar e enviar",
  "button.discard": "Descartar",

  "confirm.back": "Voltar",
  "confirm.approve.title": "Aprovar e enviar?",
  "confirm.approve.text":
    "A mensagem sai agora para {n, plural, one {# cliente} other {# clientes}}. Não dá para desfazer.",
  "confirm.approve.yes": "Enviar",
  "confirm.discard.title": "Descartar a mensagem?",
  "confirm.discard.text": "Nada será enviado a clientes.",
  "confirm.discard.yes": "Descartar",

  "form.notify.title": "Avisar clientes",
  "form.notify.submit": "Avisar",
  "form.notify.send": "Avisar {n, plural, one {# cliente} other {# clientes}}",
  "form.notify.ask": "Pedir aprovação",
  "form.notify.preparing": "Preparando a prévia: o que cada cliente vai receber…",
  "form.notify.not-ready": "A prévia ainda não apareceu, e nada foi enviado. Volte e abra de novo.",
  "form.notify.look-again":
    "A mensagem mudou depois da prévia, e nada foi enviado. Confira abaixo como ficou e envie de novo.",
  "form.notify.typed": "O que você escreveu, para não se perder:",
  "form.notify.fault": "Não consegui preparar a prévia (código {code}). Nada foi enviado. Volte e tente de novo.",
  "form.notify.option": "{what} ({n, plural, one {# cliente} other {# clientes}})",
  "form.notify.audience":
    "{customers, plural, one {# cliente} other {# clientes}}, {contacts, plural, one {# contato} other {# contatos}}: {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "form.notify.unreachable": "{audience}; {n, plural, one {# cliente} other {# clientes}} sem contato válido: {names}",
  "form.notify.more-names": "{names} e mais {n, number}",
  "form.notify.goes-now": "Sai assim que você enviar.",
  "form.notify.second-at": "Outra pessoa aprova; você pode seguir sozinho às {at}.",
  "form.notify.second-nobody":
    "Não há outra pessoa disponível agora: sai assim que você enviar, e o registro diz que foi sem segunda pessoa.",
  "form.notify.second-required": "Outra pessoa precisa aprovar antes de a mensagem sair.",
  "form.notify.some-first":
    "{n, plural, one {# cliente ainda não recebeu aviso deste incidente: a mensagem dele} other {# clientes ainda não receberam aviso deste incidente: a mensagem deles}} diz antes desde quando há o problema.",
  "form.notify.preview": "O que cada um recebe:",
  "form.notify.email": "E-mail em {language}. Assunto: {subject}",
  "form.notify.sms": "SMS em {language}, {n, plural, one {# caractere} other {# caracteres}}:",
  "form.notify.contact-name": "(nome do contato)",
  "form.notify.customer-name": "(nome do cliente)",

  "field.template": "Mensagem",
  "field.confirm-customers": "Repita o número de clientes",
  "field.confirm-customers.hint": "São mais de {max, number}: digite quantos são para confirmar.",
  "field.written": "{slot} ({language})",
  "field.written.default": "Vazio: vai a frase padrão, em {language}.",
  "field.written.unused": "Não vai nesta mensagem.",
  "slot.whatChanged": "O que mudou?",
  "slot.impact": "O que os clientes podem notar?",
  "slot.workaround": "O que podem fazer agora?",
  "slot.action": "O que estamos fazendo?",
  "slot.causeSummary": "O que aconteceu, para clientes?",
  "slot.customerAction": "O que precisam fazer?",
  "slot.residualImpact": "O que ainda podem notar?",
  "slot.reasonShort": "Por que era falso alarme?",
  "slot.dataLossDetail": "O que houve com os dados?",
  "error.not-a-count": "Digite só o número de clientes.",

  "notice.drafted":
    "{who} escreveu uma mensagem para {n, plural, one {# cliente} other {# clientes}} ({what}). Falta outra pessoa aprovar.",
  "notice.draft-for": "Para: {customers}.",
  "notice.draft-until": "Vale até {until}.",
  "notice.draft-until-alone": "Vale até {until}. Quem escreveu pode seguir sem outra pessoa a partir de {at}.",
  "notice.draft-until-required": "Vale até {until}. Quem escreveu não aprova.",
  "notice.draft-decided": "Esta mensagem já foi decidida.",
  "notice.approved":
    "{who} aprovou a mensagem para {n, plural, one {# cliente} other {# clientes}} ({what}). O envio começou.",
  "notice.approved-own": "{who} avisou {n, plural, one {# cliente} other {# clientes}} ({what}). O envio começou.",
  "notice.approved-alone":
    "{who} avisou {n, plural, one {# cliente} other {# clientes}} ({what}) sem segunda pessoa: não havia mais ninguém a tempo. O envio começou.",
  "notice.discarded": "{who} descartou a mensagem a clientes ({what}). Nada foi enviado.",
  "notice.sent": "{sent}: {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "notice.sent-failed": "{sent}; {n, plural, one {# não chegou} other {# não chegaram}}",
  "notice.sent-dropped": "{n, plural, one {# não saiu} other {# não saíram}}: aviso mais novo ou contato que não quer.",
  "notice.sent-withheld":
    "{n, plural, one {# retido} other {# retidos}} pelo modo de teste, por aviso mais novo ou por recusa do contato.",

  "timeline.called": "acionamento por telefone, ninguém tinha assumido: {people}",
  "timeline.notice-drafted": "escreveu mensagem a clientes ({what}, {n, plural, one {# cliente} other {# clientes}})",
  "timeline.notice-approved": "liberou a mensagem a clientes ({what})",
  "timeline.notice-approved-alone": "liberou a mensagem a clientes ({what}) sem segunda pessoa",
  "timeline.notice-discarded": "descartou a mensagem a clientes ({what})",
  "timeline.notice-sent":
    "mensagem a clientes enviada ({what}): {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "timeline.notice-sent-failed": "{sent}; {n, plural, one {# não chegou} other {# não chegaram}}",

  "reply.notice-sending": "{code}: mensagem ({what}) a caminho de {n, plural, one {# cliente} other {# clientes}}.",
  "reply.notice-waiting": "{code}: mensagem ({what}) guardada. Falta outra pessoa aprovar no canal.",
  "reply.notice-waiting-alone":
    "{code}: mensagem ({what}) guardada. Falta outra pessoa aprovar no canal; você pode seguir sozinho às {at}.",
  "reply.notice-discarded": "{code}: mensagem ({what}) descartada. Nada foi enviado a clientes.",

  "refusal.drill-has-no-customers": "É um simulado: nada chega a clientes, e nada foi enviado.",
  "refusal.nobody-to-tell":
    "Não há cliente a avisar agora, e nada foi enviado. Se falta um cliente afetado, adicione: {example}",
  "refusal.already-told": "Os clientes já foram avisados disso: {at}. Nada foi enviado de novo.",
  "refusal.audience-changed":
    "Mudou enquanto você olhava, e nada foi enviado: agora são {customers, plural, one {# cliente} other {# clientes}}, N{level}, “{state}”. Confira a prévia e envie de novo.",
  "refusal.repeat-the-number":
    "São {customers, plural, one {# cliente} other {# clientes}}: repita esse número para confirmar.",
  "refusal.delivery-off": "O envio a clientes está desligado: nenhum provedor configurado. Nada foi enviado.",
  "refusal.unknown-notice": "Não encontrei essa mensagem neste incidente. Nada foi enviado.",
  "refusal.notice-expired":
    "Essa mensagem perdeu a validade: o tempo passou, ou o estado ou o nível mudou. Prepare outra: {example}",
  "refusal.notice-decided": "Essa mensagem já foi descartada. Nada foi enviado.",
  "refusal.notice-decided-by": "{by} já liberou essa mensagem: {at}. Nada foi enviado de novo.",
  "refusal.second-person-first": "Outra pessoa precisa aprovar: quem escreveu não aprova a própria mensagem.",
  "refusal.second-person-first-until": "Outra pessoa aprova primeiro; você pode seguir sozinho às {until}.",
  "refusal.wrong-notice":
    "Essa mensagem não combina com o estado “{state}”, e nada foi enviado. Veja o que dá para dizer agora: {example}",

  "missing.whatChanged": "o que mudou",
  "missing.impact": "o que os clientes podem notar",
  "missing.workaround": "o que os clientes podem fazer",
  "missing.causeSummary": "o que aconteceu",
  "missing.customerAction": "o que os clientes precisam fazer",
  "missing.residualImpact": "o que os clientes ainda podem notar",
  "missing.reasonShort": "por que era falso alarme",
  "missing.dataLossDetail": "o que houve com os dados",
};
