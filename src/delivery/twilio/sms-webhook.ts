// POST /webhooks/twilio/sms: what people write back. An SMS may take an incident, and nothing else: the number of its
// sender can be forged.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Directory, PersonCard, StaffLanguage } from "../../ports/directory.js";
import type { RealTime } from "../../ports/real-time.js";
import { smsAnswerText } from "../../render/page-sms.js";
import type { OptOuts } from "../broadcast/opt-outs.js";
import { type ReadNumber, withNinthDigit } from "../pager/page-number.js";
import type { TakeBySms } from "../pager/take-by-sms.js";
import { readSmsReply } from "./sms-reply.js";
import type { ReadTwilioForm } from "./verify-signature.js";

/** What the listener works with. */
export type SmsOptions = {
  readonly read: ReadTwilioForm;
  readonly directory: Pick<Directory, "all">;
  readonly optOuts: OptOuts;
  readonly take: TakeBySms;
  readonly numbers: () => Promise<ReadNumber>;
  readonly realTime: Pick<RealTime, "now">;
  readonly orgLanguage: StaffLanguage;
  /** Chat platform to name when the incident is not known. */
  readonly platform: string;
};

/** Phones that answer by themselves would be explained to for ever. */
const EXPLAIN_EVERY_MS = 10 * 60_000;

/** Creates the listener. */
export function createSmsWebhook(
  options: SmsOptions,
): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const explainedAt = new Map<string, number>();
  const mayExplain = ({ id }: PersonCard): boolean => {
    const now = options.realTime.now().getTime();
    if (now - (explainedAt.get(id) ?? Number.NEGATIVE_INFINITY) < EXPLAIN_EVERY_MS) return false;
    explainedAt.set(id, now);
    return true;
  };
  return async (request, response) => {
    const form = await options.read(request, response);
    if (form === null) return;
    const answer = await answerTo(form.fields, { ...options, mayExplain });
    const { reply } = await import("./sms-twiml.js");
    response.writeHead(200, { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" });
    response.end(reply(answer));
  };
}

/** The text to send back; null for silence. */
async function answerTo(
  fields: Readonly<Record<string, string>>,
  options: SmsOptions & { readonly mayExplain: (person: PersonCard) => boolean },
): Promise<string | null> {
  const from = fields["From"] ?? "";
  const sid = fields["MessageSid"] ?? "";
  const asked = readSmsReply(fields["Body"] ?? "");
  const read = await options.numbers();
  const phone = read(withNinthDigit(from))?.phone ?? null;
  // Twilio names the subscription itself where it keeps a list of words; it answers the person by itself, too.
  if (asked.kind === "stop" || fields["OptOutType"] === "STOP") {
    if (phone !== null) await options.optOuts.stop(phone);
    return null;
  }
  if (asked.kind === "start" || fields["OptOutType"] === "START") {
    if (phone !== null) await options.optOuts.start(phone);
    return null;
  }
  const people = phone === null ? [] : ownersOf(phone, options.directory.all(), read);
  const [first] = people;
  if (first === undefined) return null;
  if (asked.kind !== "take") {
    return options.mayExplain(first) ? words({ kind: "not-understood" }, first, options) : null;
  }
  const { answer, person, platform } = await options.take(people, asked.number, `twilio:sms:${sid}`);
  return words(answer, person ?? first, { ...options, platform: platform ?? options.platform });
}

function ownersOf(phone: string, people: readonly PersonCard[], read: ReadNumber): readonly PersonCard[] {
  return people.filter((one) => one.phone && read(one.phone)?.phone === phone);
}

function words(
  answer: Parameters<typeof smsAnswerText>[0],
  person: PersonCard,
  { orgLanguage, platform }: Pick<SmsOptions, "orgLanguage" | "platform">,
): string {
  return smsAnswerText(answer, { language: person.language ?? orgLanguage, platform });
}
