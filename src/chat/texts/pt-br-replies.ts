/** Answers to what a person asked: done, refused, failed, not understood. */
export const ptBrReplies = {
  "reply.declared": "{code} declarado, N{level}: {title}.",
  "reply.declared-provisional":
    "{code} declarado, N{level} provisório: {title}. Classifique assim que souber: {command} {code} {classify}.",
  "reply.declared-room": "O canal do incidente é {room}.",
  "reply.declared-opening": "O canal do incidente abre em instantes.",
  "reply.done": "Feito. {code}: {state}, N{level}.",
  "reply.repeated": "Já estava feito. {code}: {state}, N{level}.",
  "reply.taken": "{code} está com você.",
  "reply.noted":
    "Anotado: as repetições deste aviso não chegam mais a você. O relógio continua; para assumir, use Assumir.",
  "reply.classified": "{code}: N{level}. Regra: {rule}.",
  "reply.classified-provisional": "{code}: N{level}, provisório. Regra: {rule}.",
  "reply.note": "Nota guardada em {code}.",
  "reply.more": "{code}: o que mais dá para fazer",
  "reply.more-typed": "Também por comando: {verbs}.",

  "fault.no": "Não consegui guardar: nada mudou. Tente de novo (código {code}).",
  "fault.unknown":
    "Não consegui confirmar se foi guardado. Repetir é seguro. Para conferir: {command} {list} (código {code}).",

  "problem.unknown-verb": "Não conheço “{word}”. {command} {help} mostra o que dá para pedir.",
  "problem.suggestion": "Não conheço “{word}”. Era {suggestion}?",
  "problem.declare": "Para declarar com esse título: {example}",
  "problem.unexpected-text": "{verb} não leva texto depois: “{text}” ficou sobrando, e nada foi feito. Uso: {usage}",
  "problem.incident-not-expected": "{verb} não é sobre um incidente: tire o código. Uso: {usage}",
  "problem.unknown-word": "Não entendi “{word}”, e nada foi feito. Uso: {usage}",

  "refusal.not-in-this-state":
    "Não dá para fazer isso ({verb}) com o incidente no estado “{state}”. Agora dá: {allowed}.",
  "refusal.ended":
    "Este incidente está no estado “{state}” e não muda mais. Se o efeito voltou, declare outro: {example}",
  "refusal.merged": "Este incidente foi mesclado em {code}. Continue lá: {example}",
  "refusal.already-taken": "{by} já assumiu: {at}. Nada foi feito de novo.",
  "refusal.already-in-state": "Já está no estado “{state}”. Nada foi feito de novo.",
  "refusal.already-in-state-by": "Já foi feito por {by}, {at}: o estado é “{state}”.",
  "refusal.missing": "Falta dizer: {fields}.",
  "refusal.too-long": "Texto longo demais ({field}): no máximo {max, number} caracteres; há {actual, number}.",
  "refusal.observation-not-over": "A observação vai até {until}. Para resolver antes, diga o motivo.",
  "refusal.restore-not-confirmed":
    "N{level} se resolve depois da observação. Para resolver direto, confirme no formulário que o serviço foi restabelecido: {example}",
  "refusal.reopen-window-over": "A janela para reabrir acabou ({since}). Declare um novo incidente: {example}",
  "refusal.needs-authority.commander-or-lead":
    "Isso cabe ao comandante do incidente ou à liderança de plantão. Peça a quem tem o papel, ou indique alguém: {example}",
  "refusal.needs-authority.lead": "Isso cabe à liderança de plantão. Peça a quem está de plantão nela.",
  "refusal.reason-too-short": "Diga o motivo com pelo menos {min, number} caracteres.",
  "refusal.cause-contradicts-level":
    "O nível iria de N{from} para N{to}, o que não combina com “{cause}”. Mude as respostas ou o que mudou.",
  "refusal.nothing-changed": "Nada mudou: já estava assim.",
  "refusal.real-and-drill": "Um incidente real e um simulado nunca se mesclam.",
  "refusal.merge-with-itself": "{code} é este mesmo incidente. Diga o código do outro.",
  "refusal.cannot-merge": "{code} não pode ser mesclado: está no estado “{state}”.",
  "refusal.never-pauses": "N{level} nunca pausa: o relógio segue correndo.",
  "refusal.supplier-never-pauses":
    "Esperar um fornecedor não pausa o relógio: o contrato não permite. Registre a espera com uma nota: {example}",
  "refusal.unknown-customer": "Não encontrei “{customer}” entre os clientes. Confira o nome como no catálogo.",
  "refusal.customer-already-affected": "{customer} já está entre os clientes afetados.",
  "refusal.name-the-customers": "Há mais de um cliente afetado: diga quais. Pelo formulário: {example}",
  "refusal.not-paused": "O relógio não está em pausa.",
  "refusal.time-in-the-future": "{at} não serve: use um instante que já passou, depois da detecção do incidente.",
  "refusal.checklist-open": "Antes de encerrar, falta: {items}.",
  "refusal.unknown-escalation": "Essa escalação não existe mais neste incidente. Veja os prazos: {example}",
  "refusal.not-a-person": "Só uma pessoa pode fazer isso.",
  "refusal.role-for-a-person": "Só uma pessoa pode ter um papel, não um aplicativo. Mencione com @ quem vai assumi-lo.",
  "refusal.unknown-incident": "Não encontrei esse incidente. Os abertos: {example}",
  "refusal.not-in-an-incident-channel":
    "Aqui não é o canal de um incidente. Use o comando lá, ou ponha o código: {example}",
  "refusal.unknown-person": "Não encontrei a pessoa “{text}”. Mencione com @.",
  "refusal.not-due": "Ainda não é hora disso.",

  "missing.title": "o título",
  "missing.cause": "a causa",
  "missing.action": "a ação tomada",
  "missing.what": "o que voltou",
  "missing.reason": "o motivo",
  "missing.data": "a situação dos dados",
  "missing.text": "o texto",
  "missing.question": "a pergunta feita",
  "missing.review": "a análise",
  "missing.answers": "as respostas da classificação",
  "missing.summary": "o resumo",

  "item.review": "a análise do incidente",
  "item.waiting-period": "o prazo de espera depois da resolução",
  "item.data-statement": "a situação dos dados",
  "item.cause": "a causa",
  "item.commander": "o comandante",
};
