import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { NoticeAsk } from "../../../src/chat/asks.js";
import type { Field, Form, FormValues } from "../../../src/chat/form.js";
import type { FormInput } from "../../../src/chat/forms/form-input.js";
import { buildForm, formTarget, readForm } from "../../../src/chat/forms/form-registry.js";
import { refusedField } from "../../../src/chat/forms/refused-field.js";
import type { NoticePreview } from "../../../src/chat/notice-preview.js";
import type { Language, Voice } from "../../../src/chat/voice.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { prose } from "../../../src/domain/incident/prose.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import { viewProblems } from "../../../src/sandbox/slack/validate-blocks.js";
import { renderModal } from "../../../src/slack/render-modal.js";
import { by, followedBy, later, MONDAY_10, type Story } from "../../support/incident-builders.js";
import { aNotice } from "../../support/notice-builders.js";
import { hostileText } from "./card-stories.js";
import {
  affecting,
  changed,
  compose,
  customerWords,
  previewOf,
  refusedPreview,
  tellingVoice,
  toldFirst,
} from "./told-customers.js";

const voiceOf = (language: Language = "pt-BR"): Voice => tellingVoice({}, language);

const formOf = (preview: NoticePreview | undefined, values: FormValues = {}, with_: Partial<FormInput> = {}): Form =>
  buildForm("notify", {
    language: "pt-BR",
    voice: voiceOf(),
    target: { by: "code", code: "INC-1" },
    services: [],
    customers: [],
    onDuty: false,
    policy: null,
    values,
    ...(preview === undefined ? {} : { preview }),
    ...with_,
  });

const fieldsOf = (form: Form): readonly Field[] =>
  form.parts.flatMap((part) => (part.kind === "field" ? [part.field] : []));
const ids = (form: Form): readonly string[] => fieldsOf(form).map(({ id }) => id);
const field = (form: Form, id: string): Field | undefined => fieldsOf(form).find((one) => one.id === id);
const words = (form: Form): string =>
  form.parts.flatMap((part) => (part.kind === "words" ? [part.text] : [])).join("\n");

/** What a submission of a form with these values is read as. */
const submitted = (form: Form, values: FormValues) =>
  readForm("notify", values, {
    language: "pt-BR",
    now: MONDAY_10,
    services: [],
    customers: [],
    outreach: customerWords(),
    context: form.context,
  });
const asked = (form: Form, values: FormValues): NoticeAsk => {
  const reading = submitted(form, values);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return reading.ask.request as NoticeAsk;
};

const MITIGATED: Story = followedBy(toldFirst(), { type: "mitigate", action: "réplica" }, { at: later(12) });
const resolvedWith = (data: "not-affected" | "lost"): Story =>
  followedBy(
    MITIGATED,
    { type: "resolve", data, reason: "verificado em produção por todos", restoredConfirmed: true },
    {
      at: later(30),
    },
  );

describe("before the preview is there", () => {
  test("the form says so and has nothing to send", () => {
    const form = formOf(undefined, { "whatChanged.pt-BR": "isolada" });
    expect(form).toMatchObject({ title: "Avisar clientes", inert: true });
    expect(words(form)).toBe("Preparando a prévia: o que cada cliente vai receber…");
    expect(ids(form)).toEqual([]);
  });

  test("a submission is not taken, whatever it says", () => {
    const values = { template: "first_notice" };
    expect(submitted(formOf(undefined), values)).toMatchObject({
      ok: false,
      errors: { template: /nada foi enviado/u },
    });
  });

  test("why nothing can be sent takes its place, and what was typed is not lost", () => {
    const typed = { "whatChanged.pt-BR": "a falha foi isolada" };
    const refused = formOf(refusedPreview(affecting(0)), typed);
    expect(refused.inert).toBe(true);
    expect(words(refused)).toBe(
      "Não há cliente a avisar agora, e nada foi enviado. Se falta um cliente afetado, adicione: /incidente afetados\n" +
        "O que você escreveu, para não se perder:\na falha foi isolada",
    );
    expect(words(formOf({ kind: "fault", code: "store_down" }, typed))).toMatch(/código store_down[\s\S]*isolada/u);
  });
});

describe("the first notice", () => {
  test("is sent without typing, and the button says to how many", () => {
    const form = formOf(previewOf(affecting(42)));
    expect(ids(form)).toEqual(["template"]);
    expect(form.submit).toBe("Avisar 42 clientes");
    expect(form.inert).toBeUndefined();
    expect(asked(form, { template: "first_notice" })).toEqual({
      type: "compose-notice",
      template: "first_notice",
      customers: null,
      texts: {},
      seen: { customers: 42, level: 1, state: "investigating" },
      confirmedCustomers: null,
    });
  });

  test("names the audience in words, with the customers whom nobody can be told", () => {
    const form = formOf(previewOf(affecting(42), { unreachable: ["aurora", "beta", "gama"] }));
    expect(words(form)).toContain(
      "42 clientes, 126 contatos: 126 e-mails, 42 SMS; 3 clientes sem contato válido: Aurora, Beta, Gama",
    );
    const many = Array.from({ length: 14 }, (_, index) => `x${index}`);
    expect(words(formOf(previewOf(affecting(42), { unreachable: many })))).toContain("X8, X9 e mais 4");
    expect(words(formOf(previewOf(affecting(1))))).toContain("1 cliente, 3 contatos: 3 e-mails, 1 SMS");
  });

  test("shows e-mail and SMS as each language among the readers gets them", () => {
    const text = words(formOf(previewOf(affecting(3), { languages: ["es", "en", "pt-BR"] })));
    expect(text).toContain("E-mail em português. Assunto: [INC-1] Checkout: estamos investigando um problema");
    expect(text).toContain("Olá, (nome do contato).");
    expect(text).toContain("O que você pode notar: você não consegue acessar ou usar o serviço.");
    expect(text).toContain("E-mail em inglês. Assunto: [INC-1] Checkout: we are investigating a problem");
    expect(text).toContain("E-mail em espanhol. Assunto: [INC-1] Checkout: estamos investigando un problema");
    expect(text).toMatch(/SMS em português, \d+ caracteres:\nCubo Suite: problema em Checkout desde 23\/11 10:00\./u);
    expect(text.indexOf("em português")).toBeLessThan(text.indexOf("em inglês"));
  });

  test("shows no SMS when nobody gets one", () => {
    const preview = previewOf(affecting(3));
    expect(words(formOf({ ...preview, count: { ...preview.count, texts: 0 } }))).not.toContain("SMS em");
  });

  test("in test mode says exactly how many would really receive it", () => {
    expect(words(formOf(previewOf(affecting(42), { mode: "test", receiving: 0 })))).toContain(
      "\nMODO DE TESTE: 0 de 42 clientes receberão\n",
    );
    expect(words(formOf(previewOf(affecting(1), { mode: "test", receiving: 1 })))).toContain(
      "MODO DE TESTE: 1 de 1 cliente receberá",
    );
    expect(words(formOf(previewOf(affecting(42))))).not.toContain("MODO DE TESTE");
  });

  test.each([
    [50, false],
    [51, true],
    [300, true],
  ])("to %i customers asks for the number again: %s", (count, repeats) => {
    const form = formOf(previewOf(affecting(count)));
    expect(ids(form).includes("confirm")).toBe(repeats);
    expect(form.submit).toBe(`Avisar ${count} clientes`);
  });

  test("takes the repeated number however people group its digits, and nothing else", () => {
    const form = formOf(previewOf(affecting(300)));
    for (const typed of ["300", " 3.00 ", "3 00"]) {
      expect(asked(form, { template: "first_notice", confirm: typed }).confirmedCustomers).toBe(300);
    }
    expect(asked(form, { template: "first_notice", confirm: null }).confirmedCustomers).toBeNull();
    expect(submitted(form, { template: "first_notice", confirm: "todos" })).toMatchObject({
      errors: { confirm: "Digite só o número de clientes." },
    });
    expect(refusedField("notify", { reason: "repeat-the-number", customers: 300 })).toBe("confirm");
  });
});

describe("an update", () => {
  const preview = (texts = {}, more: Parameters<typeof previewOf>[1] = {}) =>
    previewOf(toldFirst(), { template: "update", at: later(20), texts, ...more });
  const typed = { template: "update", "whatChanged.pt-BR": "A falha foi isolada em um provedor." };

  test("asks what changed in Portuguese, and for other languages only where somebody reads them", () => {
    const form = formOf(preview({}, { languages: ["pt-BR", "es"] }));
    expect(ids(form)).toEqual([
      ...["template", "whatChanged.pt-BR", "whatChanged.es", "workaround.pt-BR", "workaround.es"],
      ...["action.pt-BR", "action.es"],
    ]);
    expect(fieldsOf(form).filter(({ optional }) => optional !== true)).toMatchObject([
      { id: "template" },
      { id: "whatChanged.pt-BR", max: 160, label: "O que mudou? (português)" },
    ]);
    expect(submitted(form, { template: "update", "whatChanged.pt-BR": " " })).toMatchObject({
      errors: { "whatChanged.pt-BR": "Preencha este campo." },
    });
  });

  test("asks in the readers' language when nobody reads Portuguese", () => {
    const form = formOf(preview({}, { languages: ["en"] }));
    expect(field(form, "whatChanged.en")?.optional).toBeUndefined();
    expect(ids(form)).not.toContain("whatChanged.pt-BR");
  });

  test("shows what was written in the message itself, and the standard sentence in the other language", () => {
    const text = words(formOf(preview(changed(), { languages: ["pt-BR", "en"] }), typed));
    expect(text).toContain("O que mudou: A falha foi isolada em um provedor.");
    expect(text).toContain(`What changed: ${cuboSuiteMessagesV1.defaults.whatChanged.en}`);
  });

  test("leaves only when it was shown as it is", () => {
    const shown = formOf(preview(changed()), typed);
    expect(asked(shown, typed)).toMatchObject({
      template: "update",
      texts: { whatChanged: { "pt-BR": "A falha foi isolada em um provedor." } },
      seen: { customers: 3, level: 1, state: "investigating" },
    });
    const unseen = { ...typed, "whatChanged.pt-BR": "Outra coisa." };
    expect(submitted(shown, unseen)).toMatchObject({ ok: false, errors: { template: /depois da prévia/u } });
    expect(submitted(shown, { ...typed, template: "no_change" })).toMatchObject({ errors: { template: /prévia/u } });
    expect(asked(shown, { ...typed, "whatChanged.pt-BR": `  ${typed["whatChanged.pt-BR"]} ` }).texts).toEqual({
      whatChanged: { "pt-BR": "A falha foi isolada em um provedor." },
    });
  });

  test("says when another person is asked, and from when the author goes alone", () => {
    const second = (secondPerson: ReturnType<typeof previewOf>["secondPerson"]) => {
      const form = formOf(preview({}, { secondPerson }));
      return { submit: form.submit, text: words(form) };
    };
    const later13 = second({ aloneAt: later(23) });
    expect(later13.text).toContain("Outra pessoa aprova; você pode seguir sozinho às 10:23 (horário de Brasília).");
    expect(later13.submit).toBe("Pedir aprovação");
    expect(second({ aloneAt: null })).toMatchObject({
      submit: "Pedir aprovação",
      text: /Outra pessoa precisa aprovar/u,
    });
    expect(second({ aloneAt: later(20) })).toMatchObject({
      submit: "Avisar 3 clientes",
      text: /Não há outra pessoa disponível/u,
    });
    expect(second(null)).toMatchObject({ submit: "Avisar 3 clientes", text: /Sai assim que você enviar/u });
  });

  test("can be changed for no news, and what was written stays in sight without being sent", () => {
    const values = { ...typed, template: "no_change" };
    const form = formOf(previewOf(toldFirst(), { template: "no_change", at: later(20) }), values);
    expect(field(form, "template")).toMatchObject({
      value: "no_change",
      options: [{ label: "Atualização (3 clientes)" }, { label: "Sem novidade (3 clientes)" }],
    });
    expect(field(form, "whatChanged.pt-BR")).toMatchObject({
      optional: true,
      hint: "Não vai nesta mensagem.",
      value: "A falha foi isolada em um provedor.",
    });
    expect(asked(form, values).texts).toEqual({});
  });

  test("that is longer than its field is repeated whole, and refused until it is shorter", () => {
    const long = "x".repeat(200);
    const form = formOf(preview(changed("x".repeat(160))), { "whatChanged.pt-BR": long });
    expect(words(form)).toContain(`O que você escreveu, para não se perder:\n${long}`);
    expect(submitted(form, { template: "update", "whatChanged.pt-BR": long })).toMatchObject({
      errors: { "whatChanged.pt-BR": "No máximo 160 caracteres; há 200." },
    });
  });

  test("that changed meanwhile is told above the new preview", () => {
    const form = formOf(preview(changed()), typed, { problem: "Mudou enquanto você olhava." });
    expect(words(form)).toMatch(/^Mudou enquanto você olhava\.\n/u);
    expect(field(form, "whatChanged.pt-BR")).toMatchObject({ value: typed["whatChanged.pt-BR"] });
  });
});

describe("each message", () => {
  const fields = (story: Story, at: Date, template?: Parameters<typeof previewOf>[1]) =>
    ids(formOf(previewOf(story, { at, ...template })));

  test("asks only for what its words use", () => {
    expect(fields(MITIGATED, later(13))).toEqual(["template", "residualImpact.pt-BR"]);
    expect(fields(resolvedWith("not-affected"), later(31))).toEqual([
      ...["template", "causeSummary.pt-BR", "customerAction.pt-BR"],
    ]);
    const reopened = followedBy(
      followedBy(resolvedWith("not-affected"), aNotice("resolved"), { at: later(31) }),
      { type: "reopen", reason: "voltou", onCall: { byRole: {}, fallback: [] } },
      { at: later(40) },
    );
    expect(ids(formOf(previewOf(reopened, { at: later(41) })))).toEqual([
      ...["template", "workaround.pt-BR", "action.pt-BR"],
    ]);
    const cancelled = followedBy(
      toldFirst(),
      { type: "cancel", reason: "false-alarm", text: "era a carga programada" },
      { at: later(15), admin: true },
    );
    expect(fields(cancelled, later(16))).toEqual(["template", "reasonShort.pt-BR"]);
  });

  test("that tells of lost data must say what happened to it, in every language that is read", () => {
    const form = formOf(previewOf(resolvedWith("lost"), { at: later(31), languages: ["pt-BR", "en"] }));
    const lost = fieldsOf(form).filter(({ id }) => id.startsWith("dataLossDetail"));
    expect(lost.map(({ id, optional }) => [id, optional])).toEqual([
      ["dataLossDetail.pt-BR", undefined],
      ["dataLossDetail.en", undefined],
    ]);
    expect(
      submitted(form, { template: "resolved", "dataLossDetail.pt-BR": "x", "dataLossDetail.en": "" }),
    ).toMatchObject({
      errors: { "dataLossDetail.en": "Preencha este campo." },
    });
  });

  test("says which customers had no notice before, because theirs begins differently", () => {
    const later3 = followedBy(MITIGATED, { type: "add-customer", customer: { ...customerTerms() } }, { at: later(13) });
    expect(words(formOf(previewOf(later3, { at: later(14), template: "monitoring" })))).toContain(
      "1 cliente ainda não recebeu aviso deste incidente: a mensagem dele diz antes desde quando há o problema.",
    );
    expect(words(formOf(previewOf(MITIGATED, { at: later(14) })))).not.toContain("ainda não rece");
  });
});

const customerTerms = () => {
  const [first] = affecting(1).incident.customers;
  if (first === undefined) throw new Error("An incident with one customer has none.");
  return { ...first, id: "tarde" };
};

describe("the form", () => {
  test("stays with the incident whose message it shows", () => {
    const form = formOf(previewOf(affecting(1)));
    expect(formTarget(form.context)).toEqual({ by: "id", id: "i1" as IncidentId });
  });

  test("fits a modal whatever is written, to whomever, in three languages", () => {
    const texts = fc.record({ pt: hostileText, en: hostileText, es: hostileText });
    fc.assert(
      fc.property(texts, fc.constantFrom(1, 42, 300), fc.boolean(), ({ pt, en, es }, count, english) => {
        const clipped = (text: string) => prose(text.slice(0, 160));
        const story = toldFirst(count);
        const preview = previewOf(story, {
          template: "update",
          at: later(20),
          texts: { whatChanged: { "pt-BR": clipped(pt), en: clipped(en), es: clipped(es) } },
          languages: ["pt-BR", "en", "es"],
          unreachable: story.incident.customers.slice(0, 40).map(({ id }) => id),
          mode: "test",
        });
        const values = { "whatChanged.pt-BR": pt, "whatChanged.en": en, "action.es": es, confirm: "300" };
        const language = english ? "en" : "pt-BR";
        const form = formOf(preview, values, { language, voice: voiceOf(language), problem: pt });
        const memory = { form: form.context, channel: "C1", thread: null, responseUrl: "https://x.example/y" };
        expect(
          viewProblems(
            renderModal(form, memory, () => null),
            "modal",
          ),
        ).toEqual([]);
        expect(form.submit.length).toBeLessThanOrEqual(24);
        expect(JSON.stringify(form.context).length).toBeLessThan(300);
      }),
      { numRuns: 60 },
    );
  });

  test("without anything to send is a modal without a submit button", () => {
    const memory = { form: {}, channel: null, thread: null, responseUrl: null };
    const view = renderModal(formOf(undefined), memory, () => null);
    expect(view).not.toHaveProperty("submit");
    expect(viewProblems(view, "modal")).toEqual([]);
  });

  test("sends what the domain takes", () => {
    const form = formOf(previewOf(affecting(300)));
    const ask = asked(form, { template: "first_notice", confirm: "300" });
    const story = followedBy(
      affecting(300),
      { ...ask, texts: {}, catalogue: cuboSuiteMessagesV1 },
      { actor: by("bruno"), at: later(1) },
    );
    expect(story.last.ok).toBe(true);
    expect(followedBy(affecting(300), compose("first_notice"), { at: later(1) }).last).toMatchObject({
      refusal: { reason: "repeat-the-number" },
    });
  });
});
