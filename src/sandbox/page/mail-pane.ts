// Mailboxes by address. The HTML of a mail is a document of its own, shown in a frame that may do nothing.
import type { ServerResponse } from "node:http";
import type { MailSight } from "../sendgrid/mailbox.js";
import type { SendGridSandbox } from "../sendgrid/sendgrid-sandbox.js";
import { answerText } from "../slack/http-exchange.js";
import { html, type SafeHtml } from "./html.js";
import type { Piece } from "./panes.js";
import type { SideLooking, SidePane } from "./side-looking.js";
import { linkedText } from "./text-html.js";

/** Mailboxes and mails that are drawn at most. */
const most = { boxes: 40, mails: 12 };

interface Box {
  readonly address: string;
  readonly mails: readonly MailSight[];
}

/** Draws the mailboxes that got something, the most recent first, with the opened mail in its place. */
export function mailPane(sendgrid: SendGridSandbox, looking: SideLooking): SidePane {
  const { texts, filter } = looking;
  const wanted = filter.trim().toLowerCase();
  const boxes = sendgrid
    .addresses()
    .map((address): Box => ({ address, mails: sendgrid.mailbox(address).messages() }))
    .filter(({ mails }) => mails.length > 0)
    .filter(({ address, mails }) =>
      [address, ...mails.map(({ subject }) => subject)].some((text) => text.toLowerCase().includes(wanted)),
    )
    .sort((one, other) => latest(other) - latest(one));
  const pieces = boxes
    .slice(0, most.boxes)
    .map((box): Piece => ({ id: `b${box.address}`, html: boxHtml(box, looking).safe }));
  const heading = html`<h2>${texts.mails}</h2>
    ${boxes.length === 0 && html`<p class="facts">${texts.noMails}</p>`}
    ${boxes.length > most.boxes && html`<p class="facts">${texts.someOf}: ${most.boxes} / ${boxes.length}</p>`}`;
  return { heading: heading.safe, pieces };
}

function latest({ mails }: Box): number {
  return mails.at(-1)?.at.getTime() ?? 0;
}

function boxHtml({ address, mails }: Box, looking: SideLooking): SafeHtml {
  const numbered = mails.map((mail, index) => ({ mail, key: `${address} ${index}` })).slice(-most.mails);
  const items = numbered.reverse().map(({ mail, key }) => {
    const open = key === looking.mail;
    return html`<li><button type="button" class="mail" data-mail="${key}" aria-expanded="${open ? "true" : "false"}">
      <strong>${mail.subject}</strong><small>${mail.fromName ?? mail.from} <time>${looking.time(mail.at)}</time></small>
      </button>${open && mailHtml(mail, key, looking)}</li>`;
  });
  return html`<article class="mailbox" aria-label="${address}"><h3>${address}</h3><ul>${items}</ul></article>`;
}

function mailHtml(mail: MailSight, key: string, { texts }: SideLooking): SafeHtml {
  const sender = mail.fromName === undefined ? mail.from : `${mail.fromName} <${mail.from}>`;
  const files = mail.attachments.map(({ filename }) => filename).join(", ");
  const body =
    mail.html === undefined
      ? html`<p class="facts">${texts.noHtml}</p>`
      : html`<iframe sandbox="" title="${texts.mailBody}: ${mail.subject}" src="/page/mail?${new URLSearchParams({ key }).toString()}"></iframe>`;
  return html`<div class="opened"><p class="facts">${texts.from}: ${sender}</p>
    ${files !== "" && html`<p class="facts">${texts.attachments}: ${files}</p>`}${body}
    ${mail.text !== undefined && html`<details><summary>${texts.textPart}</summary><pre>${linkedText(mail.text)}</pre></details>`}</div>`;
}

/** May show its own styles and images that it brings along; no script, no form, nothing from the network. */
const mailPolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/** Answers with the HTML of one mail as it arrived, under a policy of its own. */
export function answerMail(sendgrid: SendGridSandbox | null, key: string, response: ServerResponse): void {
  const [, address = "", index = ""] = /^(.+) (\d+)$/.exec(key) ?? [];
  const body = sendgrid?.mailbox(address).messages()[Number(index)]?.html;
  if (body === undefined) {
    answerText(response, 404, "Not found");
    return;
  }
  response.writeHead(200, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": mailPolicy,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
  });
  response.end(body);
}
