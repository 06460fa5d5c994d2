// The JSON in which Slack shows its own things to an app: users, channels, messages, views.
import type { Json } from "./wire.js";
import type { Channel, ElementValues, Message, User, View, Workspace } from "./workspace.js";

/** A user as users.info gives it; the e-mail address only with its own scope. */
export function userPayload(ws: Workspace, user: User, withEmail: boolean): Json {
  const offset = zoneOffsetSeconds(user.timezone, ws.now());
  return {
    id: user.id,
    team_id: ws.teamId,
    name: user.handle,
    deleted: false,
    real_name: user.name,
    tz: user.timezone,
    tz_label: user.timezone,
    tz_offset: offset,
    profile: {
      real_name: user.name,
      real_name_normalized: user.name,
      display_name: user.handle,
      display_name_normalized: user.handle,
      ...(withEmail && !user.isBot ? { email: user.email } : {}),
      ...(user.isBot ? { api_app_id: ws.appId, bot_id: ws.botId } : {}),
      team: ws.teamId,
    },
    is_admin: user.admin,
    is_owner: user.owner,
    is_primary_owner: user.owner,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: user.isBot,
    is_app_user: false,
    updated: ws.seconds(),
  };
}

function zoneOffsetSeconds(timezone: string, at: Date): number {
  const parts = new Intl.DateTimeFormat("en-US", { timeZone: timezone, timeZoneName: "longOffset" }).formatToParts(at);
  const name = parts.find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  const match = /GMT([+-])(\d\d):(\d\d)/.exec(name);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === "-" ? -1 : 1) * (Number(hours) * 3600 + Number(minutes) * 60);
}

/** A conversation as conversations.info gives it to the bot. */
export function channelPayload(ws: Workspace, channel: Channel): Json {
  const common = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    context_team_id: ws.teamId,
  };
  if (channel.kind === "direct") {
    const other = [...channel.members].find((member) => member !== ws.botUserId);
    return { ...common, is_im: true, is_channel: false, is_group: false, is_mpim: false, user: other, is_open: true };
  }
  const note = (value: Channel["topic"]): Json => ({
    value: value.value,
    creator: value.creator,
    last_set: value.lastSet,
  });
  return {
    ...common,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: channel.kind === "public",
    is_group: channel.kind === "private",
    is_im: false,
    is_mpim: channel.kind === "group",
    is_private: channel.kind !== "public",
    is_general: channel.general,
    is_member: channel.members.has(ws.botUserId),
    is_shared: false,
    is_ext_shared: false,
    is_org_shared: false,
    creator: channel.creator,
    topic: note(channel.topic),
    purpose: note(channel.purpose),
    num_members: channel.members.size,
    previous_names: [],
  };
}

/** A message as chat.postMessage, history and interactions show it. */
export function messagePayload(ws: Workspace, message: Message, options: { metadata?: boolean } = {}): Json {
  const author = ws.users.get(message.user);
  return {
    type: "message",
    ...(message.subtype ? { subtype: message.subtype } : {}),
    user: message.user,
    ...(author?.isBot ? { bot_id: ws.botId, app_id: ws.appId } : {}),
    team: ws.teamId,
    ts: message.ts,
    text: message.text,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(message.blocks.length > 0 ? { blocks: message.blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: message.attachments } : {}),
    ...(message.edited ? { edited: message.edited } : {}),
    ...(message.reactions.size > 0 ? { reactions: reactionPayloads(message) } : {}),
    ...(options.metadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

function reactionPayloads(message: Message): Json[] {
  return [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }));
}

/** The values of a view's or message's elements, as in `state.values`. */
export function statePayload(values: ElementValues): Json {
  return { values: Object.fromEntries([...values].map(([block, actions]) => [block, Object.fromEntries(actions)])) };
}

/** A view as views.open and interactions show it. */
export function viewPayload(ws: Workspace, view: View): Json {
  return {
    id: view.id,
    team_id: ws.teamId,
    type: view.type,
    blocks: view.blocks,
    private_metadata: view.privateMetadata,
    callback_id: view.callbackId,
    external_id: view.externalId,
    state: statePayload(view.values),
    hash: view.hash,
    title: view.title ?? null,
    submit: view.submit ?? null,
    close: view.close ?? null,
    clear_on_close: view.clearOnClose,
    notify_on_close: view.notifyOnClose,
    submit_disabled: false,
    previous_view_id: view.previousId ?? null,
    root_view_id: view.rootId,
    app_id: ws.appId,
    app_installed_team_id: ws.teamId,
    bot_id: ws.botId,
  };
}
