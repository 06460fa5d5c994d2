// What happens to a message to customers: it waits for a second person, is released or discarded, and has been sent.
import type { CustomerNotice, NoticeTally } from "../../domain/notices/customer-notice.js";
import type { NoticeOf } from "../../domain/notices/notice.js";
import { openDraft } from "../../domain/notices/propose-notice.js";
import type { Button, Line } from "../card.js";
import { readerTexts, writtenLanguages } from "../notice-words.js";
import { customerNames } from "./clock-lines.js";
import { modeLines } from "./customers-told.js";
import { tellButton } from "./incident-buttons.js";
import type { Scene } from "./scene.js";
import type { Told } from "./told.js";

/** Notices about messages to customers. */
export type CustomerNoticeTold = NoticeOf<"notice-drafted" | "notice-approved" | "notice-discarded" | "notice-sent">;

/** Tells what became of a message to customers. */
export function tellCustomerNotice(told: CustomerNoticeTold, scene: Scene): Told {
  const notice = scene.incident.notices.find(({ number }) => number === told.number);
  if (notice === undefined) throw new Error(`The incident has no message ${told.number}.`);
  switch (told.kind) {
    case "notice-drafted":
      return tellDrafted(notice, scene);
    case "notice-approved":
      return tellApproved(told, notice, scene);
    case "notice-discarded":
      return {
        line: scene.line("notice.discarded", { who: scene.who(told.by), what: whatWords(notice, scene) }),
        buttons: tellButton(scene),
      };
    case "notice-sent":
      return { line: sentLine(notice, told.tally, scene), context: heldBack(told.tally, scene) };
  }
}

/** What a message is called in a sentence. */
export function whatWords({ template }: Pick<CustomerNotice, "template">, scene: Scene): string {
  return scene.say(`template.${template}`);
}

function tellDrafted(notice: CustomerNotice, scene: Scene): Told {
  const waits = openDraft(scene.incident)?.number === notice.number;
  const slots = { who: scene.who(notice.draftedBy), n: notice.customers.length, what: whatWords(notice, scene) };
  const customers = scene.line("notice.draft-for", { customers: customerNames(notice.customers, scene) });
  return {
    line: scene.line("notice.drafted", slots),
    quote: messageWords(notice, scene),
    after: [customers, ...modeLines(scene, notice.customers)],
    context: [waits ? validLine(notice, scene) : scene.line("notice.draft-decided")],
    buttons: waits ? decisionButtons(notice, scene) : [],
  };
}

function validLine({ expiresAt, aloneAt }: CustomerNotice, scene: Scene): Line {
  const until = scene.at(expiresAt);
  if (aloneAt === null) return scene.line("notice.draft-until-required", { until });
  // A draft that expires before its author may go alone is only for others to approve.
  return aloneAt.getTime() < expiresAt.getTime()
    ? scene.line("notice.draft-until-alone", { until, at: scene.at(aloneAt) })
    : scene.line("notice.draft-until", { until });
}

function tellApproved({ by, alone }: NoticeOf<"notice-approved">, notice: CustomerNotice, scene: Scene): Told {
  const slots = { who: scene.who(by), n: notice.customers.length, what: whatWords(notice, scene) };
  const key = alone ? "notice.approved-alone" : by === notice.draftedBy ? "notice.approved-own" : "notice.approved";
  // Nobody has seen in the channel what went out at once.
  const atOnce = notice.approved?.at.getTime() === notice.draftedAt.getTime();
  return {
    line: scene.line(key, slots),
    quote: atOnce ? messageWords(notice, scene) : null,
    context: modeLines(scene, notice.customers),
  };
}

function sentLine(notice: CustomerNotice, { email, sms }: NoticeTally, scene: Scene): Line {
  const sent = scene.say(`sent.${notice.template}`);
  const line = scene.line("notice.sent", { sent, emails: email.sent, texts: sms.sent });
  const n = email.failed + sms.failed;
  return n === 0 ? line : scene.line("notice.sent-failed", { sent: line, n });
}

function heldBack({ email, sms }: NoticeTally, scene: Scene): readonly Line[] {
  const n = email.dropped + sms.dropped;
  const isTest = scene.voice.outreach?.mode === "test";
  const dropped = n === 0 ? [] : [scene.line(isTest ? "notice.sent-withheld" : "notice.sent-dropped", { n })];
  return isTest ? [scene.line("mode.test-sent"), ...dropped] : dropped;
}

/** The message as its readers get it, or nothing where the words are not at hand. */
function messageWords(notice: CustomerNotice, scene: Scene): string | null {
  const { outreach } = scene.voice;
  if (outreach === undefined) return null;
  const languages = writtenLanguages(notice, scene.voice.language);
  const texts = readerTexts(scene.incident, notice, languages, { ...scene.voice, outreach });
  return texts
    .map(({ subject, text, sms }) => [subject, "", text, ...(sms === null ? [] : ["", `SMS: ${sms}`])].join("\n"))
    .join("\n\n");
}

function decisionButtons({ number, customers }: CustomerNotice, scene: Scene): readonly Button[] {
  const incident = scene.incident.id;
  const no = scene.say("confirm.back");
  return [
    {
      label: scene.say("button.approve"),
      action: { do: "approve-notice", incident, number },
      style: "primary",
      confirm: {
        title: scene.say("confirm.approve.title"),
        text: scene.say("confirm.approve.text", { n: customers.length }),
        yes: scene.say("confirm.approve.yes"),
        no,
      },
    },
    {
      label: scene.say("button.discard"),
      action: { do: "discard-notice", incident, number },
      confirm: {
        title: scene.say("confirm.discard.title"),
        text: scene.say("confirm.discard.text"),
        yes: scene.say("confirm.discard.yes"),
        no,
      },
    },
  ];
}
