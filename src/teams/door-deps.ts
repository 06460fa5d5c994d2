// What the dispatchers of the Teams door work with.
import type { Claims } from "../ports/claims.js";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler } from "../ports/command-handler.js";
import type { ConversationRow, Conversations } from "../ports/conversations.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { RoomRef } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import type { Arrival } from "./read-activity.js";
import type { RunningWork } from "./running-work.js";
import type { SeenActivities } from "./seen-activities.js";
import type { Identity, TeamsPeople } from "./teams-people.js";
import type { TeamsPort } from "./teams-port.js";
import type { TeamsReporter, TeamsSettings } from "./teams-settings.js";

/** Everything that a dispatcher may use. */
export type DoorDeps = {
  readonly handler: CommandHandler;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Pick<Policies, "inForce">;
  readonly conversations: Conversations;
  readonly claims: Pick<Claims, "claim">;
  /** Domain time. */
  readonly clock: Clock;
  readonly people: TeamsPeople;
  readonly port: TeamsPort;
  readonly settings: TeamsSettings;
  readonly reporter: TeamsReporter;
  /** Outcomes that come after the answer, so that a stop can wait for them. */
  readonly running: RunningWork;
  readonly seen: SeenActivities;
};

/** Who acts, where, and under which key; the same key changes the record once. */
export type Asked = Identity & {
  readonly commandId: string;
  /** Where a declaration comes from; null where nobody else would see the incident, or the bot could not write. */
  readonly origin: RoomRef | null;
};

/** The request of somebody of the company; null for anybody else. `verb` tells apart what one activity can ask for. */
export function askedBy(arrival: Arrival, verb: string, nonce = arrival.activityId): Asked | null {
  const { userId, memberId, userName, row } = arrival;
  if (userId === null) return null;
  const [conversation = row.conversationId] = row.conversationId.split(";", 1);
  const commandId = `teams:${verb}:${conversation}:${nonce}:${userId}`;
  return { userId, memberId, userName, row, commandId, origin: originOf(row) };
}

function originOf({ kind, channelId, conversationId }: ConversationRow): RoomRef | null {
  if (kind === "personal") return null;
  return { platform: "teams", roomId: kind === "channel" ? (channelId ?? conversationId) : conversationId };
}
