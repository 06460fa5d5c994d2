// A person types: slash commands go to the bot, everything else is said in the channel.
import { slackEscapes } from "../../limits/slack.js";
import type { BotAnswer } from "./bot-line.js";
import { type Desk, sendToBot, slackbotSays, type Taken, taken } from "./desk.js";
import { directChannel, findChannel, isNamed, userByHandle } from "./directory.js";
import { commandPayload } from "./interaction-payloads.js";
import { addMessage, publicMessage } from "./message-changes.js";
import { SlackRefusal } from "./refusal.js";
import { applyResponse, type ResponseTarget } from "./response-urls.js";
import { isJson, parseJson } from "./wire.js";
import type { Channel, User, Workspace } from "./workspace.js";

/** Where something is typed. */
export interface TypingPlace {
  /** Channel name or id, or "@bot" for the direct conversation with the bot; the default is the general channel. */
  readonly in?: string;
  /** Timestamp of the message to answer in a thread; commands cannot be used there. */
  readonly thread?: string;
}

/** How the bot took a command; for a plain message `ts` is its timestamp. */
export interface CommandAnswer extends Taken {
  /** The body of the acknowledgement. */
  readonly body: string;
  readonly ts?: string;
}

/** Types a line as a person would. */
export async function typeLine(desk: Desk, user: User, line: string, place: TypingPlace): Promise<CommandAnswer> {
  const channel = placeOf(desk.ws, user, place.in);
  if (!line.startsWith("/")) return say(desk.ws, user, channel, line, place.thread);
  if (place.thread) throw new Error("Slash commands cannot be used in threads");
  return useCommand(desk, user, channel, line);
}

/** The channel that a person means; throws when the person could not write there. */
export function placeOf(ws: Workspace, user: User, name: string | undefined): Channel {
  if (name === "@bot") return directChannel(ws, user.id).channel;
  const general = [...ws.channels.values()].find((channel) => channel.general);
  const channel = name === undefined ? general : findChannel(ws, name);
  if (!channel) throw new Error(`There is no channel "${name ?? "general"}"`);
  const hidden = channel.kind !== "public" && !channel.members.has(user.id);
  if (hidden) throw new Error(`@${user.handle} cannot see #${channel.name}`);
  return channel;
}

async function useCommand(desk: Desk, user: User, channel: Channel, line: string): Promise<CommandAnswer> {
  const { ws } = desk;
  const [command = line] = line.split(/\s/, 1);
  const target: ResponseTarget = { channel, user: user.id, message: undefined };
  const payload = commandPayload(ws, {
    user,
    channel,
    command,
    text: escapeTyped(ws, line.slice(command.length).trim(), true),
    triggerId: desk.triggers.issue({ user: user.id, viewId: undefined }),
    responseUrl: desk.responseUrls.issue(target),
  });
  const answer = await sendToBot(desk, {
    kind: "command",
    what: `command ${command}`,
    user,
    channel,
    text: line,
    payload,
  });
  if (answer.error) slackbotSays(ws, channel, user, commandFailure(ws, command, answer.error));
  else showAcknowledgement(ws, target, answer, command);
  return { ...taken(answer), body: answer.body };
}

function commandFailure(ws: Workspace, command: string, error: string): string {
  return ws.language === "en"
    ? `${command} failed with the error "${error}"`
    : `${command} falhou com o erro "${error}"`;
}

/** The body of an acknowledgement is a message, as text or as JSON. */
function showAcknowledgement(ws: Workspace, target: ResponseTarget, answer: BotAnswer, command: string): void {
  if (answer.body.trim() === "") return;
  const parsed = parseJson(answer.body);
  const body = isJson(parsed) ? parsed : { text: answer.body };
  if (Object.keys(body).length === 0) return;
  try {
    applyResponse(ws, target, body);
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    const messages = (error.details["errors"] as readonly string[] | undefined) ?? [];
    ws.transcript.addRefusal({ method: `answer to ${command}`, error: error.code, messages });
    const what = `command ${command}`;
    ws.transcript.add({ kind: "failure", what, by: "bot", error: error.code, channel: target.channel.id });
  }
}

function say(ws: Workspace, user: User, channel: Channel, line: string, thread?: string): CommandAnswer {
  if (channel.archived) throw new Error(`#${channel.name} is archived`);
  if (!channel.members.has(user.id)) throw new Error(`@${user.handle} is not in #${channel.name}`);
  const parent = thread === undefined ? undefined : publicMessage(channel, thread);
  if (thread !== undefined && !parent) throw new Error(`There is no message ${thread} in #${channel.name}`);
  const threadTs = parent?.threadTs ?? parent?.ts;
  const message = addMessage(ws, channel, { user: user.id, text: escapeTyped(ws, line, false), threadTs });
  return { status: 0, acknowledged: true, body: "", ts: message.ts };
}

/** Turns typed text into what Slack sends: entities escaped, @handles and #channels as mentions. */
function escapeTyped(ws: Workspace, text: string, withNames: boolean): string {
  let escaped = text;
  for (const [character, entity] of slackEscapes) escaped = escaped.replaceAll(character, entity);
  return escaped
    .replace(/(^|[\s(])@([a-z0-9][a-z0-9._-]*)/g, (whole, before: string, handle: string) => {
      if (["here", "channel", "everyone"].includes(handle)) return `${before}<!${handle}>`;
      const found = userByHandle(ws, handle) ?? userByHandle(ws, handle.replace(/[._-]+$/, ""));
      if (!found) return whole;
      const rest = handle.slice(found.handle.length);
      return `${before}<@${found.id}${withNames ? `|${found.handle}` : ""}>${rest}`;
    })
    .replace(/(^|[\s(])#([\p{L}\p{N}_-]+)/gu, (whole, before: string, name: string) => {
      const found = findChannel(ws, name);
      return found && isNamed(found) ? `${before}<#${found.id}|${found.name}>` : whole;
    });
}
