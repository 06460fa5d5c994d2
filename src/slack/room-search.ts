// Looking for what an earlier attempt may have made: its answer was lost, so only Slack knows.
import type { WebClient } from "@slack/web-api";
import type { Pacer } from "./pacer.js";
import { record } from "./read-view.js";

/** Type of the metadata on the bot's messages, whose payload is the key of the effect. */
export const EFFECT_EVENT = "plantao_effect";

// What an earlier attempt made is recent; the bounds only keep a busy workspace from being read whole.
const PAGES = 10;
const CHANNELS_PER_PAGE = 200;
const MESSAGES_LOOKED_AT = 100;

/** A channel that the bot made with one of these names, if there is one. */
export async function findOwnChannel(
  deps: { readonly client: WebClient; readonly pacer: Pacer; readonly botUserId: string | null },
  names: readonly string[],
): Promise<{ readonly id: string; readonly name: string } | null> {
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const answer = await deps.pacer.run("users.conversations", null, () =>
      deps.client.users.conversations({
        types: "public_channel",
        exclude_archived: true,
        limit: CHANNELS_PER_PAGE,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    for (const channel of answer.channels ?? []) {
      const own = deps.botUserId === null || channel.creator === deps.botUserId;
      if (own && channel.id && channel.name && names.includes(channel.name))
        return { id: channel.id, name: channel.name };
    }
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (cursor === "") break;
  }
  return null;
}

/** The timestamp of the message that carries this key, among the latest of a conversation or thread. */
export async function findOwnMessage(
  deps: { readonly client: WebClient; readonly pacer: Pacer },
  where: { readonly channel: string; readonly thread: string | null },
  key: string,
): Promise<string | null> {
  const { channel, thread } = where;
  if (thread === null) {
    const answer = await deps.pacer.run("conversations.history", null, () =>
      deps.client.conversations.history({ channel, limit: MESSAGES_LOOKED_AT, include_all_metadata: true }),
    );
    return carrying(answer.messages ?? [], key);
  }
  // Replies come oldest first, so a long thread is read to its end.
  let cursor = "";
  for (let page = 0; page < PAGES; page++) {
    const answer = await deps.pacer.run("conversations.replies", null, () =>
      deps.client.conversations.replies({
        channel,
        ts: thread,
        limit: CHANNELS_PER_PAGE,
        include_all_metadata: true,
        ...(cursor === "" ? {} : { cursor }),
      }),
    );
    const found = carrying(answer.messages ?? [], key);
    cursor = answer.response_metadata?.next_cursor ?? "";
    if (found !== null || cursor === "") return found;
  }
  return null;
}

function carrying(messages: readonly unknown[], key: string): string | null {
  for (const message of messages.map(record)) {
    const metadata = record(message["metadata"]);
    const payload = record(metadata["event_payload"]);
    if (metadata["event_type"] === EFFECT_EVENT && payload["key"] === key && typeof message["ts"] === "string") {
      return message["ts"];
    }
  }
  return null;
}
