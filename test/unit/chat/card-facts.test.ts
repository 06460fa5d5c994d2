// Facts that cards got wrong for somebody who reads them at night.
import { describe, expect, test } from "vitest";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { replyCard } from "../../../src/chat/cards/reply-card.js";
import { slaCard } from "../../../src/chat/cards/sla-card.js";
import { timelineCard } from "../../../src/chat/cards/timeline-card.js";
import type { Voice } from "../../../src/chat/voice.js";
import type { IncidentId, PersonId } from "../../../src/domain/incident/ids.js";
import type { Notice } from "../../../src/domain/notices/notice.js";
import {
  aDeclaration,
  customer,
  declared,
  followedBy,
  later,
  MONDAY_10,
  type Story,
  wokenAt,
} from "../../support/incident-builders.js";
import { aVoice, read, snapshotOf } from "./told-snapshots.js";

const said = (story: Story, kind: Notice["kind"], at: Date = MONDAY_10, voice: Voice = aVoice()): string => {
  const effects = story.last.ok ? story.last.effects : [];
  const notice = effects
    .flatMap((effect) => (effect.kind === "say" ? [effect.notice] : []))
    .find((n) => n.kind === kind);
  if (!notice) throw new Error(`Nothing of the kind ${kind} was said.`);
  return read(cardFor(notice, snapshotOf(story, at), voice), voice);
};
const refused = (story: Story, at: Date = MONDAY_10): string => {
  if (story.last.ok) throw new Error("It was not refused.");
  return read(
    replyCard({ kind: "refused", refusal: story.last.refusal, snapshot: snapshotOf(story, at) }, aVoice(), at),
  );
};
const reaching = (...people: string[]): Voice => ({
  ...aVoice(),
  isReachable: (id: PersonId) => people.includes(id),
});

describe("people without an account", () => {
  test("a page that reaches only some says who was not told", () => {
    const text = said(declared(), "escalated", MONDAY_10, reaching("ana", "helena", "igor"));
    expect(text).toContain("Sem conta aqui, e não foi avisado: Bruno. Avise por outro meio.");
    expect(text).not.toContain("Chamando");
  });

  test("a page that reaches nobody calls the declarer and the administrators", () => {
    const text = said(declared(), "escalated", MONDAY_10, reaching("ana", "admin"));
    expect(text).toContain("Ninguém do acionamento tem conta aqui: Bruno, Helena, Igor. Chamando @Ana, @Admin");
    expect(said(wokenAt(declared(), later(5)), "repaged", later(5), reaching("ana"))).toContain("Chamando @Ana");
  });

  test("nothing is said where everybody is reached", () => {
    expect(said(declared(), "escalated", MONDAY_10, reaching("bruno", "helena", "igor"))).not.toContain("Sem conta");
  });
});

describe("the internal target that gave way to a contract", () => {
  const known = followedBy(declared(aDeclaration({ customers: [] })), {
    type: "add-customer",
    customer: customer("aurora"),
  });

  test("puts no doubt on the contract's due times", () => {
    expect(said(known, "customer-added")).not.toContain("Meta interna");
    expect(read(slaCard(snapshotOf(known), aVoice()))).not.toContain("Sem contrato registrado");
  });

  test("what fired for a customer who was removed later stays an SLA in the timeline", () => {
    const warned = wokenAt(declared(), later(8));
    const removed = followedBy(warned, { type: "remove-customer", customer: "aurora", reason: "não usa" });
    expect(read(timelineCard(snapshotOf(removed, later(8)), aVoice()))).toContain("50 % do SLA de resposta de Aurora");
  });
});

test("of fifty customers the late ones come first, and the others are counted", () => {
  const customers = Array.from({ length: 50 }, (_, at) => customer(`c${at}`, at < 40 ? "basico" : "padrao"));
  const taken = followedBy(declared(aDeclaration({ customers })), { type: "take" }, { at: later(20) });
  const resolved = followedBy(
    taken,
    { type: "resolve", data: "not-affected", reason: null, restoredConfirmed: true },
    { at: later(25) },
  );
  const lines = said(resolved, "resolved", later(25)).split("\n");
  const results = lines.filter((line) => /, (?:resposta|resolução): /u.test(line));
  expect(results).toHaveLength(20);
  expect(results.slice(0, 10).every((line) => line.includes("SLA violado"))).toBe(true);
  expect(lines).toContain("e mais 80 relógios, nenhum além do prazo.");
});

describe("a refusal", () => {
  test("of a merged incident names the one to go on with", () => {
    const merged = followedBy(
      declared(),
      { type: "become-merged", parent: "i2" as IncidentId, parentCode: "INC-2" },
      { actor: { kind: "system", name: "merge" } },
    );
    expect(refused(followedBy(merged, { type: "take" }))).toContain(
      "Este incidente foi mesclado em INC-2. Continue lá: /incidente INC-2 sla",
    );
  });

  test("offers no pause to a level that never pauses, and no resuming where nothing is paused", () => {
    const regress = { type: "regress", what: "voltou", to: null } as const;
    expect(refused(followedBy(declared(), regress))).not.toMatch(/pausar|retomar/u);
    const n3 = declared(aDeclaration({ level: 3 }));
    expect(refused(followedBy(n3, regress))).toMatch(/pausar/u);
    const paused = followedBy(n3, { type: "pause", reason: "waiting-customer", customers: null, question: "Qual?" });
    expect(refused(followedBy(paused, regress))).toMatch(/retomar/u);
  });

  test("of a lowering without a reason opens the form that asks for it", () => {
    const lower = {
      type: "classify",
      answers: { scope: "single", effect: "little" },
      cause: null,
      effectiveFrom: null,
      reason: null,
      onCall: declared().incident.onCall,
    } as const;
    const actor = { kind: "person", personId: "diego" as PersonId } as const;
    expect(refused(followedBy(declared(), lower, { actor }))).toContain("[Classificar]");
  });
});
