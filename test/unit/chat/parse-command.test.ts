import { describe, expect, test } from "vitest";
import { commandTable } from "../../../src/chat/command-table.js";
import { foldText } from "../../../src/chat/fold-text.js";
import { parseCommand } from "../../../src/chat/parse-command.js";
import type { ChangeRequest, DeclareRequest } from "../../../src/ports/command-handler.js";

const implied = { by: "implied" };
const request = (text: string) => {
  const parsed = parseCommand(text);
  return parsed.kind === "request" ? parsed.request : parsed;
};

describe("declaring", () => {
  test("nothing typed opens the declaration form", () => {
    expect(parseCommand("  ")).toEqual({ kind: "open-form", form: "declare", prefill: {}, target: implied });
  });

  test("a title declares at once, with every answer unknown", () => {
    expect(parseCommand("declare checkout  down")).toEqual({
      kind: "declare",
      request: {
        title: "checkout down",
        service: null,
        answers: { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" },
        customers: [],
        kind: "real",
        origin: "command",
        detectedBy: "staff",
        startedAt: null,
        take: false,
      },
    });
  });

  test("whoever is on duty takes by declaring", () => {
    expect(parseCommand("declarar site fora", { onDuty: true })).toMatchObject({ request: { take: true } });
  });

  test.each(["declare drill: region lost", "declarar Simulado: região perdida", "declarar exercício : x"])(
    "a title that calls itself a drill is never real: %s",
    (text) => {
      expect(parseCommand(text)).toMatchObject({ kind: "declare", request: { kind: "drill" } });
    },
  );

  test("a drill without a title opens the form with the drill chosen", () => {
    expect(parseCommand("declare drill:")).toMatchObject({ kind: "open-form", prefill: { kind: "drill" } });
  });

  test("a code before declare is refused rather than ignored", () => {
    expect(parseCommand("INC-3 declare x")).toMatchObject({ problem: { code: "incident-not-expected" } });
  });

  test("line breaks and control characters do not get into a title", () => {
    expect(parseCommand("declare a\n\u0000b")).toMatchObject({ request: { title: "a b" } });
  });
});

describe("verbs", () => {
  test.each([
    ["ASSUMIR", "take"],
    ["assumir.", "take"],
    ["Análise escrito", "review"],
    ["analise escrito", "review"],
    ["voltou tudo", "regress"],
    ["NÃO", null],
  ])("%s is understood without minding accents or capitals", (text, type) => {
    const parsed = parseCommand(text);
    if (type === null) expect(parsed.kind).toBe("problem");
    else expect(parsed).toMatchObject({ kind: "request", request: { type } });
  });

  test("an alias of several words is one verb", () => {
    expect(parseCommand("linha do tempo")).toEqual({ kind: "query", query: "timeline", target: implied });
  });

  test("no word names two verbs", () => {
    const words = commandTable.flatMap(({ verb, pt, aliases }) => [...new Set([verb, pt, ...aliases].map(foldText))]);
    expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
  });

  test.each(commandTable.flatMap(({ examples }) => [...examples["pt-BR"], ...examples.en]))(
    "the example in the help is understood: %s",
    (example) => {
      expect(parseCommand(example).kind).not.toBe("problem");
    },
  );

  test.each([
    ["reslove x", "resolve"],
    ["tkae", "take"],
    ["clasificar", "classify"],
    ["encerar", "close"],
    ["help reslove", "resolve"],
    ["avsiar", "notify"],
    ["atualisar a falha foi isolada", "update"],
    ["notifi", "notify"],
  ])("%s is taken for a slip and corrected by a suggestion, not carried out", (text, suggestion) => {
    expect(parseCommand(text)).toMatchObject({ kind: "problem", problem: { code: "unknown-verb", suggestion } });
  });

  test("a word that is like no verb gets no suggestion", () => {
    expect(parseCommand("banana checkout down")).toEqual({
      kind: "problem",
      problem: { code: "unknown-verb", word: "banana", text: "banana checkout down", suggestion: null },
    });
  });

  test.each(["take @bruno", "close now", "sla yesterday", "list all", "avisar todo mundo"])(
    "%s is refused, because what is left over might change the meaning",
    (text) => {
      expect(parseCommand(text)).toMatchObject({ kind: "problem", problem: { code: "unexpected-text" } });
    },
  );
});

describe("which incident", () => {
  test.each(["inc-12 take", "INC12 take", "#12 take", "take INC-012", "take #12:", "take inc-12"])(
    "%s names INC-12",
    (text) => {
      expect(parseCommand(text)).toEqual({
        kind: "request",
        request: { type: "take" },
        target: { by: "code", code: "INC-12" },
      });
    },
  );

  test("a mention of the incident's channel names it", () => {
    expect(parseCommand("take <#C1|inc-1-x>")).toMatchObject({ target: { by: "room-mention", roomId: "C1" } });
  });

  test("a code alone shows its due times", () => {
    expect(parseCommand("#7")).toEqual({ kind: "query", query: "sla", target: { by: "code", code: "INC-7" } });
  });

  test("a word that only begins like a code stays in the text", () => {
    expect(request("note inc-12a failed")).toEqual({ type: "add-note", text: "inc-12a failed", happenedAt: null });
  });

  test("a merge absorbs the incident that is named", () => {
    expect(parseCommand("merge INC-14")).toEqual({
      kind: "request",
      request: { type: "merge", childCode: "INC-14" },
      target: implied,
    });
  });

  test("a merge of two codes absorbs the second into the first", () => {
    const wanted = {
      kind: "request",
      request: { type: "merge", childCode: "INC-14" },
      target: { by: "code", code: "INC-12" },
    };
    expect(parseCommand("merge INC-12 INC-14")).toEqual(wanted);
    expect(parseCommand("INC-12 merge INC-14")).toEqual(wanted);
  });

  test.each(["merge the other one", "merge INC-1 INC-2 INC-3", "INC-1 merge INC-2 INC-3"])(
    "%s is refused, because it is not clear what absorbs what",
    (text) => {
      expect(parseCommand(text).kind).toBe("problem");
    },
  );
});

describe("arguments", () => {
  test.each([
    ["identify", "identify"],
    ["mitigar", "mitigate"],
    ["voltou", "regress"],
    ["resolver", "resolve"],
    ["reabrir", "reopen"],
    ["cancelar", "cancel"],
    ["mesclar", "merge"],
    ["nota", "note"],
    ["papel", "role"],
    ["afetados", "affected"],
    ["pausar", "pause"],
    ["analise", "review"],
    ["classificar", "classify"],
  ])("%s without anything more opens its form", (text, form) => {
    expect(parseCommand(text)).toEqual({ kind: "open-form", form, prefill: {}, target: implied });
  });

  test.each([
    ["classify large outage", { scope: "large", effect: "outage" }],
    ["classify outage, many, lost", { scope: "large", effect: "outage", data: "lost" }],
    ["classify outage all no exposure", { scope: "large", effect: "outage", exposure: "none" }],
    ["classificar pequeno grupo parcial íntegros", { scope: "small_group", effect: "affected", data: "none" }],
    ["classify small-number significant", { scope: "small_number", effect: "significant" }],
    ["classificar não sei fora do ar suspeita", { scope: "unknown", effect: "outage", exposure: "suspected" }],
    [
      "classify single little unknown confirmed",
      { scope: "single", effect: "little", data: "unknown", exposure: "confirmed" },
    ],
  ])("%s answers the questions in any order", (text, answers) => {
    expect(request(text)).toEqual({ type: "classify", answers, cause: null, effectiveFrom: null, reason: null });
  });

  test("a classification may say what changed", () => {
    expect(request("classificar muitos interrupção íntegros piorou")).toMatchObject({ cause: "worsened" });
  });

  test("a classification without who and what opens the form with what was said", () => {
    expect(parseCommand("classify lost suspected")).toMatchObject({
      kind: "open-form",
      form: "classify",
      prefill: { data: "lost", exposure: "suspected" },
    });
  });

  test("a word that answers nothing is named, and nothing is classified", () => {
    expect(parseCommand("classify large outgae")).toEqual({
      kind: "problem",
      problem: { code: "unknown-word", verb: "classify", word: "outgae" },
    });
  });

  test("a resolution needs what to say about the data, so other words become the reason in the form", () => {
    expect(request("resolver não afetados")).toEqual({
      type: "resolve",
      data: "not-affected",
      reason: null,
      restoredConfirmed: false,
    });
    expect(parseCommand("resolve all green")).toMatchObject({ form: "resolve", prefill: { reason: "all green" } });
  });

  test("a cancellation needs a reason and an explanation", () => {
    expect(request("cancel false-alarm load test")).toMatchObject({ reason: "false-alarm", text: "load test" });
    expect(parseCommand("cancel duplicate")).toMatchObject({ form: "cancel", prefill: { reason: "duplicate" } });
    expect(parseCommand("cancel nobody cares")).toMatchObject({ form: "cancel", prefill: { text: "nobody cares" } });
  });

  test.each([
    ["role commander <@U123|ana> handing over", { mention: "U123" }, "handing over"],
    ["papel comandante @ana: passo o turno", { name: "ana" }, "passo o turno"],
    ["role <@U123> commander", { mention: "U123" }, null],
    ["papel comandante eu", { self: true }, null],
  ])("%s names a person", (text, named, summary) => {
    expect(request(text)).toEqual({ type: "assign-role", role: "incident-commander", person: named, summary });
  });

  test("a role without a person opens the form with the role chosen", () => {
    expect(parseCommand("role on-call lead")).toMatchObject({ form: "role", prefill: { role: "on-call-lead" } });
  });

  test("a known customer becomes its id, whatever the accents", () => {
    const customers = [{ id: "c-1", name: "Padaria São João" }];
    expect(parseCommand("afetados adicionar padaria sao joao", { customers })).toMatchObject({
      request: { type: "add-customer", customer: "c-1" },
    });
    expect(parseCommand("affected remove Padaria São João: not a user", { customers })).toMatchObject({
      request: { type: "remove-customer", customer: "c-1", reason: "not a user" },
    });
  });

  test("removing a customer without a reason opens the form", () => {
    expect(parseCommand("affected remove Acme")).toMatchObject({
      form: "affected",
      prefill: { what: "remove", customer: "Acme" },
    });
  });

  test("a pause asks the customer unless it names the supplier", () => {
    expect(request("pause which browser: Chrome?")).toMatchObject({
      reason: "waiting-customer",
      question: "which browser: Chrome?",
    });
    expect(request("pausar fornecedor: chamado aberto?")).toMatchObject({ reason: "waiting-third-party" });
  });
});

describe("what people typed", () => {
  test("mentions, channels and links read as the person saw them", () => {
    const text = "note <@U1|ana> saw <https://a.example/x?y=1&amp;z=2|the page> in <#C2|ops> <!here>";
    expect(parseCommand(text, { entities: true })).toMatchObject({
      request: { text: "@ana saw https://a.example/x?y=1&z=2 in #ops @here" },
    });
  });

  test("entities are only undone where the platform writes them", () => {
    expect(parseCommand("note a &lt; b &amp;lt; c", { entities: true })).toMatchObject({
      request: { text: "a < b &lt; c" },
    });
    expect(parseCommand("note a &lt; b")).toMatchObject({ request: { text: "a &lt; b" } });
  });
});

test("requests are what the command handler takes, apart from people", () => {
  const parsed = parseCommand("note x");
  if (parsed.kind !== "request" || parsed.request.type === "assign-role") throw new Error("A note is a plain request.");
  const change: ChangeRequest = parsed.request;
  const declared = parseCommand("declare x");
  if (declared.kind !== "declare") throw new Error("A title declares.");
  const declaration: DeclareRequest = declared.request;
  expect([change.type, declaration.title]).toEqual(["add-note", "x"]);
});

describe("telling customers", () => {
  const opened = (text: string) => parseCommand(text, { entities: true });

  test("always opens the preview, because only what was seen may be sent", () => {
    const form = { kind: "open-form", form: "notify" };
    expect(opened("avisar")).toEqual({ ...form, prefill: {}, target: implied });
    expect(opened("notify INC-7")).toEqual({ ...form, prefill: {}, target: { by: "code", code: "INC-7" } });
    expect(opened("atualizar")).toEqual({ ...form, prefill: {}, target: implied });
  });

  test("keeps what was typed as what changed, in Portuguese", () => {
    expect(opened("atualizar INC-7 a falha foi isolada em um provedor &amp; contida")).toEqual({
      kind: "open-form",
      form: "notify",
      prefill: { "whatChanged.pt-BR": "a falha foi isolada em um provedor & contida" },
      target: { by: "code", code: "INC-7" },
    });
    expect(opened("update x")).toMatchObject({ prefill: { "whatChanged.pt-BR": "x" } });
  });
});
