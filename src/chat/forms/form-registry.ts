// Every form by name: how it is built and how a submission of it is read.
import type { IncidentId } from "../../domain/incident/ids.js";
import type { ChangeAsk, FormTarget } from "../asks.js";
import type { FormName } from "../button-action.js";
import type { Form, FormPart, FormValues } from "../form.js";
import { say } from "../texts/say.js";
import { classifyParts, readClassify } from "./classify-form.js";
import { declareParts, readDeclare } from "./declare-form.js";
import type { FormInput, FormReading, ReadInput, Reading } from "./form-input.js";
import { notifyContext, notifyParts, notifySubmit, readNotify } from "./notify-form.js";
import {
  cancelParts,
  identifyParts,
  mitigateParts,
  readCancel,
  readIdentify,
  readMitigate,
  readRegress,
  readReopen,
  readResolve,
  readReview,
  regressParts,
  reopenParts,
  resolveParts,
  reviewParts,
} from "./progress-forms.js";
import {
  affectedParts,
  mergeParts,
  noteParts,
  pauseParts,
  readAffected,
  readMerge,
  readNote,
  readPause,
  readRole,
  roleParts,
} from "./record-forms.js";

type ChangeForm = {
  readonly parts: (input: FormInput) => readonly FormPart[];
  readonly read: (values: FormValues, input: ReadInput) => Reading<ChangeAsk>;
};

const changeForms: Readonly<Record<Exclude<FormName, "declare">, ChangeForm>> = {
  classify: { parts: classifyParts, read: readClassify },
  identify: { parts: identifyParts, read: readIdentify },
  mitigate: { parts: mitigateParts, read: readMitigate },
  regress: { parts: regressParts, read: readRegress },
  resolve: { parts: resolveParts, read: readResolve },
  reopen: { parts: reopenParts, read: readReopen },
  cancel: { parts: cancelParts, read: readCancel },
  note: { parts: noteParts, read: readNote },
  role: { parts: roleParts, read: readRole },
  affected: { parts: affectedParts, read: readAffected },
  pause: { parts: pauseParts, read: readPause },
  review: { parts: reviewParts, read: readReview },
  merge: { parts: mergeParts, read: readMerge },
  notify: { parts: notifyParts, read: readNotify },
};

/** Names of all forms. */
export const FORM_NAMES: readonly FormName[] = [
  "declare",
  ...(Object.keys(changeForms) as Exclude<FormName, "declare">[]),
];

/** Tells whether a text that came back from a platform names a form. */
export function isFormName(text: string): text is FormName {
  return FORM_NAMES.some((name) => name === text);
}

/** Builds a form from memory, with what was already said filled in; a redraw is the same call with the present values. */
export function buildForm(name: FormName, input: FormInput): Form {
  const { language, context = {} } = input;
  // What was previewed is what is sent, whatever incident the channel has by then.
  const target =
    input.preview?.kind === "preview" ? ({ by: "id", id: input.preview.snapshot.incident.id } as const) : input.target;
  const shown = name === "notify" ? { ...context, ...notifyContext(input) } : context;
  const submit = name === "notify" ? notifySubmit(input) : undefined;
  return {
    name,
    title: say(language, `form.${name}.title`),
    submit: submit ?? say(language, `form.${name}.submit`),
    cancel: say(language, "form.cancel-button"),
    parts: name === "declare" ? declareParts(input) : changeForms[name].parts(input),
    context: target === null ? shown : { ...shown, target: writeTarget(target) },
    ...(submit === null ? { inert: true } : {}),
  };
}

/** Reads a submission: the request, or what to mend by field in the person's language. */
export function readForm(name: FormName, values: FormValues, input: ReadInput): FormReading {
  if (name === "declare") {
    const reading = readDeclare(values, input);
    return reading.ok ? { ok: true, ask: { kind: "declare", request: reading.request } } : reading;
  }
  const target = formTarget(input.context);
  if (target === null) {
    return { ok: false, errors: { [firstField(name, input)]: say(input.language, "error.lost-incident") } };
  }
  const reading = changeForms[name].read(values, input);
  return reading.ok ? { ok: true, ask: { kind: "change", target, request: reading.request } } : reading;
}

/** The incident that a form is about, from the context that travelled with it; null when it is not there. */
export function formTarget(context: Readonly<Record<string, string>>): FormTarget | null {
  const [by, first, ...more] = (context["target"] ?? "").split(":");
  const rest = more.join(":");
  if (by === "id" && first) return { by, id: [first, ...more].join(":") as IncidentId };
  if (by === "code" && first) return { by, code: first };
  if (by === "room" && (first === "slack" || first === "teams") && rest !== "")
    return { by, platform: first, roomId: rest };
  return null;
}

function writeTarget(target: FormTarget): string {
  if (target.by === "id") return `id:${target.id}`;
  return target.by === "code" ? `code:${target.code}` : `room:${target.platform}:${target.roomId}`;
}

function firstField(name: Exclude<FormName, "declare">, { language, services, customers }: ReadInput): string {
  const input = { language, services, customers, target: null, onDuty: false, policy: null, values: {} };
  return changeForms[name].parts(input).flatMap((part) => (part.kind === "field" ? [part.field.id] : []))[0] ?? "";
}
