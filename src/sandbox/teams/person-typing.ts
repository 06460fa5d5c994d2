// A person writes: in the personal chat the bot gets everything, in channels what mentions it.
import type { Taken } from "../slack/desk.js";
import type { Json } from "../slack/wire.js";
import { fromPerson, mentionEntity, messageActivity } from "./activities.js";
import { type Desk, sendToBot, taken } from "./desk.js";
import { folded } from "./directory.js";
import { addMessage } from "./messages.js";
import { type Place, placeOf } from "./places.js";
import type { Member, Tenant } from "./tenant.js";

/** How the bot took a message; `sent` is false when it was none of the bot's business. */
export interface TypedAnswer extends Taken {
  readonly sent: boolean;
  readonly id: string;
  /** Conversation id of the thread or chat in which the message stands. */
  readonly conversationId: string;
}

/** Writes a message as a person would. */
export async function typeLine(desk: Desk, member: Member, line: string, place: Place): Promise<TypedAnswer> {
  const { tenant } = desk;
  const { conversation, rootId } = placeOf(tenant, member, place);
  const { text, mentions } = withMentions(tenant, line);
  const message = addMessage(tenant, conversation, {
    from: member.id,
    rootId,
    text,
    cards: [],
    activity: { entities: mentions },
  });
  const personal = conversation.member !== undefined;
  const base = fromPerson({ tenant, serviceUrl: desk.serviceUrl() }, { conversation, rootId: message.rootId }, member);
  const conversationId = (base["conversation"] as { readonly id: string }).id;
  const calledBot = mentions.some(({ mentioned }) => (mentioned as Json)["id"] === tenant.botId);
  const heard = personal
    ? member.installed && !member.blocked
    : tenant.team.installed && (calledBot || desk.hearsEverything);
  if (!heard) return { status: 0, acknowledged: false, sent: false, id: message.id, conversationId };
  const activity = messageActivity(base, message, mentions);
  const answer = await sendToBot(desk, { activity, what: "message", member, text: line });
  return { ...taken(answer), sent: true, id: message.id, conversationId };
}

/** Turns "@Name" and "@handle" of the bot and of people into mentions, as choosing them in the client does. */
function withMentions(tenant: Tenant, line: string): { readonly text: string; readonly mentions: readonly Json[] } {
  const people = [...tenant.members.values()].filter(({ inTeam }) => inTeam);
  const known = [
    { id: tenant.botId, name: tenant.botName, words: [tenant.botName] },
    ...people.map(({ id, name, handle }) => ({ id, name, words: [name, handle] })),
  ].flatMap(({ id, name, words }) => words.map((word) => ({ id, name, word: folded(word) })));
  const byLength = known.sort((one, other) => other.word.length - one.word.length);
  const mentions = new Map<string, Json>();
  const text = line.replace(/@(\p{L}[\p{L}\p{N}._-]*(?: \p{L}[\p{L}\p{N}._-]*)*)/gu, (whole, typed: string) => {
    const found = byLength.find(({ word }) => startsWithWord(folded(typed), word));
    if (!found) return whole;
    mentions.set(found.id, mentionEntity(found.id, found.name));
    return `<at>${found.name}</at>${typed.slice(found.word.length)}`;
  });
  return { text, mentions: [...mentions.values()] };
}

function startsWithWord(text: string, word: string): boolean {
  return text.startsWith(word) && !/^[\p{L}\p{N}]/u.test(text.slice(word.length));
}
