import { describe, expect, test } from "vitest";
import { listCard } from "../../../src/chat/cards/list-card.js";
import { refusalLine } from "../../../src/chat/cards/refusal-words.js";
import { type Reply, replyCard } from "../../../src/chat/cards/reply-card.js";
import { purposeLine, roomName, topicLine } from "../../../src/chat/cards/room-words.js";
import { slaCard } from "../../../src/chat/cards/sla-card.js";
import { timelineCard } from "../../../src/chat/cards/timeline-card.js";
import { commandTable } from "../../../src/chat/command-table.js";
import { helpCard, usageOf } from "../../../src/chat/help-card.js";
import { parseCommand } from "../../../src/chat/parse-command.js";
import { plainText } from "../../../src/chat/plain-text.js";
import type { Refusal } from "../../../src/domain/incident/refusals.js";
import type { Outcome } from "../../../src/ports/command-handler.js";
import {
  aDeclaration,
  customer,
  declared,
  followedBy,
  later,
  MONDAY_10,
  person,
  wokenAt,
} from "../../support/incident-builders.js";
import { forbiddenWords } from "./forbidden-words.js";
import { aVoice, read, snapshotOf } from "./told-snapshots.js";

const answer = (reply: Reply, language: "pt-BR" | "en" = "pt-BR"): string =>
  read(replyCard(reply, aVoice(language), MONDAY_10), aVoice(language));
const problem = (text: string, language: "pt-BR" | "en" = "pt-BR"): string => {
  const parsed = parseCommand(text);
  if (parsed.kind !== "problem") throw new Error(`${text} is understood.`);
  return answer(parsed, language);
};

/** One refusal of every reason. */
const refusals: { readonly [R in Refusal["reason"]]: Extract<Refusal, { readonly reason: R }> } = {
  "not-in-this-state": {
    reason: "not-in-this-state",
    state: "monitoring",
    command: "mitigate",
    allowed: ["resolve", "add-customer", "remove-customer", "become-merged"],
  },
  "already-taken": { reason: "already-taken", by: person("ana"), at: later(2) },
  "already-in-state": { reason: "already-in-state", state: "resolved", by: person("ana"), at: later(2) },
  missing: { reason: "missing", fields: ["cause", "data"] },
  "too-long": { reason: "too-long", field: "title", max: 120, actual: 1_300 },
  "observation-not-over": { reason: "observation-not-over", until: later(60) },
  "restore-not-confirmed": { reason: "restore-not-confirmed", level: 1 },
  "reopen-window-over": { reason: "reopen-window-over", since: later(-2_000) },
  "needs-authority": { reason: "needs-authority", who: "commander-or-lead" },
  "reason-too-short": { reason: "reason-too-short", min: 15 },
  "cause-contradicts-level": { reason: "cause-contradicts-level", from: 2, to: 3, cause: "worsened" },
  "nothing-changed": { reason: "nothing-changed" },
  "real-and-drill": { reason: "real-and-drill" },
  "merge-with-itself": { reason: "merge-with-itself", code: "INC-1" },
  "cannot-merge": { reason: "cannot-merge", code: "INC-4", state: "closed" },
  "never-pauses": { reason: "never-pauses", level: 1 },
  "supplier-never-pauses": { reason: "supplier-never-pauses" },
  "unknown-customer": { reason: "unknown-customer", customer: "acme" },
  "customer-already-affected": { reason: "customer-already-affected", customer: "acme" },
  "name-the-customers": { reason: "name-the-customers" },
  "not-paused": { reason: "not-paused" },
  "time-in-the-future": { reason: "time-in-the-future", at: later(9) },
  "checklist-open": { reason: "checklist-open", items: ["review", "waiting-period"] },
  "unknown-escalation": { reason: "unknown-escalation" },
  "role-for-a-person": { reason: "role-for-a-person" },
  "not-a-person": { reason: "not-a-person" },
  "unknown-incident": { reason: "unknown-incident" },
  "not-in-an-incident-channel": { reason: "not-in-an-incident-channel" },
  "unknown-person": { reason: "unknown-person", text: "x".repeat(5_000) },
  "not-due": { reason: "not-due" },
  "drill-has-no-customers": { reason: "drill-has-no-customers" },
  "nobody-to-tell": { reason: "nobody-to-tell" },
  "already-told": { reason: "already-told", at: later(2) },
  "audience-changed": { reason: "audience-changed", customers: 43, level: 2, state: "monitoring" },
  "repeat-the-number": { reason: "repeat-the-number", customers: 300 },
  "delivery-off": { reason: "delivery-off" },
  "unknown-notice": { reason: "unknown-notice" },
  "notice-expired": { reason: "notice-expired" },
  "notice-decided": { reason: "notice-decided", by: person("ana"), at: later(2) },
  "second-person-first": { reason: "second-person-first", until: later(13) },
  "wrong-notice": { reason: "wrong-notice", state: "resolved" },
};

describe("refusals", () => {
  test.each(Object.values(refusals))("$reason is a sentence in both languages", (refusal) => {
    const [pt, en] = (["pt-BR", "en"] as const).map((language) => {
      const voice = aVoice(language);
      const words = plainText(refusalLine(refusal, voice, MONDAY_10), voice);
      expect(words).toMatch(/^\S.{15,400}$/u);
      expect(forbiddenWords(words, language)).toEqual([]);
      return words;
    });
    expect(pt).not.toBe(en);
  });

  const words = (refusal: Refusal, command?: string) => {
    const voice = aVoice("pt-BR", command);
    return plainText(refusalLine(refusal, voice, MONDAY_10), voice);
  };

  test("a wrong state says what is possible now, once each and by the names that can be typed", () => {
    expect(words(refusals["not-in-this-state"])).toBe(
      "Não dá para fazer isso (mitigar) com o incidente no estado “Mitigado (em observação)”. Agora dá: resolver, afetados.",
    );
  });

  test("an ended incident says how to go on", () => {
    const ended = { reason: "not-in-this-state", state: "closed", command: "reopen", allowed: [] } as const;
    expect(words(ended)).toContain("declare outro: /incidente declarar");
  });

  test("commands to type are those of the reader's platform", () => {
    expect(words(refusals["unknown-incident"], "@Plantão")).toContain("@Plantão listar");
  });

  test("the wrong place says how to name the incident", () => {
    expect(words(refusals["not-in-an-incident-channel"])).toContain("/incidente INC-12 assumir");
  });

  test("a refusal that a form can mend comes with its button", () => {
    const reply: Reply = {
      kind: "refused",
      refusal: refusals["restore-not-confirmed"],
      snapshot: snapshotOf(declared()),
    };
    expect(answer(reply)).toMatch(/\n\[Resolver\]$/u);
  });
});

describe("answers", () => {
  test("the outcomes of the command handler are replies as they are", () => {
    const outcome: Outcome = { kind: "done", snapshot: snapshotOf(declared()), repeated: true };
    expect(answer(outcome)).toBe("Já estava feito. INC-1: Investigando, N1.");
  });

  test("a declaration gives the code, and asks to classify while the level is provisional", () => {
    const answers = { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" } as const;
    const snapshot = snapshotOf(declared(aDeclaration({ answers })));
    const text = answer({ kind: "done", snapshot, repeated: false, asked: "declare" });
    expect(text).toContain(
      "INC-1 declarado, N2 provisório: Checkout fora do ar. Classifique assim que souber: /incidente INC-1 classificar.",
    );
    expect(text).toContain("abre em instantes");
    expect(text).toContain("[Assumir] [Classificar]");
    const open: Reply = { kind: "done", snapshot, repeated: false, asked: "declare", room: true };
    expect(answer(open)).toContain("O canal do incidente é #room.");
  });

  test("a fault says whether anything was saved, and that repeating is safe", () => {
    expect(answer({ kind: "fault", saved: "no", code: "store_down" })).toBe(
      "Não consegui guardar: nada mudou. Tente de novo (código store_down).",
    );
    expect(answer({ kind: "fault", saved: "unknown", code: "store_slow" })).toContain(
      "Não consegui confirmar se foi guardado. Repetir é seguro. Para conferir: /incidente listar",
    );
  });

  test("a slip is answered by the verb that was meant", () => {
    expect(problem("reslove x")).toBe("Não conheço “reslove”. Era /incidente resolver?");
  });

  test("a title typed by habit is answered by how to declare it", () => {
    expect(problem("banana is down", "en")).toContain("To declare with that title: /incident declare banana is down");
  });

  test("text left over is answered by the usage, and nothing is done", () => {
    expect(problem("take @bruno")).toBe(
      "assumir não leva texto depois: “@bruno” ficou sobrando, e nada foi feito. Uso: /incidente assumir",
    );
  });

  test("what was typed is repeated only in part", () => {
    expect(problem(`${"x".repeat(9_000)} ${"y".repeat(9_000)}`).length).toBeLessThan(400);
  });

  test("more offers everything that the state allows", () => {
    const text = answer({ kind: "more", snapshot: snapshotOf(declared(aDeclaration({ level: 3 }))) });
    expect(text).toContain("[Cancelar]");
    expect(text).toContain("[Pausar]");
    expect(text).toContain("[Linha do tempo]");
    expect(answer({ kind: "more", snapshot: snapshotOf(declared()) })).not.toContain("[Pausar]");
  });
});

describe("the SLA sheet", () => {
  test("explains which clock governs and why", () => {
    const customers = [customer("aurora"), { ...customer("beta", "premium"), contract: null }];
    const text = read(slaCard(snapshotOf(declared(aDeclaration({ customers })), later(3)), aVoice()));
    expect(text).toContain(
      "Governa a resposta: Aurora, com prazo 10:15 (horário de Brasília) (faltam 12 min). É o que vence primeiro.",
    );
    expect(text).toContain("Governa a resolução: Beta (sem contrato, meta interna)");
    expect(text).toContain(
      "Aurora · resposta · N1 · meta 15 min, 24x7 · prazo 10:15 (horário de Brasília) · 3 min consumidos · correndo",
    );
    expect(text).toContain("Sem contrato registrado: metas internas");
  });

  test("says so when nothing runs", () => {
    const over = followedBy(declared(), { type: "cancel", reason: "other", text: "x" }, { admin: true });
    expect(read(slaCard(snapshotOf(over), aVoice()))).toContain("Nenhum relógio corre agora.");
  });

  test("counts the rows that it leaves out", () => {
    const customers = Array.from({ length: 40 }, (_, index) => customer(`c${index}`));
    expect(read(slaCard(snapshotOf(declared(aDeclaration({ customers }))), aVoice()))).toContain(
      "Faltam 50 linhas: a folha completa tem 80.",
    );
  });
});

describe("the timeline", () => {
  test("tells who did what and when, oldest first", () => {
    const taken = followedBy(declared(), { type: "take" }, { at: later(2) });
    const noted = followedBy(
      taken,
      { type: "add-note", text: "antes\nde tudo", happenedAt: later(1) },
      { at: later(5) },
    );
    expect(read(timelineCard(snapshotOf(wokenAt(noted, later(120)), later(120)), aVoice())).split("\n")).toEqual([
      "INC-1: linha do tempo",
      "10:00 (horário de Brasília) Ana: declarou, N1: Checkout fora do ar",
      "10:00 (horário de Brasília) escalação inicial",
      "10:01 (horário de Brasília) Bruno: nota: antes de tudo",
      "10:02 (horário de Brasília) Bruno: assumiu",
      "10:02 (horário de Brasília) Bruno: agora é comandante do incidente",
      "12:00 (horário de Brasília) escalação: 50 % do SLA de resolução de Aurora",
    ]);
  });

  test("shows the latest entries and counts the others", () => {
    const add = (story: ReturnType<typeof declared>, text: string) =>
      followedBy(story, { type: "add-note", text, happenedAt: null });
    const story = Array.from({ length: 30 }, (_, index) => `n${index}`).reduce(add, declared());
    const text = read(timelineCard(snapshotOf(story), aVoice("en")), aVoice("en"));
    expect(text).toContain("There are 7 earlier entries.");
    expect(text).toContain("note: n29");
    expect(text).not.toContain("note: n4\n");
  });

  test("an entry of a kind that it does not know is still shown", () => {
    const { incident, ...rest } = snapshotOf(declared());
    const entry = { at: MONDAY_10, recordedAt: MONDAY_10, by: null, what: "other", text: null, detail: {} };
    const snapshot = { ...rest, incident: { ...incident, timeline: [entry, { ...entry, what: "toString" }] } };
    expect(read(timelineCard(snapshot, aVoice("en")), aVoice("en"))).toContain("entry toString");
  });
});

test("the list shows level, state and who has each incident", () => {
  const row = {
    code: "INC-1",
    kind: "real",
    state: "investigating",
    level: 1,
    title: "Checkout",
    takenBy: null,
  } as const;
  const rows = [row, { ...row, code: "INC-2", kind: "drill", takenBy: person("ana") } as const];
  expect(read(listCard(rows, aVoice()))).toBe(
    "Incidentes abertos\nINC-1 N1 · Checkout · Investigando · ninguém assumiu\nINC-2 N1 · SIMULADO · Checkout · Investigando · com Ana",
  );
  expect(read(listCard([], aVoice()))).toContain("Nenhum incidente aberto.");
  expect(
    listCard(
      Array.from({ length: 26 }, () => row),
      aVoice(),
    ).blocks,
  ).toHaveLength(2);
});

describe("help", () => {
  test("lists every verb in one line, in the reader's language", () => {
    const text = read(helpCard(null, aVoice()));
    for (const { pt } of commandTable) expect(text).toContain(`\n${pt} `);
    expect(text).toContain("Digite /incidente e o verbo.");
    expect(read(helpCard(null, aVoice("en", "@Plantão")))).toContain("Type @Plantão and a verb.");
  });

  test.each(commandTable)("explains $verb with usage and an example", ({ verb, examples }) => {
    const text = read(helpCard(verb, aVoice("en")));
    expect(text).toContain(`Usage: /incident ${usageOf(verb, "en")}`);
    expect(text).toContain(`/incident ${examples.en[0]}`);
    expect(forbiddenWords(text, "en")).toEqual([]);
  });
});

describe("the incident's channel", () => {
  test("its name has the code and the words of the title, without accents", () => {
    expect(roomName(snapshotOf(declared(aDeclaration({ code: "INC-12" }))), 0)).toBe("inc-12-checkout-fora-do-ar");
    expect(roomName(snapshotOf(declared()), 2)).toBe("inc-1-checkout-fora-do-ar-3");
    const drill = declared(aDeclaration({ kind: "drill", title: "Região perdida!" }));
    expect(roomName(snapshotOf(drill), 0)).toBe("inc-1-simulado-regiao-perdida");
  });

  test.each(["障害発生", "---", "🔥🔥", "<!channel>", `${"palavra ".repeat(14)}`, "x".repeat(120)])(
    "its name is one that Slack takes for the title %s",
    (title) => {
      const name = roomName(snapshotOf(declared(aDeclaration({ title }))), 11);
      expect(name).toMatch(/^inc-1(?:-[a-z0-9]+)*-12$/u);
      expect(name.length).toBeLessThanOrEqual(80);
    },
  );

  test("its topic tells what matters now, and its purpose what it is for", () => {
    const story = declared();
    expect(topicLine(snapshotOf(story), aVoice())).toBe(
      "N1 · Investigando · INC-1 Checkout fora do ar · ninguém assumiu · resposta até 23/11/2026, 10:15 (horário de Brasília)",
    );
    expect(purposeLine(snapshotOf(story), aVoice("en"))).toBe(
      "INC-1: Checkout fora do ar. Declared by Ana. /incident help shows what you can ask for.",
    );
    const long = snapshotOf(declared(aDeclaration({ title: "ü".repeat(120) })));
    const voice = { ...aVoice(), personName: () => "n".repeat(300) };
    expect(topicLine(long, voice).length).toBeLessThanOrEqual(250);
    expect(purposeLine(long, voice).length).toBeLessThanOrEqual(250);
  });
});
