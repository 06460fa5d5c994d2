import { directChannel } from "./directory.js";
import { addMessage, changeMessage, publicMessage, removeMessage } from "./message-changes.js";
import { messageContent } from "./message-content.js";
import {
  addressedChannel,
  channelArg,
  isMember,
  type MethodCall,
  messageArg,
  neededArg,
  type SlackMethod,
  textArg,
  visibleChannel,
} from "./method-call.js";
import { messagePayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";
import type { Json } from "./wire.js";
import type { Channel } from "./workspace.js";

const postMessage: SlackMethod = (call) => {
  const { ws } = call;
  const channel = destination(call);
  const threadTs = threadArg(call, channel);
  const content = messageContent(ws, call.args, "post");
  const message = addMessage(ws, channel, { ...content, user: ws.botUserId, threadTs });
  return {
    channel: channel.id,
    ts: message.ts,
    message: messagePayload(ws, message, { metadata: true }),
    ...warned(content.warnings),
  };
};

function warned(warnings: readonly string[]): Json {
  return warnings.length > 0 ? { warning: warnings.join(","), response_metadata: { warnings } } : {};
}

/** Where a message goes; a person's id means the direct conversation. */
function destination(call: MethodCall): Channel {
  const { ws } = call;
  const addressee = neededArg(call, "channel", "channel_not_found");
  const user = ws.users.get(addressee);
  if (user && !user.isBot) return directChannel(ws, user.id).channel;
  const channel = visibleChannel(call, addressedChannel(call));
  if (channel.archived) throw new SlackRefusal("is_archived");
  if (!isMember(call, channel) && !call.scopes.has("chat:write.public")) throw new SlackRefusal("not_in_channel");
  return channel;
}

function threadArg(call: MethodCall, channel: Channel): string | undefined {
  const ts = textArg(call, "thread_ts");
  if (ts === "") return undefined;
  const parent = publicMessage(channel, ts);
  if (!parent || parent.subtype) throw new SlackRefusal("cannot_reply_to_message");
  return parent.threadTs ?? parent.ts;
}

const postEphemeral: SlackMethod = (call) => {
  const { ws } = call;
  const channel = visibleChannel(call, addressedChannel(call));
  if (channel.archived) throw new SlackRefusal("is_archived");
  if (!isMember(call, channel)) throw new SlackRefusal("not_in_channel");
  const user = neededArg(call, "user");
  if (!channel.members.has(user)) throw new SlackRefusal("user_not_in_channel");
  const content = messageContent(ws, call.args, "post");
  const draft = { ...content, user: ws.botUserId, ephemeralTo: user, threadTs: threadArg(call, channel) };
  const message = addMessage(ws, channel, draft);
  return { message_ts: message.ts };
};

const update: SlackMethod = (call) => {
  const { ws } = call;
  const channel = channelArg(call);
  const message = messageArg(call, channel, "ts");
  if (message.user !== ws.botUserId || message.subtype) throw new SlackRefusal("cant_update_message");
  if (channel.archived) throw new SlackRefusal("is_inactive");
  const { text, blocks, attachments, metadata } = messageContent(ws, call.args, "update");
  // Slack keeps the old blocks when an update names only text.
  const named = {
    ...(call.args["text"] === undefined ? {} : { text }),
    ...(call.args["blocks"] === undefined ? {} : { blocks }),
    ...(call.args["attachments"] === undefined ? {} : { attachments }),
    ...(metadata ? { metadata } : {}),
  };
  changeMessage(ws, channel, message, named);
  return { channel: channel.id, ts: message.ts, text: message.text, message: messagePayload(ws, message) };
};

const remove: SlackMethod = (call) => {
  const channel = channelArg(call);
  const message = messageArg(call, channel, "ts");
  if (message.user !== call.ws.botUserId || message.subtype) throw new SlackRefusal("cant_delete_message");
  removeMessage(call.ws, channel, message);
  return { channel: channel.id, ts: message.ts };
};

const getPermalink: SlackMethod = (call) => {
  const channel = channelArg(call);
  const message = messageArg(call, channel, "message_ts");
  const permalink = `${call.pageUrl}/archives/${channel.id}/p${message.ts.replace(".", "")}`;
  return { channel: channel.id, permalink };
};

/** The chat.* methods. */
export const chatMethods = {
  "chat.delete": remove,
  "chat.getPermalink": getPermalink,
  "chat.postEphemeral": postEphemeral,
  "chat.postMessage": postMessage,
  "chat.update": update,
} as const;
