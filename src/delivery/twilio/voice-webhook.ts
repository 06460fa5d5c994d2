// POST /webhooks/twilio/voice: what a call says. The incident is read when somebody answers and again at each key, so
// that a call never says what is no longer so. Only a pressed key takes; an answering machine cannot.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StaffLanguage } from "../../ports/directory.js";
import type { PageAnswers, PageSight } from "../../ports/page-answers.js";
import { type CallEnd, callClosing, callOpening, callWithoutIncident } from "../../render/page-call.js";
import { platformName } from "../../render/page-sms.js";
import type { ReadTwilioForm, TwilioForm } from "./verify-signature.js";
import { voiceUrl } from "./webhook-urls.js";

/** What the listener works with. */
export type VoiceOptions = {
  readonly read: ReadTwilioForm;
  readonly answers: Pick<PageAnswers, "look" | "take">;
  readonly publicUrl: string;
  readonly orgLanguage: StaffLanguage;
  /** Chat platform to name when the incident is not known. */
  readonly platform: string;
};

type Found = Extract<PageSight, { kind: "found" }>;

/** The keys are asked for twice; whoever says nothing by then has not heard. */
const ROUNDS = 2;
const TAKE = "1";
const REPEAT = "9";

/** Creates the listener. */
export function createVoiceWebhook(
  options: VoiceOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const form = await options.read(request, response);
    if (form === null) return;
    const document = await documentFor(form, options);
    response.writeHead(200, { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" });
    response.end(document);
  };
}

async function documentFor({ query, fields }: TwilioForm, options: VoiceOptions): Promise<string> {
  // Loaded with the first call: the builder brings an XML library.
  const { askForKey, speak } = await import("./call-twiml.js");
  const token = query.get("t") ?? "";
  const round = query.get("k") === "1" ? roundIn(query.get("n")) : 1;
  const pressed = query.get("k") === "1" ? (fields["Digits"] ?? "") : null;
  const isMachine = /^(machine|fax)/.test(fields["AnsweredBy"] ?? "");

  if (pressed === TAKE && !isMachine) {
    const mark = { commandId: `twilio:call:${fields["CallSid"]}:1`, door: "phone" };
    const taken = await options.answers.take(token, mark);
    return speak([lastWords(taken, options, { kind: "not-confirmed" })], languageOf(taken, options));
  }
  const sight = await options.answers.look(token);
  const language = languageOf(sight, options);
  if (sight.kind !== "found") return speak([lastWords(sight, options, null)], language);
  if (sight.standing.kind !== "open") return speak(withoutKeys(sight, options), language);
  const next = pressed === null || pressed === REPEAT ? round : round + 1;
  if (next > ROUNDS) return speak([lastWords(sight, options, { kind: "no-key" })], language);
  const action = `${voiceUrl(options.publicUrl, token)}&k=1&n=${next}`;
  return askForKey({ sentences: callOpening(sight.snapshot, { language, keys: true }), action }, language);
}

/** A call to more people about an incident that somebody has, but neglects, still tells of it. */
function withoutKeys(sight: Found, options: VoiceOptions): readonly string[] {
  const informs = !sight.row.asks && sight.standing.kind === "taken";
  if (!informs) return [lastWords(sight, options, null)];
  return callOpening(sight.snapshot, { language: sight.language, keys: false });
}

/** How the incident stands; `otherwise` is for what the standing does not tell. */
function lastWords(sight: PageSight, options: VoiceOptions, otherwise: CallEnd | null): string {
  const language = languageOf(sight, options);
  const known = sight.kind === "found";
  const platform = known ? platformName(sight.snapshot.incident.home) : options.platform;
  const end = known ? (endOf(sight.standing) ?? otherwise) : sight.kind === "not-confirmed" ? otherwise : null;
  return end === null ? callWithoutIncident({ language, platform }) : callClosing(end, { language, platform });
}

function endOf(standing: Found["standing"]): CallEnd | null {
  switch (standing.kind) {
    case "took":
    case "yours":
      return { kind: "taken" };
    case "taken":
      return { kind: "already-taken", by: standing.by };
    case "over":
      return { kind: "no-longer-needed" };
    case "open":
      return null;
  }
}

const languageOf = (sight: PageSight, { orgLanguage }: VoiceOptions): StaffLanguage =>
  sight.kind === "unknown" ? orgLanguage : sight.language;

/** The round comes back signed in our own address; anything else counts as the last one. */
const roundIn = (text: string | null): number => (text === "1" ? 1 : ROUNDS);
