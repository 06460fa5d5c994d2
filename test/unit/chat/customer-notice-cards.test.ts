import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Card } from "../../../src/chat/card.js";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { type Reply, replyCard } from "../../../src/chat/cards/reply-card.js";
import { timelineCard } from "../../../src/chat/cards/timeline-card.js";
import type { CustomerWords, Voice } from "../../../src/chat/voice.js";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import type { NoticeTally } from "../../../src/domain/notices/customer-notice.js";
import type { Notice } from "../../../src/domain/notices/notice.js";
import { messageBlockProblems } from "../../../src/sandbox/slack/validate-blocks.js";
import { renderBlockKit } from "../../../src/slack/render-block-kit.js";
import { renderAdaptiveCard } from "../../../src/teams/render-adaptive-card.js";
import { by, followedBy, later, MONDAY_10, type Story } from "../../support/incident-builders.js";
import { lookup } from "../slack/card-arbitrary.js";
import { expectTeamsTakes } from "../teams/card-lint.js";
import { hostileText } from "./card-stories.js";
import { affecting, changed, compose, tellingVoice, toldFirst, waitingUpdate } from "./told-customers.js";
import { aVoice, read, snapshotOf } from "./told-snapshots.js";

const TEST_MODE: Partial<CustomerWords> = { mode: "test", receives: () => false };

/** The card of what the latest command said, at an instant. */
const saidCard = (story: Story, kind: Notice["kind"], at: Date, voice: Voice = tellingVoice()): Card => {
  const effects = story.last.ok ? story.last.effects : [];
  const notice = effects.flatMap((one) => (one.kind === "say" && one.notice.kind === kind ? [one.notice] : []))[0];
  if (notice === undefined) throw new Error(`Nothing of the kind ${kind} was said.`);
  return cardFor(notice, snapshotOf(story, at), voice);
};
const said = (...args: Parameters<typeof saidCard>): string => read(saidCard(...args), args[3] ?? tellingVoice());
const pinned = (story: Story, at: Date, with_: Partial<CustomerWords> = {}): string =>
  read(cardFor({ kind: "incident-card" }, snapshotOf(story, at), tellingVoice(with_)));
const buttonsOf = (text: string): string => text.split("\n").at(-1) ?? "";

const helena = { actor: by("helena") } as const;
const approved = (at = later(21)): Story =>
  followedBy(waitingUpdate(), { type: "approve-notice", number: 2 }, { ...helena, at });
const sent = (tally: NoticeTally, story = approved()): Story =>
  followedBy(
    story,
    { type: "record-sent", number: 2, tally },
    { actor: { kind: "system", name: "delivery" }, at: later(22) },
  );
const counts = (sent: number, failed = 0, dropped = 0) => ({ sent, failed, dropped });

describe("the incident card", () => {
  test("offers the first notice right after taking, with the number of customers", () => {
    const text = pinned(affecting(42), later(1));
    expect(buttonsOf(text)).toBe("[Assumir] [Avisar 42 clientes] [Identificar] [Mitigar] [Resolver] [Mais…]");
    expect(buttonsOf(pinned(affecting(1), later(1)))).toContain("[Avisar 1 cliente]");
    expect(text).toContain("Clientes avisados: 0 de 42");
  });

  test("offers one message at a time: an update comes after the next steps, what is owed before them", () => {
    expect(buttonsOf(pinned(toldFirst(), later(12)))).toBe(
      "[Assumir] [Identificar] [Mitigar] [Resolver] [Atualizar clientes] [Mais…]",
    );
    const mitigated = followedBy(toldFirst(), { type: "mitigate", action: "réplica" }, { at: later(12) });
    expect(buttonsOf(pinned(mitigated, later(13)))).toMatch(/^\[Avisar observação\] \[Voltou\]/u);
    const reason = "verificado em produção por todos";
    const resolved = followedBy(
      mitigated,
      { type: "resolve", data: "not-affected", reason, restoredConfirmed: true },
      { at: later(30) },
    );
    expect(buttonsOf(pinned(resolved, later(31)))).toMatch(/^\[Avisar resolução\]/u);
  });

  test("offers no message in a drill, without customers, or where nobody can be written to", () => {
    const drill = pinned(affecting(3, { kind: "drill" }), later(1), TEST_MODE);
    expect(drill).not.toMatch(/Avisar|avisados|MODO DE TESTE/u);
    expect(pinned(affecting(0), later(1), TEST_MODE)).not.toMatch(/Avisar|avisados|MODO DE TESTE/u);
    expect(read(cardFor({ kind: "incident-card" }, snapshotOf(affecting(3)), aVoice()))).not.toMatch(
      /Avisar|avisados/u,
    );
  });

  test("says what keeps messages from customers, in the words of the policy owner", () => {
    expect(pinned(affecting(42), later(1), TEST_MODE).split("\n")).toContain(
      "MODO DE TESTE: 0 de 42 clientes receberão",
    );
    const one = { mode: "test", receives: (id: string) => id === "c1" } as const;
    expect(pinned(affecting(42), later(1), one)).toContain("MODO DE TESTE: 1 de 42 clientes receberão");
    const off = pinned(affecting(42), later(1), { mode: "off" });
    expect(off.split("\n")).toContain("Envio a clientes desligado: nenhum provedor configurado");
    expect(off).not.toContain("[Avisar");
    expect(pinned(affecting(42), later(1))).not.toMatch(/MODO DE TESTE|desligado/u);
    const english = { ...tellingVoice(TEST_MODE, "en") };
    expect(read(cardFor({ kind: "incident-card" }, snapshotOf(affecting(42)), english), english)).toContain(
      "TEST MODE: 0 of 42 customers will receive it",
    );
  });

  test("counts the customers told and repeats the promise of the next notice while it is open", () => {
    const oneMore = followedBy(
      toldFirst(2),
      { type: "add-customer", customer: { ...affecting(1).incident.customers[0], id: "novo" } as never },
      { at: later(12) },
    );
    const text = pinned(oneMore, later(13));
    expect(text).toContain("Clientes avisados: 2 de 3");
    expect(text).toContain("Próximo aviso prometido: 10:40 (horário de Brasília)");
    expect(buttonsOf(text)).toContain("[Avisar 1 cliente]");
    const over = followedBy(oneMore, { type: "cancel", reason: "other", text: "x" }, { at: later(14), admin: true });
    expect(pinned(over, later(15))).not.toContain("Próximo aviso prometido");
  });

  test("says that a message waits, as long as it can be approved", () => {
    expect(pinned(waitingUpdate(), later(21))).toContain(
      "Uma mensagem a clientes espera aprovação até 10:35 (horário de Brasília)",
    );
    expect(pinned(waitingUpdate(), later(36))).not.toContain("espera aprovação");
  });
});

describe("a message that waits for a second person", () => {
  test("shows who wrote it, to whom it goes, all its words, and from when the author may go alone", () => {
    const text = said(waitingUpdate(), "notice-drafted", later(20));
    expect(text).toMatch(
      /^Bruno escreveu uma mensagem para 3 clientes \(atualização\)\. Falta outra pessoa aprovar\./u,
    );
    expect(text).toContain("> [INC-1] Checkout: atualização (Investigando)");
    expect(text).toContain("O que mudou: A falha foi isolada em um provedor.");
    expect(text).toContain("Para: C1, C2, C3.");
    expect(text).toContain(
      "Vale até 10:35 (horário de Brasília). Quem escreveu pode seguir sem outra pessoa a partir de 10:23 (horário de Brasília).",
    );
    expect(buttonsOf(text)).toBe("[Aprovar e enviar] [Descartar]");
  });

  test("asks again before it is sent or thrown away", () => {
    const block = saidCard(waitingUpdate(), "notice-drafted", later(20)).blocks.at(-1);
    const buttons = block?.kind === "buttons" ? block.buttons : [];
    expect(buttons).toMatchObject([
      {
        action: { do: "approve-notice", incident: "i1", number: 2 },
        confirm: { title: "Aprovar e enviar?", text: /para 3 clientes/u, yes: "Enviar", no: "Voltar" },
      },
      { action: { do: "discard-notice", incident: "i1", number: 2 }, confirm: { yes: "Descartar" } },
    ]);
  });

  test("loses its buttons once it is decided", () => {
    const notice = { kind: "notice-drafted", number: 2, by: null } as const;
    const text = read(cardFor(notice, snapshotOf(approved(), later(21)), tellingVoice()));
    expect(text).toContain("Esta mensagem já foi decidida.");
    expect(text).not.toMatch(/\[Aprovar|\[Descartar/u);
  });

  test("is shown in every language in which somebody wrote", () => {
    const texts = { whatChanged: { ...changed().whatChanged, en: { prose: "We isolated it." } as never } };
    const there = followedBy(
      toldFirst(),
      { type: "add-note", text: "x", happenedAt: null },
      { ...helena, at: later(20) },
    );
    const story = followedBy(there, compose("update", texts), { actor: by("bruno"), at: later(20) });
    const text = said(story, "notice-drafted", later(20));
    expect(text).toContain("O que mudou: A falha foi isolada em um provedor.");
    expect(text).toContain("What changed: We isolated it.");
  });
});

describe("a message that was decided", () => {
  test("says who approved it", () => {
    expect(said(approved(), "notice-approved", later(21))).toBe(
      "Helena aprovou a mensagem para 3 clientes (atualização). O envio começou.",
    );
  });

  test("shows its words where it went out at once, and that nobody else was there", () => {
    const first = said(toldFirst(), "notice-approved", later(10));
    expect(first).toMatch(/^Bruno avisou 3 clientes \(primeiro aviso\)\. O envio começou\.\n> \[INC-1\] Checkout/u);
    const alone = followedBy(toldFirst(), compose("update", changed()), { actor: by("bruno"), at: later(200) });
    expect(said(alone, "notice-approved", later(200))).toMatch(
      /^Bruno avisou 3 clientes \(atualização\) sem segunda pessoa: não havia mais ninguém a tempo\.[\s\S]*O que mudou/u,
    );
  });

  test("in test mode says that nobody receives it", () => {
    expect(said(approved(), "notice-approved", later(21), tellingVoice(TEST_MODE))).toContain(
      "MODO DE TESTE: 0 de 3 clientes receberão",
    );
  });

  test("that was discarded says that nothing was sent, and what can be said now", () => {
    const discarded = followedBy(waitingUpdate(), { type: "discard-notice", number: 2 }, { ...helena, at: later(21) });
    expect(said(discarded, "notice-discarded", later(21))).toBe(
      "Helena descartou a mensagem a clientes (atualização). Nada foi enviado.\n[Atualizar clientes]",
    );
  });
});

describe("a message that was sent", () => {
  test("counts what left by channel and what did not arrive", () => {
    const tally = { email: counts(118, 1), sms: counts(37, 1) };
    expect(said(sent(tally), "notice-sent", later(22))).toBe(
      "Atualização enviada: 118 e-mails, 37 SMS; 2 não chegaram",
    );
    expect(said(sent({ email: counts(1), sms: counts(0) }), "notice-sent", later(22))).toBe(
      "Atualização enviada: 1 e-mail, 0 SMS",
    );
    const late = { email: counts(10, 0, 3), sms: counts(0, 1) };
    expect(said(sent(late), "notice-sent", later(22))).toBe(
      "Atualização enviada: 10 e-mails, 0 SMS; 1 não chegou\n3 não saíram: aviso mais novo ou contato que não quer.",
    );
  });

  test("in test mode says that nothing left beyond the allow-list", () => {
    const tally = { email: counts(0, 0, 9), sms: counts(0) };
    expect(said(sent(tally), "notice-sent", later(22), tellingVoice(TEST_MODE))).toBe(
      "Atualização enviada: 0 e-mail, 0 SMS\nMODO DE TESTE: nada saiu além da lista permitida.\n" +
        "9 retidos pelo modo de teste, por aviso mais novo ou por recusa do contato.",
    );
  });
});

describe("the timeline", () => {
  test("tells the whole life of a message", () => {
    const story = sent({ email: counts(118, 2), sms: counts(37) });
    const lines = read(timelineCard(snapshotOf(story, later(22)), aVoice())).split("\n");
    expect(lines.slice(3).map((line) => line.replace(" (horário de Brasília)", ""))).toEqual([
      "10:10 Bruno: escreveu mensagem a clientes (primeiro aviso, 3 clientes)",
      "10:10 Bruno: liberou a mensagem a clientes (primeiro aviso)",
      "10:20 Helena: nota: acompanhando",
      "10:20 Bruno: escreveu mensagem a clientes (atualização, 3 clientes): A falha foi isolada em um provedor.",
      "10:21 Helena: liberou a mensagem a clientes (atualização)",
      "10:22 mensagem a clientes enviada (atualização): 118 e-mails, 37 SMS; 2 não chegaram",
    ]);
  });

  test("says that somebody went alone, and that phones were rung", () => {
    const alone = followedBy(toldFirst(), compose("update", changed()), { actor: by("bruno"), at: later(200) });
    expect(read(timelineCard(snapshotOf(alone, later(200)), aVoice()))).toContain(
      "liberou a mensagem a clientes (atualização) sem segunda pessoa",
    );
    const { incident, ...rest } = snapshotOf(affecting(1));
    const detail = { escalation: "k", people: "bruno,carla" };
    const entry = { at: MONDAY_10, recordedAt: MONDAY_10, by: null, what: "called", text: null, detail };
    expect(read(timelineCard({ ...rest, incident: { ...incident, timeline: [entry] } }, aVoice()))).toContain(
      "acionamento por telefone, ninguém tinha assumido: Bruno, Carla",
    );
  });
});

describe("the answer to whoever asked", () => {
  const answer = (story: Story, asked: IncidentCommand["type"], at: Date): string => {
    const reply = { kind: "done", snapshot: snapshotOf(story, at), repeated: false, asked } as Reply;
    return read(replyCard(reply, tellingVoice(), at));
  };

  test("says that the message is on its way, or waits and until when", () => {
    expect(answer(toldFirst(), "compose-notice", later(10))).toBe(
      "INC-1: mensagem (primeiro aviso) a caminho de 3 clientes.",
    );
    expect(answer(waitingUpdate(), "compose-notice", later(20))).toBe(
      "INC-1: mensagem (atualização) guardada. Falta outra pessoa aprovar no canal; você pode seguir sozinho às 10:23 (horário de Brasília).",
    );
    expect(answer(approved(), "approve-notice", later(21))).toBe(
      "INC-1: mensagem (atualização) a caminho de 3 clientes.",
    );
    const discarded = followedBy(waitingUpdate(), { type: "discard-notice", number: 2 }, { ...helena, at: later(21) });
    expect(answer(discarded, "discard-notice", later(21))).toBe(
      "INC-1: mensagem (atualização) descartada. Nada foi enviado a clientes.",
    );
  });

  test("a message that is no longer valid comes with the button for the next one", () => {
    const reply: Reply = {
      kind: "refused",
      refusal: { reason: "notice-expired" },
      snapshot: snapshotOf(waitingUpdate(), later(40)),
    };
    expect(read(replyCard(reply, tellingVoice(), later(40)))).toMatch(
      /Prepare outra: \/incidente avisar\n\[Atualizar clientes\]$/u,
    );
  });

  test("whoever wrote it is told from when to go alone, and that somebody else decided", () => {
    const refused = (refusal: Extract<Reply, { kind: "refused" }>["refusal"]) =>
      read(replyCard({ kind: "refused", refusal, snapshot: null }, tellingVoice(), later(20)));
    expect(refused({ reason: "second-person-first", until: later(23) })).toBe(
      "Outra pessoa aprova primeiro; você pode seguir sozinho às 10:23 (horário de Brasília).",
    );
    expect(refused({ reason: "second-person-first", until: null })).toContain("quem escreveu não aprova");
    expect(refused({ reason: "notice-decided", by: null, at: later(20) })).toBe(
      "Essa mensagem já foi descartada. Nada foi enviado.",
    );
    expect(refused({ reason: "notice-decided", by: "ana" as never, at: later(20) })).toMatch(/^Ana já liberou/u);
  });
});

test("what was written reaches the channel as text, within the limits of both platforms", () => {
  fc.assert(
    fc.property(hostileText, fc.constantFrom(1, 42, 300), (text, count) => {
      const texts = changed(text.slice(0, 160).trim() || "x");
      const there = followedBy(
        toldFirst(count),
        { type: "add-note", text: "x", happenedAt: null },
        { ...helena, at: later(20) },
      );
      const story = followedBy(there, compose("update", texts, count), { actor: by("bruno"), at: later(20) });
      const card = saidCard(story, "notice-drafted", later(20), tellingVoice(TEST_MODE));
      const { blocks } = renderBlockKit(card, lookup);
      expect(messageBlockProblems(blocks)).toEqual([]);
      const marked = JSON.stringify(blocks.filter((block) => block.type === "section"));
      expect(marked).not.toMatch(/<!channel|<@|<https/u);
      expect(blocks.filter((block) => block.type === "actions")).toHaveLength(1);
      const teams = { mention: () => null, personName: (id: string) => id, room: { url: null, label: "o canal" } };
      expectTeamsTakes(renderAdaptiveCard(card, teams).card);
    }),
    { numRuns: 40 },
  );
});
