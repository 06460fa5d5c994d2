// The parts of the page for one person in one place: channel list, heading, messages, form.

import { handleOf, isNamed } from "../slack/directory.js";
import { withEmoji } from "../slack/emoji.js";
import { visibleMessages } from "../slack/person-presses.js";
import { readerFor } from "../slack/reader.js";
import { topView } from "../slack/view-changes.js";
import type { WireAttachment } from "../slack/visible-text.js";
import type { Channel, ElementValues, Message, User, View, Workspace } from "../slack/workspace.js";
import { blocksHtml } from "./block-html.js";
import type { Drawing } from "./element-html.js";
import { html, type SafeHtml } from "./html.js";
import { type PageTexts, pageTexts } from "./page-texts.js";
import { mrkdwnHtml, textHtml } from "./text-html.js";

/** One message with an id by which the script finds out what is new. */
export interface Piece {
  readonly id: string;
  readonly html: string;
}

/** Everything that the script puts into the page. */
export interface Panes {
  readonly channels: string;
  readonly heading: string;
  readonly messages: readonly Piece[];
  readonly form: { readonly key: string; readonly html: string } | null;
  readonly canWrite: boolean;
  readonly log: string;
}

/** Who looks, and at what: a channel id, "@bot" or "home". */
export interface Looking {
  readonly user: User;
  readonly place: string;
}

/** Draws the page for one person in one place. */
export function drawPanes(ws: Workspace, looking: Looking): Panes {
  const texts = pageTexts[ws.language];
  const { user, place } = looking;
  const channel = placeChannel(ws, user, place);
  const view = topView(ws, user.id);
  const body = place === "home" ? homePieces(ws, user, texts) : channel ? messagePieces(ws, user, channel, texts) : [];
  return {
    channels: channelList(ws, looking, texts).safe,
    heading: (place === "home" ? html`<h2>${texts.home}</h2>` : headingHtml(ws, user, channel, texts)).safe,
    messages: body,
    form: view
      ? { key: `${view.id} ${view.hash} ${JSON.stringify([...view.errors])}`, html: formHtml(ws, view, texts).safe }
      : null,
    canWrite: channel ? channel.members.has(user.id) && !channel.archived : false,
    log: ws.transcript.narrate(60),
  };
}

/** The channel that a place stands for, when the person may see it. */
export function placeChannel(ws: Workspace, user: User, place: string): Channel | undefined {
  if (place === "@bot") {
    return [...ws.channels.values()].find((channel) => channel.kind === "direct" && channel.members.has(user.id));
  }
  const channel = ws.channels.get(place);
  const visible = channel && (channel.kind === "public" || channel.members.has(user.id));
  return visible ? channel : undefined;
}

function drawing(ws: Workspace, user: User, values: ElementValues, idPrefix: string): Drawing {
  return {
    texts: pageTexts[ws.language],
    reader: readerFor(ws, user),
    people: [...ws.users.values()].filter((known) => !known.isBot),
    channels: [...ws.channels.values()].filter((channel) => isNamed(channel) && channel.members.has(user.id)),
    values,
    errors: new Map(),
    idPrefix,
  };
}

function channelList(ws: Workspace, { user, place }: Looking, texts: PageTexts): SafeHtml {
  const item = (id: string, label: SafeHtml | string, last: string): SafeHtml => {
    const current = id === place && html`aria-current="page"`;
    return html`<li><button type="button" data-go="${id}" data-last="${last}" ${current}>${label}</button></li>`;
  };
  const lastOf = (channel: Channel | undefined): string => (channel && visibleMessages(channel, user).at(-1)?.ts) ?? "";
  const visible = [...ws.channels.values()].filter((channel) => isNamed(channel) && placeChannel(ws, user, channel.id));
  const channels = visible.map((channel) => {
    const mark = channel.archived ? ` (${texts.archived})` : channel.kind === "private" ? ` (${texts.private})` : "";
    return item(channel.id, html`<span aria-hidden="true">#</span> ${channel.name}${mark}`, lastOf(channel));
  });
  const direct = item("@bot", texts.direct, lastOf(placeChannel(ws, user, "@bot")));
  return html`<ul>${channels}</ul><ul>${direct}${item("home", texts.home, "")}</ul>`;
}

function headingHtml(ws: Workspace, user: User, channel: Channel | undefined, texts: PageTexts): SafeHtml {
  if (!channel || channel.kind === "direct") return html`<h2>${texts.direct}</h2>`;
  const reader = readerFor(ws, user);
  const archived = channel.archived && html` <small>(${texts.archived})</small>`;
  const marks = channel.bookmarks.map(
    (mark) =>
      html`<a href="${mark.link}" target="_blank" rel="noopener noreferrer">${withEmoji(mark.emoji)} ${mark.title}</a> `,
  );
  const outside = !channel.members.has(user.id) && !channel.archived;
  return html`<h2># ${channel.name}${archived}</h2>
    <p class="facts">${channel.members.size} ${texts.members}
    ${channel.topic.value !== "" && html` · <span class="topic">${mrkdwnHtml(channel.topic.value, reader)}</span>`}</p>
    ${channel.purpose.value !== "" && html`<p class="facts">${mrkdwnHtml(channel.purpose.value, reader)}</p>`}
    ${marks.length > 0 && html`<p class="bookmarks">${marks}</p>`}
    ${outside && html`<p>${texts.notMember} <button type="button" data-join="${channel.id}">${texts.join}</button></p>`}`;
}

function messagePieces(ws: Workspace, user: User, channel: Channel, texts: PageTexts): Piece[] {
  const visible = visibleMessages(channel, user);
  const roots = visible.filter((message) => !message.threadTs);
  const threads = (root: Message): Message[] => visible.filter((message) => message.threadTs === root.ts);
  const ordered = roots.flatMap((root) => [root, ...threads(root)]);
  return ordered.map((message) => ({
    id: `m${message.ts}`,
    html: messageHtml(ws, user, { channel, message }, texts).safe,
  }));
}

function messageHtml(
  ws: Workspace,
  user: User,
  { channel, message }: { channel: Channel; message: Message },
  texts: PageTexts,
): SafeHtml {
  const draw = drawing(ws, user, message.values, message.ts);
  const isBot = message.user === ws.botUserId;
  const author = ws.users.get(message.user);
  if (message.subtype && message.subtype !== "slackbot") {
    return html`<p class="system">${mrkdwnHtml(message.text, draw.reader)}</p>`;
  }
  const at = new Date(Number(message.ts) * 1000);
  const time = new Intl.DateTimeFormat(ws.language, { timeZone: user.timezone, hour: "2-digit", minute: "2-digit" });
  const pinned = channel.pins.some((pin) => pin.ts === message.ts);
  const notes = [message.ephemeralTo && texts.onlyYou, pinned && `📌 ${texts.pinned}`].filter((note) => note);
  const reactions = [...message.reactions].map(
    ([name, by]) => html`<span class="reaction">${withEmoji(`:${name}:`)} ${by.size}</span> `,
  );
  const kind = `${isBot ? "from-bot" : ""} ${message.ephemeralTo ? "ephemeral" : ""} ${message.threadTs ? "in-thread" : ""}`;
  return html`<article class="message ${kind}" data-ts="${message.ts}">
    <header><strong>${author?.name ?? handleOf(ws, message.user)}</strong>${isBot && html` <span class="badge">${texts.app}</span>`}
    <time datetime="${at.toISOString()}">${time.format(at)}</time>
    ${notes.map((note) => html`<span class="note">${note}</span> `)}
    ${!message.ephemeralTo && html`<button type="button" class="quiet" data-reply="${message.threadTs ?? message.ts}">${texts.reply}</button>`}</header>
    ${contentHtml(draw, message)}${message.edited && html`<small>${texts.edited}</small>`}
    ${reactions.length > 0 && html`<p>${reactions}</p>`}</article>`;
}

function contentHtml(draw: Drawing, message: Message): SafeHtml {
  const body = message.blocks.length > 0 ? blocksHtml(draw, message.blocks) : mrkdwnHtml(message.text, draw.reader);
  return html`<div class="content">${body}</div>${message.attachments.map((attachment) => attachmentHtml(draw, attachment))}`;
}

const namedColours: Readonly<Record<string, string>> = { good: "2eb67d", warning: "ecb22e", danger: "e01e5a" };

function attachmentHtml(draw: Drawing, attachment: WireAttachment): SafeHtml {
  const { color = "cccccc", pretext, title, text, footer, blocks = [] } = attachment;
  const colour = namedColours[color] ?? color.replace("#", "");
  const lines = [pretext, title, text, footer].filter((line) => line !== undefined);
  return html`<div class="attachment"><svg class="bar" width="4" aria-hidden="true"><rect width="4" height="100%" fill="#${colour}"/></svg>
    <div>${lines.map((line) => html`<p>${mrkdwnHtml(line, draw.reader)}</p>`)}${blocksHtml(draw, blocks)}</div></div>`;
}

function formHtml(ws: Workspace, view: View, texts: PageTexts): SafeHtml {
  const user = ws.users.get(view.user);
  if (!user) return html``;
  const draw = { ...drawing(ws, user, view.values, "form"), errors: view.errors };
  return html`<form data-form="${view.id}" novalidate><h2 id="form-title">${textHtml(view.title, draw.reader)}</h2>
    <div class="fields-of-form">${blocksHtml(draw, view.blocks)}</div>
    <footer><button type="button" data-close="1">${view.close?.text ?? texts.close}</button>
    ${view.submit && html`<button type="submit" class="primary">${view.submit.text}</button>`}</footer></form>`;
}

function homePieces(ws: Workspace, user: User, texts: PageTexts): Piece[] {
  const view = ws.homes.get(user.id);
  if (!view) return [{ id: "home", html: html`<p class="system">${texts.noHome}</p>`.safe }];
  const draw = drawing(ws, user, view.values, "home");
  return [{ id: "home", html: html`<div class="content">${blocksHtml(draw, view.blocks)}</div>`.safe }];
}
