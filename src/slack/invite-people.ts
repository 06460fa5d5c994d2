import type { WebClient } from "@slack/web-api";
import { slackChannelLimits } from "../limits/slack.js";
import type { RoomRef } from "../ports/places.js";
import type { Pacer } from "./pacer.js";
import { slackErrorCode } from "./slack-fault.js";

// The person is inside already, or cannot be invited by anybody.
const IGNORED = [
  "already_in_channel",
  "cant_invite_self",
  "cant_invite",
  "user_not_found",
  "no_user",
  "user_is_bot",
  "user_disabled",
  "user_is_restricted",
  "ura_max_channels",
];

/** Invites users to a channel; those inside already, or unknown to Slack, keep nobody else out. */
export async function inviteEach(
  deps: { readonly client: WebClient; readonly pacer: Pacer },
  room: RoomRef,
  userIds: readonly string[],
): Promise<void> {
  // Whoever reads a thread is in its channel already; nobody is pulled into a channel of another purpose.
  if (room.thread !== undefined) return;
  for (let at = 0; at < userIds.length; at += slackChannelLimits.inviteUsersPerCall) {
    await invite(deps, room.roomId, userIds.slice(at, at + slackChannelLimits.inviteUsersPerCall));
  }
}

async function invite(
  deps: { readonly client: WebClient; readonly pacer: Pacer },
  channel: string,
  users: readonly string[],
): Promise<void> {
  try {
    // `force` invites the valid ones and leaves the others out.
    await deps.pacer.run("conversations.invite", null, () =>
      deps.client.conversations.invite({ channel, users: users.join(","), force: true }),
    );
  } catch (error) {
    if (!IGNORED.includes(slackErrorCode(error) ?? "")) throw error;
    if (users.length === 1) return;
    for (const user of users) await invite(deps, channel, [user]);
  }
}
