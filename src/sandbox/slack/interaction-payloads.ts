// What Slack posts when a person uses a command, an element, a form or a shortcut.
import { isNamed } from "./directory.js";
import { isStateful } from "./element-values.js";
import { messagePayload, statePayload, viewPayload } from "./payloads.js";
import type { Json, WireElement, WireOption } from "./wire.js";
import type { Channel, Message, User, View, Workspace } from "./workspace.js";

/** Fields of a slash command. */
export function commandPayload(
  ws: Workspace,
  used: { user: User; channel: Channel; command: string; text: string; triggerId: string; responseUrl: string },
): Json {
  const { user, channel } = used;
  return {
    token: "sandbox",
    team_id: ws.teamId,
    team_domain: ws.teamDomain,
    channel_id: channel.id,
    channel_name: channelName(channel),
    user_id: user.id,
    user_name: user.handle,
    command: used.command,
    text: used.text,
    api_app_id: ws.appId,
    is_enterprise_install: "false",
    response_url: used.responseUrl,
    trigger_id: used.triggerId,
  };
}

/** The name that Slack gives for a conversation, which for unnamed ones is a word for the kind. */
function channelName(channel: Channel): string {
  if (channel.kind === "private") return "privategroup";
  return isNamed(channel) ? channel.name : channel.kind === "direct" ? "directmessage" : channel.name;
}

function common(ws: Workspace, type: string, user: User): Json {
  return {
    type,
    team: { id: ws.teamId, domain: ws.teamDomain },
    user: { id: user.id, username: user.handle, name: user.handle, team_id: ws.teamId },
    api_app_id: ws.appId,
    token: "sandbox",
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** The single action inside block_actions. */
export function actionPayload(
  ws: Workspace,
  element: WireElement,
  blockId: string,
  chosen: { option?: WireOption; value?: Json } = {},
): Json {
  const base = { action_id: element.action_id, block_id: blockId, type: element.type, action_ts: ws.nextTs() };
  if (chosen.value && isStateful(element)) return { ...base, ...chosen.value };
  if (chosen.option) return { ...base, selected_option: chosen.option };
  const { text, value, style, url } = element;
  const shown = {
    text,
    ...(value === undefined ? {} : { value }),
    ...(style ? { style } : {}),
    ...(url ? { url } : {}),
  };
  return { ...base, ...shown };
}

/** block_actions from an element of a message. */
export function messageActions(
  ws: Workspace,
  used: { user: User; channel: Channel; message: Message; action: Json; triggerId: string; responseUrl: string },
): Json {
  const { user, channel, message } = used;
  const ephemeral = message.ephemeralTo !== undefined;
  return {
    ...common(ws, "block_actions", user),
    container: {
      type: "message",
      message_ts: message.ts,
      channel_id: channel.id,
      is_ephemeral: ephemeral,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: used.triggerId,
    channel: { id: channel.id, name: channelName(channel) },
    // The content of an ephemeral message is not sent back.
    ...(ephemeral ? {} : { message: messagePayload(ws, message, { metadata: true }) }),
    state: statePayload(message.values),
    response_url: used.responseUrl,
    actions: [used.action],
  };
}

/** block_actions from an element of a form or home tab. */
export function viewActions(ws: Workspace, used: { user: User; view: View; action: Json; triggerId: string }): Json {
  const view = viewPayload(ws, used.view);
  return {
    ...common(ws, "block_actions", used.user),
    container: { type: "view", view_id: used.view.id },
    trigger_id: used.triggerId,
    view,
    state: statePayload(used.view.values),
    actions: [used.action],
  };
}

/** view_submission. */
export function submission(ws: Workspace, used: { user: User; view: View; triggerId: string }): Json {
  return {
    ...common(ws, "view_submission", used.user),
    trigger_id: used.triggerId,
    view: viewPayload(ws, used.view),
    response_urls: [],
  };
}

/** view_closed. */
export function closing(ws: Workspace, used: { user: User; view: View; isCleared: boolean }): Json {
  return { ...common(ws, "view_closed", used.user), view: viewPayload(ws, used.view), is_cleared: used.isCleared };
}

/** A global shortcut, or one used on a message. */
export function shortcut(
  ws: Workspace,
  used: {
    user: User;
    callbackId: string;
    triggerId: string;
    on?: { channel: Channel; message: Message; responseUrl: string };
  },
): Json {
  const { user, callbackId, triggerId, on } = used;
  const base = { callback_id: callbackId, trigger_id: triggerId, action_ts: ws.nextTs() };
  if (!on) return { ...common(ws, "shortcut", user), ...base };
  return {
    ...common(ws, "message_action", user),
    ...base,
    message_ts: on.message.ts,
    channel: { id: on.channel.id, name: channelName(on.channel) },
    message: messagePayload(ws, on.message, { metadata: true }),
    response_url: on.responseUrl,
  };
}
