// Teams as one person has it: channels with their threads, the chat with the bot, and the open dialog.
import { initialValues } from "../teams/card-inputs.js";
import { mentionTexts } from "../teams/card-text.js";
import { readerFor } from "../teams/reader.js";
import type { DialogView, MessageView } from "../teams/sights.js";
import type { TeamsRooms } from "../teams/teams-sandbox.js";
import type { Member } from "../teams/tenant.js";
import { type CardDrawing, cardHtml } from "./card-html.js";
import { html, type SafeHtml } from "./html.js";
import { markdownHtml } from "./markdown-html.js";
import type { Panes, Piece } from "./panes.js";
import type { SideLooking, SidePane } from "./side-looking.js";

/** Messages of a place that are drawn at most. */
const mostMessages = 150;

/** The person of the workspace as Teams knows them: by handle, or else by e-mail. */
export function teamsMember({ tenant }: TeamsRooms, user: { handle: string; email: string }): Member | undefined {
  const members = [...tenant.members.values()];
  const byMail = (): Member | undefined =>
    members.find(({ email }) => email.toLowerCase() === user.email.toLowerCase());
  return members.find(({ handle }) => handle === user.handle) ?? byMail();
}

/** Draws Teams for one person. */
export function teamsPane(rooms: TeamsRooms, looking: SideLooking): SidePane {
  const { texts } = looking;
  const member = teamsMember(rooms, looking.user);
  const title = html`<h2>${texts.teams} · ${rooms.teams.team.name}</h2>`;
  if (!member) return { heading: html`${title}<p class="facts">${texts.notInTeams}</p>`.safe, pieces: [] };
  const at = placeIn(rooms, member, looking.at);
  const person = rooms.teams.person(member.handle);
  const open = person.openView();
  const places = placesOf(rooms, member, looking);
  return {
    heading: html`${title}${member.inTeam ? undefined : html`<p class="facts">${texts.notInTeam}</p>`}
      ${placesHtml(places, at)}`.safe,
    news: Object.fromEntries(places.map(({ id, messages }) => [id, lastChange(messages)])),
    pieces: threaded(person.sees(at))
      .slice(-mostMessages)
      .map((message): Piece => {
        return { id: `t${message.id}`, html: messageHtml(rooms, member, message, looking).safe };
      }),
    form: open ? dialogPane(rooms, member, open, looking) : null,
    at,
    canWrite: true,
  };
}

/** The place that is asked for when the person may see it, or the chat with the bot. */
function placeIn({ teams }: TeamsRooms, member: Member, at: string): string {
  const channels = member.inTeam ? teams.channels() : [];
  if (at === "@bot" || channels.length === 0) return "@bot";
  return channels.some(({ id }) => id === at) ? at : (channels[0]?.id ?? "@bot");
}

interface TeamsPlace {
  readonly id: string;
  readonly label: string;
  readonly messages: readonly MessageView[];
}

function placesOf({ teams }: TeamsRooms, member: Member, { texts }: SideLooking): readonly TeamsPlace[] {
  const channels = member.inTeam ? teams.channels() : [];
  const chat = { id: "@bot", label: texts.chat, messages: teams.person(member.handle).directMessages() };
  return [...channels.map(({ id, name, messages }) => ({ id, label: name, messages })), chat];
}

function placesHtml(places: readonly TeamsPlace[], at: string): SafeHtml {
  const items = places.map(({ id, label }) => {
    const current = id === at && html`aria-current="page"`;
    return html`<button type="button" data-teams-go="${id}" ${current}>${label}</button> `;
  });
  return html`<p class="places">${items}</p>`;
}

function lastChange(messages: readonly MessageView[]): string {
  return messages.at(-1)?.id ?? "";
}

/** Posts in order, each with its replies after it. */
function threaded(messages: readonly MessageView[]): readonly MessageView[] {
  const roots = [...new Set(messages.map(({ rootId }) => rootId))];
  return roots.flatMap((root) => messages.filter(({ rootId }) => rootId === root));
}

function drawing(rooms: TeamsRooms, member: Member, idPrefix: string, { texts, imageNotShown }: SideLooking) {
  const { tenant } = rooms;
  const reader = readerFor(tenant, member);
  const people = [...tenant.members.values()];
  return { reader, people, idPrefix, imageNotShown, choose: texts.choosePerson, errors: {} } as const;
}

function messageHtml(rooms: TeamsRooms, member: Member, message: MessageView, looking: SideLooking): SafeHtml {
  const { id, rootId, channel, fromBot } = message;
  const base = drawing(rooms, member, `t${id}`, looking);
  const author = [...rooms.tenant.members.values()].find(({ handle }) => handle === message.author);
  const inThread = channel !== "@bot" && rootId !== id;
  const at = new Date(Number(id));
  const text = markdownHtml(message.text, base.reader, mentionTexts(message.activity["entities"]));
  const cards = message.cards.map((card) => {
    const draw: CardDrawing = { ...base, values: Object.fromEntries(initialValues(card)) };
    return cardHtml(draw, card);
  });
  const reply = html`<button type="button" class="quiet" data-teams-reply="${rootId}">${looking.page.reply}</button>`;
  return html`<article class="message ${fromBot && "from-bot"} ${inThread && "in-thread"}" data-teams-message="${id}">
    <header><strong>${author?.name ?? message.author}</strong>${fromBot && html` <span class="badge">${looking.page.app}</span>`}
    <time datetime="${at.toISOString()}">${looking.time(at)}</time> ${channel !== "@bot" && reply}</header>
    ${message.text !== "" && html`<p class="text">${text}</p>`}${cards}
    ${message.notice !== undefined && html`<p class="notice text">${message.notice} <small>${looking.page.onlyYou}</small></p>`}
    ${message.edited && html`<small>${looking.page.edited}</small>`}</article>`;
}

function dialogPane(rooms: TeamsRooms, member: Member, view: DialogView, looking: SideLooking): Panes["form"] {
  const { id, title, card, words, values, errors } = view;
  const draw: CardDrawing = { ...drawing(rooms, member, "dialog", looking), values, errors };
  const body = card ? cardHtml(draw, card) : html`<p class="text">${words ?? ""}</p>`;
  const form = html`<form data-teams-dialog="${id}" novalidate><h2 id="teams-form-title">${title}</h2>${body}
    <footer><button type="button" data-teams-close="1">${looking.page.close}</button></footer></form>`;
  return { key: `${id} ${JSON.stringify(errors)}`, html: form.safe };
}
