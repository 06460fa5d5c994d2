import { describe, expect, test } from "vitest";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { personalCard } from "../../../src/chat/cards/personal-card.js";
import type { Notice, NoticeOf } from "../../../src/domain/notices/notice.js";
import type { Policy } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  customer,
  declared,
  emptyRoster,
  followedBy,
  later,
  MONDAY_10,
  person,
  type Story,
  wokenAt,
} from "../../support/incident-builders.js";
import { contractWords } from "./forbidden-words.js";
import { aVoice, read, snapshotOf } from "./told-snapshots.js";

const confirmed: Policy = { ...cuboSuitePolicyV1, confirmed: true };
const pinned = { kind: "incident-card" } as const;

/** What the latest command said in the channel, as it is read there. */
const said = (story: Story, kind: Notice["kind"], at: Date = MONDAY_10, policy?: Policy): string => {
  const notices = story.last.ok
    ? story.last.effects.flatMap((effect) =>
        effect.kind === "say" && effect.notice.kind === kind ? [effect.notice] : [],
      )
    : [];
  const notice = notices[0];
  if (!notice) throw new Error(`Nothing of the kind ${kind} was said.`);
  return read(cardFor(notice, snapshotOf(story, at, policy), aVoice()));
};

const card = (story: Story, at: Date = MONDAY_10, policy?: Policy): string =>
  read(cardFor(pinned, snapshotOf(story, at, policy), aVoice()));

describe("the incident card", () => {
  test("tells level, state, who has it, due times, who governs and what fires next", () => {
    const story = declared(aDeclaration({ customers: [customer("aurora"), customer("beta", "premium")] }));
    const text = card(story, later(3));
    expect(text).toMatch(/^INC-1 · N1 · Checkout fora do ar\n/u);
    expect(text).toContain("Nível: N1\nEstado: Investigando\nCom quem está: Ninguém assumiu ainda");
    expect(text).toContain(
      "Beta: resposta até 10:15 (horário de Brasília) · resolução até 12:00 (horário de Brasília) (governa)",
    );
    expect(text).toContain("Próximo acionamento, se ninguém assumir: 10:05 (horário de Brasília)");
    expect(text).toContain("[Assumir] [Identificar] [Mitigar] [Resolver] [Classificar] [Mais…]");
  });

  test("offers to take only while nobody has the incident, and then says who does", () => {
    const text = card(followedBy(declared(), { type: "take" }), later(1));
    expect(text).toContain("Com quem está: Bruno\nComandante: Bruno");
    expect(text).toContain("Aurora: resposta cumprida · resolução até 14:00");
    expect(text).toContain("Próximo, 12:00 (horário de Brasília): 50 % do SLA de resolução de Aurora");
    expect(text).not.toContain("[Assumir]");
  });

  test("asks for the classification first while the level is provisional", () => {
    const answers = { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" } as const;
    const text = card(declared(aDeclaration({ answers })));
    expect(text).toContain("Nível: N2, provisório");
    expect(text).toContain("[Assumir] [Classificar]");
  });

  test("names a level that the company has given a name of its own", () => {
    const levelNames = { ...cuboSuitePolicyV1.levelNames, 1: { "pt-BR": "Crítico", en: "Critical" } };
    expect(card(declared(), MONDAY_10, { ...cuboSuitePolicyV1, levelNames })).toContain("Nível: N1 (Crítico)");
  });

  test("never speaks of a contract where none is recorded", () => {
    const alone = declared(aDeclaration({ customers: [] }));
    expect(card(alone)).toContain("Meta interna: resposta até");
    for (const at of [MONDAY_10, later(20), later(500)])
      expect(card(wokenAt(alone, at), at)).not.toMatch(contractWords);
    expect(card(wokenAt(alone, later(20)), later(20))).toContain("resposta além da meta interna desde 10:15");
  });

  test("a passed due time of a contract is a breach", () => {
    expect(card(wokenAt(declared(), later(20)), later(20))).toContain("Aurora: resposta com SLA violado desde 10:15");
  });

  test("numbers that nobody has accepted say so until they are", () => {
    expect(card(declared())).toContain("padrão, não confirmado");
    expect(card(declared(), MONDAY_10, confirmed)).not.toContain("não confirmado");
  });

  test("a mitigated incident shows the observation, and its clock as held", () => {
    const story = followedBy(declared(), { type: "mitigate", action: "Tráfego movido" }, { at: later(10) });
    const text = card(story, later(11));
    expect(text).toContain("Ação tomada: Tráfego movido");
    expect(text).toContain("resolução suspensa na observação");
    expect(text).toContain("Observação até 11:10");
    expect(text).toContain("[Voltou]");
    expect(text).not.toContain("[Mitigar]");
  });

  test("many customers are counted after the first ones", () => {
    const customers = Array.from({ length: 30 }, (_, index) => customer(`c${index}`));
    expect(card(declared(aDeclaration({ customers })))).toContain("e mais 20 clientes: /incidente sla");
  });

  test("an ended incident offers nothing but reading", () => {
    const story = followedBy(declared(), { type: "cancel", reason: "false-alarm", text: "x" }, { admin: true });
    expect(card(story)).toMatch(/\n\[Mais…\]$/u);
  });

  test("a drill says first that it is one, everywhere", () => {
    const drill = declared(aDeclaration({ kind: "drill" }));
    for (const notice of [pinned, { kind: "announcement" }] as const) {
      const drawn = cardFor(notice, snapshotOf(drill), aVoice());
      expect(read(drawn)).toMatch(/^SIMULADO · INC-1 .*\nSIMULADO\. Nada disto chega a clientes\.\n/u);
      expect(drawn.summary).toMatch(/^SIMULADO/u);
    }
  });

  test("a time on another day is shown with its date", () => {
    const text = card(declared(aDeclaration({ level: 3 })));
    expect(text).toContain("resolução até 26/11/2026, 10:00 (horário de Brasília)");
    expect(text).toContain("resposta até 14:00 (horário de Brasília)");
  });
});

describe("escalations", () => {
  test("the first one calls who is paged and only names who is informed", () => {
    const text = said(declared(), "escalated");
    expect(text).toContain(
      "Escalação inicial: N1.\nPrazo de resposta: 10:15 (horário de Brasília).\nAcionando @Bruno, plantonista principal.",
    );
    expect(text).toContain("Informando Diego, líder de plantão.");
    expect(text).toContain("[Assumir] [Ciente]");
  });

  test("a warning tells clock, percent, customer and due", () => {
    const text = said(wokenAt(declared(), later(8)), "escalated", later(8));
    expect(text).toContain("Pré-aviso: 50 % do SLA de resposta de Aurora consumidos. Prazo: 10:15");
  });

  test("a breach is one only with a contract", () => {
    const late = (customers: readonly ReturnType<typeof customer>[]) =>
      said(wokenAt(declared(aDeclaration({ customers })), later(15)), "escalated", later(15));
    expect(late([customer("aurora")])).toContain("Violação do SLA de resposta de Aurora: o prazo era 10:15");
    expect(late([])).toContain("Prazo da meta interna de resposta ultrapassado: era 10:15");
    expect(late([])).toContain("Meta interna: padrão, não confirmado.");
    expect(late([{ ...customer("aurora"), contract: null }])).toContain("da meta interna de resposta para Aurora");
  });

  test("what fired late, or for others too, says so in words", () => {
    const text = said(wokenAt(declared(), later(30)), "escalated", later(30));
    expect(text).toContain("Vale também pelos avisos anteriores");
    expect(said(wokenAt(declared(), later(9)), "escalated", later(9))).toContain("Disparada com 1 min de atraso.");
  });

  test("duties without anybody are named, and the fallback is called", () => {
    const text = said(declared(aDeclaration({ onCall: emptyRoster })), "escalated");
    expect(text).toContain("Ninguém de plantão em nenhum degrau. Chamando @Ana, @Admin.");
    expect(text).toContain("Sem ninguém de plantão: plantonista principal");
  });

  test("once somebody has the incident only noting is offered", () => {
    const taken = followedBy(declared(), { type: "take" });
    expect(said(wokenAt(taken, later(120)), "escalated", later(120))).toMatch(/\n\[Ciente\]$/u);
  });

  test("paging again says that nobody has taken it and when the response is due", () => {
    expect(said(wokenAt(declared(), later(5)), "repaged", later(5))).toBe(
      "Ninguém assumiu ainda. Acionando de novo: @Bruno.\nPrazo de resposta: 10:15 (horário de Brasília).\n[Assumir]",
    );
  });
});

describe("a personal message", () => {
  const escalated = (story: Story): NoticeOf<"escalated"> => {
    const found = story.last.ok ? story.last.effects.find((effect) => effect.kind === "reach") : undefined;
    if (found?.kind !== "reach" || found.notice.kind !== "escalated") throw new Error("Nobody was reached.");
    return found.notice;
  };
  const personal = (notice: Notice, story: Story, who?: string): string =>
    read(personalCard(notice, snapshotOf(story), aVoice(), who === undefined ? undefined : person(who)));

  test("says which incident, why this person, where, and what each button does", () => {
    const story = declared();
    const text = personal(escalated(story), story, "bruno");
    expect(text).toMatch(/^INC-1 · N1 · Checkout fora do ar\nAcionamento para você, como plantonista principal\.\n/u);
    expect(text).toContain("Onde acompanhar: #room.\n[Assumir] [Ciente]\nCom Assumir, o relógio");
    expect(personal(escalated(story), story, "diego")).toContain("Para seu conhecimento, como líder de plantão.");
  });

  test("stays general when the person is not known", () => {
    const story = declared();
    expect(personal(escalated(story), story)).toContain("Este incidente precisa de você.");
  });

  test("its notification is enough to get up for", () => {
    const story = declared();
    const { summary } = personalCard(escalated(story), snapshotOf(story), aVoice(), person("bruno"));
    expect(summary).toBe(
      "INC-1 · N1 · Checkout fora do ar. Acionamento para você, como plantonista principal. Escalação inicial: N1. Prazo de resposta: 10:15 (horário de Brasília).",
    );
  });

  test("of any other notice names the incident and the channel", () => {
    const text = personal(
      { kind: "role-assigned", by: null, role: "director", person: person("ana"), summary: null },
      declared(),
    );
    expect(text).toBe("INC-1 · N1 · Checkout fora do ar\n@Ana agora é diretoria.\nOnde acompanhar: #room.");
  });
});

describe("changes", () => {
  test("a resolution shows how each clock ended", () => {
    const customers = [customer("aurora"), { ...customer("beta"), contract: null }];
    const taken = followedBy(declared(aDeclaration({ customers })), { type: "take" }, { at: later(16) });
    const mitigated = followedBy(taken, { type: "mitigate", action: "x" }, { at: later(30) });
    const command = { type: "resolve", data: "recovered", reason: "tudo certo", restoredConfirmed: false } as const;
    const text = said(followedBy(mitigated, command, { at: later(40) }), "resolved", later(40));
    expect(text).toContain(
      "Bruno resolveu o incidente. Dados afetados e recuperados. Motivo de resolver antes:\n> tudo certo",
    );
    expect(text).toContain("Aurora, resposta: SLA violado (16 min de 15 min, 24x7)");
    expect(text).toContain("Aurora, resolução: cumprida (30 min de 4 h, 24x7)");
    expect(text).toContain(
      "Beta (sem contrato, meta interna), resposta: meta interna ultrapassada (16 min de 15 min, 24x7)",
    );
  });

  test("breaches of several contracts are one message", () => {
    const customers = [customer("aurora"), customer("beta")];
    const text = said(wokenAt(declared(aDeclaration({ customers })), later(15)), "breached", later(15));
    expect(text).toContain("2 contratos violados: Aurora (resposta, prazo 10:15");
  });

  test("a note about the past says when it was, and a fresh one does not", () => {
    const note = (happenedAt: Date | null) =>
      said(
        followedBy(declared(), { type: "add-note", text: "fila cheia", happenedAt }, { at: later(30) }),
        "note-added",
        later(30),
      );
    expect(note(later(5))).toBe("Nota de Bruno, sobre 10:05 (horário de Brasília):\n> fila cheia");
    expect(note(null)).toBe("Nota de Bruno:\n> fila cheia");
  });

  test("a reclassification tells both levels, the rule and the next due", () => {
    const answers = { scope: "single", effect: "little", data: "none", exposure: "none" } as const;
    const command = { type: "classify", answers, cause: null, effectiveFrom: null, onCall: emptyRoster } as const;
    const story = followedBy(declared(), { ...command, reason: "um único usuário afetado" }, { admin: true });
    const text = said(story, "reclassified");
    expect(text).toContain("Bruno reclassificou: de N1 para N4.");
    expect(text).toContain("Regra: N4: um usuário, pouco ou nenhum impacto.");
  });

  test("what people wrote is always a quotation, never part of a sentence", () => {
    const hostile = "<!channel> *x* <https://evil.example|y>";
    const story = followedBy(declared(), { type: "identify", cause: hostile });
    expect(said(story, "identified")).toContain(`Bruno identificou a causa:\n> ${hostile}`);
  });
});
