// Phones as panels: texts, calls with their keys, and a field to write back.
import type { CallSight, Phone, TextSight } from "../twilio/phone.js";
import type { TwilioSandbox } from "../twilio/twilio-sandbox.js";
import { html, type SafeHtml } from "./html.js";
import type { Piece } from "./panes.js";
import type { SideLooking, SidePane } from "./side-looking.js";
import { linkedText } from "./text-html.js";

/** Panels and lines that are drawn at most, so that a notice to a thousand customers can still be watched. */
const most = { phones: 40, lines: 20 };

interface Line {
  readonly at: Date;
  readonly html: SafeHtml;
}

interface Panel {
  readonly phone: Phone;
  readonly texts: readonly TextSight[];
  readonly calls: readonly CallSight[];
  readonly latest: number;
}

/** Draws the phones that got something, the most recent first. */
export function phonePane(twilio: TwilioSandbox, looking: SideLooking): SidePane {
  const { texts, filter } = looking;
  const panels = twilio
    .phones()
    .filter(({ number }) => number.includes(filter.replace(/[\s()-]/g, "")))
    .map(panelOf)
    .filter(({ latest }) => latest > 0)
    .sort((one, other) => other.latest - one.latest);
  const own = ownTexts(twilio);
  const pieces = panels.slice(0, most.phones).map((panel): Piece => {
    const { number } = panel.phone;
    return { id: `p${number}`, html: panelHtml(panel, own.get(number) ?? [], looking).safe };
  });
  const heading = html`<h2>${texts.phones}</h2>
    ${panels.length === 0 && html`<p class="facts">${texts.noPhones}</p>`}
    ${panels.length > most.phones && html`<p class="facts">${texts.someOf}: ${most.phones} / ${panels.length}</p>`}`;
  return { heading: heading.safe, pieces };
}

function panelOf(phone: Phone): Panel {
  const texts = phone.texts();
  const calls = phone.calls();
  const latest = Math.max(0, ...[...texts.slice(-1), ...calls.slice(-1)].map(({ at }) => at.getTime()));
  return { phone, texts, calls, latest };
}

/** What the people of the phones wrote themselves, by number. */
function ownTexts({ log }: TwilioSandbox): ReadonlyMap<string, readonly { at: Date; text: string }[]> {
  const written = new Map<string, { at: Date; text: string }[]>();
  for (const { at, kind, number = "", text = "" } of log.entries) {
    if (kind === "reply") written.set(number, [...(written.get(number) ?? []), { at, text }]);
  }
  return written;
}

function panelHtml(
  { phone, texts, calls }: Panel,
  own: readonly { at: Date; text: string }[],
  looking: SideLooking,
): SafeHtml {
  const { number } = phone;
  const words = looking.texts;
  const lines: Line[] = [
    ...texts.map((text) => ({ at: text.at, html: textHtml(text, looking) })),
    ...own.map(({ at, text }) => ({
      at,
      html: html`<p class="sms own">${text} <time>${looking.time(at)}</time></p>`,
    })),
    ...calls.map((call) => ({ at: call.at, html: callHtml(call, looking) })),
  ];
  const shown = lines.sort((one, other) => one.at.getTime() - other.at.getTime()).slice(-most.lines);
  const label = `${words.replyTo} ${number}`;
  return html`<article class="device" data-number="${number}" aria-label="${number}"><h3>${number}</h3>
    ${shown.map((line) => line.html)}
    <form class="line" data-sms="${number}"><input id="sms-${number}" data-keep="1" aria-label="${label}"
      placeholder="${words.replyHint}" autocomplete="off"><button>${looking.send}</button></form></article>`;
}

function textHtml({ from, body, at }: TextSight, { texts, time }: SideLooking): SafeHtml {
  return html`<p class="sms"><small>${texts.sms} ${from}</small><br>${linkedText(body)} <time>${time(at)}</time></p>`;
}

function callHtml(call: CallSight, { texts, time }: SideLooking): SafeHtml {
  const said = call.said.map(({ text }) => html`<p class="said">“${text}”</p>`);
  const keys = call.keys !== "" && html`<p class="facts">${texts.pressed}: ${call.keys}</p>`;
  const key = (name: string, label: string, act: string, style = ""): SafeHtml =>
    html`<button type="button" class="${style}" data-phone="${act}" data-key="${name}">${label}</button> `;
  if (call.status === "ringing") {
    return html`<div class="call live" role="status"><strong>${texts.ringing}</strong> <small>${call.from}</small>
      <p class="keys">${key("", texts.answer, "answer", "primary")}${key("", texts.hangUp, "decline", "danger")}</p></div>`;
  }
  if (call.status === "in-progress") {
    const digits = ["1", "2", "9"].map(
      (digit) =>
        html`<button type="button" data-phone="press" data-key="${digit}" aria-label="${texts.press} ${digit}">${digit}</button> `,
    );
    return html`<div class="call live"><strong>${texts.talking}</strong> <small>${call.from}</small>${said}${keys}
      <p class="keys">${digits}${key("", texts.hangUp, "hang-up", "danger")}</p></div>`;
  }
  const ended = html`${texts.call} ${texts.calls[call.status]} <time>${time(call.at)}</time>
    ${call.errorCode !== undefined && html`<span class="error">Twilio ${call.errorCode}</span>`}`;
  return html`<div class="call"><p>${ended}</p>${keys}
    ${said.length > 0 && html`<details><summary>${texts.heard}</summary>${said}</details>`}</div>`;
}
