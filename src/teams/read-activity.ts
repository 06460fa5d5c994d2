// From an activity to who says what where. Whoever acts is named by the platform, never by a card.
import { randomUUID } from "node:crypto";
import type { ConversationRow } from "../ports/conversations.js";
import { record, textOr } from "./read-field.js";
import { rootOf } from "./teams-port.js";

/** Who acts, and where. */
export type Arrival = {
  /** Id in the company's directory; null for people whom the company does not know. */
  readonly userId: string | null;
  /** Id under which the connector knows the person. */
  readonly memberId: string;
  readonly userName: string;
  readonly row: ConversationRow;
  /** Id of the activity itself. */
  readonly activityId: string;
  /** The message that a button was on. */
  readonly replyToId: string | null;
};

const KINDS: Readonly<Record<string, ConversationRow["kind"]>> = {
  personal: "personal",
  channel: "channel",
  groupChat: "chat",
};

/** Reads who acts and where; null when the activity does not say. */
export function readArrival(activity: unknown, tenantId: string): Arrival | null {
  const fields = record(activity);
  const from = record(fields["from"]);
  const row = readRow(fields, textOr(from["aadObjectId"]), tenantId);
  const memberId = textOr(from["id"]);
  if (row === null || memberId === null) return null;
  return {
    userId: isOfTenant(from, tenantId) ? textOr(from["aadObjectId"]) : null,
    memberId,
    userName: textOr(from["name"]) ?? "",
    row,
    activityId: textOr(fields["id"]) ?? randomUUID(),
    replyToId: textOr(fields["replyToId"]),
  };
}

/** In channels that several companies share, people of the other ones speak too. */
function isOfTenant(from: Record<string, unknown>, tenantId: string): boolean {
  const home = textOr(from["tenantId"]);
  return home === null || home === tenantId;
}

function readRow(fields: Record<string, unknown>, userId: string | null, tenantId: string): ConversationRow | null {
  const conversation = record(fields["conversation"]);
  const data = record(fields["channelData"]);
  const conversationId = textOr(conversation["id"]);
  const serviceUrl = textOr(fields["serviceUrl"]);
  if (conversationId === null || serviceUrl === null) return null;
  const team = record(data["team"]);
  const kind =
    KINDS[textOr(conversation["conversationType"]) ?? ""] ?? (Object.keys(team).length > 0 ? "channel" : "chat");
  const [base = conversationId] = conversationId.split(";", 1);
  return {
    kind,
    tenantId,
    teamId: textOr(team["id"]),
    groupId: textOr(team["aadGroupId"]),
    channelId: kind === "channel" ? (textOr(record(data["channel"])["id"]) ?? base) : null,
    userId: kind === "personal" ? userId : null,
    conversationId,
    rootActivityId: rootOf(conversationId),
    serviceUrl,
  };
}
