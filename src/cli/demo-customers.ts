// The acts of the demonstration in which the customers concerned are told, and nobody else.
import type { DemoContact, DemoCustomer } from "./demo-company.js";
import { ensure, PATIENCE_MS, quiet, type Stage, until } from "./demo-step.js";

/** What a contact has received so far. */
type Received = {
  readonly contact: DemoContact;
  readonly mails: readonly string[];
  readonly texts: readonly string[];
};

/** A message to customers, as the story asks for it. */
type Telling = {
  readonly button: string;
  /** What a second person presses; left out where none is asked for. */
  readonly approve?: string;
  readonly sent: RegExp;
  /** How many messages of this incident a contact has by then. */
  readonly round: number;
  /** Whether the preview and each contact are told, or only the sum. */
  readonly inFull: boolean;
};

/** What the contacts of a customer have received. */
const receivedBy = ({ sandbox: { twilio, sendgrid } }: Stage, { contacts }: DemoCustomer): readonly Received[] =>
  contacts.map((contact) => ({
    contact,
    mails:
      contact.email === null ? [] : (sendgrid?.mailbox(contact.email).messages() ?? []).map(({ subject }) => subject),
    texts: (twilio?.accepted() ?? []).filter(({ to }) => to === contact.phone).map(({ body }) => body),
  }));

const got = ({ mails, texts }: Received): boolean => mails.length + texts.length > 0;

/** The preview of the first language as running text: whom it reaches, the mail's subject, its body, the SMS. */
export const previewInWords = (visible: string, mail: RegExp): readonly string[] => {
  const lines = visible
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const audience = lines.find((line) => /\d.* SMS/.test(line)) ?? "";
  const [subjectAt = lines.length, nextAt = lines.length] = lines.flatMap((line, n) => (mail.test(line) ? [n] : []));
  const smsAt = lines.findIndex((line, n) => n > subjectAt && line.startsWith("SMS "));
  const end = smsAt === -1 || smsAt > nextAt ? nextAt : smsAt;
  const body = lines.slice(subjectAt + 1, end).join(" ");
  return [audience, lines[subjectAt] ?? "", body, lines.slice(end, nextAt).join(" ")].filter((part) => part !== "");
};

const BODY_LINES = 3;

const affectedOf = ({ company }: Stage, affected: readonly string[]): readonly DemoCustomer[] =>
  company.customers.filter(({ id }) => affected.includes(id));

const tellWho = (stage: Stage, customers: readonly DemoCustomer[], round: number): void => {
  const { narrator, words } = stage;
  for (const customer of customers)
    for (const { contact, mails, texts } of receivedBy(stage, customer).filter(got))
      narrator.quotes(
        words.received({
          who: contact.name,
          customer: customer.name,
          language: contact.language,
          mail: mails[round - 1] ?? "",
          sms: texts.length >= round,
        }),
      );
};

const checkWho = (stage: Stage, affected: readonly string[], round: number): void => {
  const { company, words } = stage;
  for (const customer of company.customers) {
    const all = receivedBy(stage, customer);
    for (const { contact, mails, texts } of all)
      ensure(mails.length <= round && texts.length <= round, words.twice(contact.name));
    if (affected.includes(customer.id))
      ensure(
        all.some(({ mails }) => mails.length === round),
        words.missed(customer.name),
      );
    else ensure(!all.some(got), words.strayed(customer.name));
  }
};

const released = async (stage: Stage, room: string, { button, approve, inFull }: Telling): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const igor = sandbox.slack.person("igor");
  await igor.presses(button, { in: room });
  narrator.says(words.presses("Igor", button));
  const { visible } = await igor.waitsForView(words.mailPreview, PATIENCE_MS);
  const [audience = "", subject = "", body = "", sms = ""] = previewInWords(visible, words.mailPreview);
  narrator.quotes(`${audience} · ${subject}`);
  if (inFull) narrator.wraps(body, BODY_LINES);
  if (inFull) narrator.quotes(sms);
  ensure((await igor.submits()).closed, "the preview was not accepted");
  if (inFull) narrator.says(words.releases("Igor"));
  if (approve === undefined) return;
  const helena = sandbox.slack.person("helena");
  await helena.waitsToSee(room, approve, PATIENCE_MS);
  await helena.presses(approve, { in: room });
  narrator.says(words.presses("Helena", approve));
};

/** A person reads what would leave and releases it, and it reaches exactly the customers affected. */
export const tellCustomers = async (
  stage: Stage,
  room: string,
  affected: readonly string[],
  telling: Telling,
): Promise<void> => {
  const { sandbox, company, narrator, words } = stage;
  const { round, inFull } = telling;
  await released(stage, room, telling);
  await sandbox.slack.person("igor").waitsToSee(room, telling.sent, PATIENCE_MS);
  const customers = affectedOf(stage, affected);
  await until(
    () => customers.every((customer) => receivedBy(stage, customer).some(({ mails }) => mails.length >= round)),
    () => words.missed(customers.map(({ name }) => name).join(", ")),
  );
  await quiet(stage);
  checkWho(stage, affected, round);
  const others = company.customers.filter(({ id }) => !affected.includes(id)).map(({ name }) => name);
  if (inFull) tellWho(stage, customers, round);
  if (inFull) narrator.quotes(words.untouched(others.join(", ")));
  narrator.tells();
};
