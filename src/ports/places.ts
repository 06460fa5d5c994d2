// Where an incident lives on a chat platform: channels, cards and messages. These are places, not facts of the incident.
import type { IncidentId, Platform } from "../domain/incident/ids.js";

/** A conversation on one platform; `thread` when the incident had to live in a thread. */
export type RoomRef = { readonly platform: Platform; readonly roomId: string; readonly thread?: string };

/** A message that the bot posted. */
export type MessageRef = { readonly platform: Platform; readonly roomId: string; readonly messageId: string };

/** What is known of the incident's places; each step of opening a room is remembered on its own. */
export type IncidentPlaces = {
  readonly incidentId: IncidentId;
  /** Where it was declared. */
  readonly origin: RoomRef | null;
  readonly room: RoomRef | null;
  readonly roomName: string | null;
  readonly described: boolean;
  readonly card: MessageRef | null;
  readonly cardPinned: boolean;
  readonly announcement: MessageRef | null;
  /** Version of the incident last shown on card, announcement and topic. */
  readonly shownVersion: number;
};

/** Places by incident and by room. */
export interface Places {
  of(incidentId: IncidentId): Promise<IncidentPlaces | null>;
  /** Merges the given fields into the row, creating it when missing. */
  remember(incidentId: IncidentId, fields: Partial<Omit<IncidentPlaces, "incidentId">>): Promise<void>;
  /** The incident whose own room this is, or that lives in this thread of a room that it shares. */
  incidentIn(room: {
    readonly platform: Platform;
    readonly roomId: string;
    readonly thread?: string;
  }): Promise<IncidentId | null>;
  /** The message already sent for an effect key, if any. */
  sent(key: string): Promise<MessageRef | null>;
  recordSent(key: string, message: MessageRef): Promise<void>;
}
