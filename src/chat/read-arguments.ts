// What follows the verb: with enough said it is a request, otherwise the verb's form with what was said filled in.
import { cancelReasonAt, pauseReasonAt, roleAt, sideAt, statementAt } from "./argument-words.js";
import type { DeclareAsk, PlainAsk } from "./asks.js";
import type { FormName } from "./button-action.js";
import { commandNamed, type Verb } from "./command-table.js";
import type { FormValues } from "./form.js";
import { writtenField } from "./forms/written-field.js";
import { nearestVerb } from "./nearest-verb.js";
import type { ParseContext, Parsed, TypedTarget } from "./parsed.js";
import { readClassification } from "./read-classification.js";
import { customerIn, freeText, oneLine, takeCode, takePerson } from "./read-tokens.js";

type Reader = (rest: string, target: TypedTarget, context: ParseContext) => Parsed;

/** Reads the arguments of a verb. */
export function readArguments(verb: Verb, rest: string, target: TypedTarget, context: ParseContext): Parsed {
  return readers[verb](rest, target, context);
}

const request = (ask: PlainAsk, target: TypedTarget): Parsed => ({ kind: "request", request: ask, target });

const openForm = (form: FormName, target: TypedTarget, prefill: FormValues = {}): Parsed => ({
  kind: "open-form",
  form,
  prefill,
  target,
});

const unexpected = (verb: Verb, text: string): Parsed => ({
  kind: "problem",
  problem: { code: "unexpected-text", verb, text },
});

/** A verb that does one thing and takes nothing after it. */
const bare =
  (verb: Verb, make: (target: TypedTarget) => Parsed): Reader =>
  (rest, target) =>
    rest === "" ? make(target) : unexpected(verb, rest);

/** A verb whose whole rest is one free text. */
const withText =
  (form: FormName, make: (text: string) => PlainAsk): Reader =>
  (rest, target, context) => {
    const text = freeText(rest, context);
    return text === "" ? openForm(form, target) : request(make(text), target);
  };

const readers: Readonly<Record<Verb, Reader>> = {
  declare: readDeclare,
  take: bare("take", (target) => request({ type: "take" }, target)),
  classify: readClassification,
  identify: withText("identify", (cause) => ({ type: "identify", cause })),
  mitigate: withText("mitigate", (action) => ({ type: "mitigate", action })),
  regress: withText("regress", (what) => ({ type: "regress", what, to: null })),
  resolve: readResolve,
  reopen: withText("reopen", (reason) => ({ type: "reopen", reason })),
  cancel: readCancel,
  merge: readMerge,
  note: withText("note", (text) => ({ type: "add-note", text, happenedAt: null })),
  role: readRole,
  affected: readAffected,
  pause: readPause,
  resume: readResume,
  notify: bare("notify", (target) => openForm("notify", target)),
  update: (rest, target, context) =>
    openForm("notify", target, textPrefill(writtenField("whatChanged", "pt-BR"), rest, context)),
  review: withText("review", (review) => ({ type: "review", review })),
  close: bare("close", (target) => request({ type: "close" }, target)),
  sla: bare("sla", (target) => ({ kind: "query", query: "sla", target })),
  timeline: bare("timeline", (target) => ({ kind: "query", query: "timeline", target })),
  list: bare("list", () => ({ kind: "query", query: "list" })),
  help: readHelp,
};

// A title that calls itself a drill must never be declared as real.
const DRILL = /^(?:drill|simulado|exerc[ií]cio)\s*:\s*/iu;

function readDeclare(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  const words = oneLine(rest, context);
  const title = words.replace(DRILL, "");
  const isDrill = title !== words;
  if (title === "") return openForm("declare", target, isDrill ? { kind: "drill", more: ["more"] } : {});
  const ask: DeclareAsk = {
    title,
    service: null,
    answers: { scope: "unknown", effect: "unknown", data: "unknown", exposure: "none" },
    customers: [],
    kind: isDrill ? "drill" : "real",
    origin: "command",
    detectedBy: "staff",
    startedAt: null,
    take: context.onDuty === true,
  };
  return { kind: "declare", request: ask };
}

function readResolve(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  const said = statementAt(rest);
  if (!said) return openForm("resolve", target, textPrefill("reason", rest, context));
  const reason = freeText(said.rest, context);
  return request(
    { type: "resolve", data: said.value, reason: reason === "" ? null : reason, restoredConfirmed: false },
    target,
  );
}

function readCancel(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  const said = cancelReasonAt(rest);
  const text = freeText((said?.rest ?? rest).replace(/^[:,-]\s*/u, ""), context);
  if (said && text !== "") return request({ type: "cancel", reason: said.value, text }, target);
  return openForm("cancel", target, { ...(said ? { reason: said.value } : {}), ...textPrefill("text", text, {}) });
}

function readMerge(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  if (rest === "") return openForm("merge", target);
  const first = takeCode(rest);
  if (!first) return unknownWord("merge", oneLine(rest, context));
  if (first.rest === "") return request({ type: "merge", childCode: first.code }, target);
  const second = target.by === "implied" ? takeCode(first.rest) : null;
  if (second?.rest !== "") return unexpected("merge", first.rest);
  return request({ type: "merge", childCode: second.code }, { by: "code", code: first.code });
}

function readRole(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  if (rest === "") return openForm("role", target);
  const roleFirst = roleAt(rest);
  const personFirst = roleFirst ? null : takePerson(rest);
  const role = roleFirst ?? (personFirst ? roleAt(personFirst.rest) : null);
  const person = personFirst ?? (roleFirst ? takePerson(roleFirst.rest) : null);
  if (!role) return unknownWord("role", oneLine(/^\S+/u.exec(personFirst?.rest ?? rest)?.[0] ?? "", context));
  const after = roleFirst ? (person?.rest ?? role.rest) : role.rest;
  const summary = freeText(after, context);
  if (!person) return openForm("role", target, { role: role.value, ...textPrefill("summary", after, context) });
  const ask = { type: "assign-role", role: role.value, person: person.person } as const;
  return { kind: "request", request: { ...ask, summary: summary === "" ? null : summary }, target };
}

function readAffected(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  if (rest === "") return openForm("affected", target);
  const side = sideAt(rest);
  if (!side) return unknownWord("affected", oneLine(/^\S+/u.exec(rest)?.[0] ?? rest, context));
  const words = freeText(side.rest, context);
  if (words === "") return openForm("affected", target, { what: side.value });
  if (side.value === "add") {
    return request(
      { type: "add-customer", customer: customerIn(words, context.customers), affectedFrom: null },
      target,
    );
  }
  // "Acme: reason" or "Acme - reason".
  const parting = /:\s|\s[-–—]\s/u.exec(words);
  const customer = customerIn(words.slice(0, parting?.index).trim(), context.customers);
  if (parting === null) return openForm("affected", target, { what: "remove", customer });
  return request(
    { type: "remove-customer", customer, reason: words.slice(parting.index + parting[0].length).trim() },
    target,
  );
}

function readPause(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  // Only "supplier: ..." or "customer: ..." names a reason: a question may well begin with such a word.
  const parted = /^([^:]{1,30}):\s*([\s\S]+)$/u.exec(rest);
  const said = parted?.[1] === undefined ? null : pauseReasonAt(parted[1]);
  const isReason = said?.rest === "";
  const question = freeText(isReason ? (parted?.[2] ?? "") : rest, context);
  if (question === "") return openForm("pause", target);
  const reason = isReason ? said.value : "waiting-customer";
  return request({ type: "pause", reason, customers: null, question }, target);
}

function readResume(rest: string, target: TypedTarget, context: ParseContext): Parsed {
  const names = freeText(rest, context)
    .split(/\s*[,;]\s*/u)
    .filter((name) => name !== "");
  const customers = names.map((name) => customerIn(name, context.customers));
  return request({ type: "resume", customers: customers.length === 0 ? null : customers }, target);
}

function readHelp(rest: string, _: TypedTarget, context: ParseContext): Parsed {
  if (rest === "") return { kind: "query", query: "help", verb: null };
  const spec = commandNamed(rest);
  if (spec) return { kind: "query", query: "help", verb: spec.verb };
  const word = oneLine(rest, context);
  return { kind: "problem", problem: { code: "unknown-verb", word, text: word, suggestion: nearestVerb(word) } };
}

function unknownWord(verb: Verb, word: string): Parsed {
  return { kind: "problem", problem: { code: "unknown-word", verb, word } };
}

function textPrefill(field: string, text: string, context: ParseContext): FormValues {
  const words = freeText(text, context);
  return words === "" ? {} : { [field]: words };
}
