// What the core needs from a chat platform. The adapter chooses words through chat/ and shapes through its renderer.
import type { PersonId, Platform } from "../domain/incident/ids.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Notice } from "../domain/notices/notice.js";
import type { MessageRef, RoomRef } from "./places.js";

/** Where a message goes. */
export type Audience =
  | { readonly kind: "room"; readonly room: RoomRef }
  | { readonly kind: "person"; readonly person: PersonId };

/** One message to send; `key` makes it findable, so that a send whose answer was lost is not repeated. */
export type Post = {
  readonly to: Audience;
  readonly notice: Notice;
  readonly snapshot: IncidentSnapshot;
  readonly key: string;
  /** True when an earlier attempt may have been accepted: look for the message before sending. */
  readonly mayExist: boolean;
  /** Asked when the request is about to begin (invariant I2): on false nothing is sent and `post` throws not_wanted. */
  readonly stillWanted?: () => Promise<boolean>;
};

/** The world failed. Adapters make it, once, from the vendor's error. */
export class ChatFault extends Error {
  /** Stable code such as slack_rate_limited, slack_room_gone, person_unreachable. */
  readonly code: string;
  readonly retryable: boolean;
  /** Milliseconds to wait before the next try, when the platform said so. */
  readonly retryAfterMs: number | null;
  constructor(
    code: string,
    options: { readonly retryable: boolean; readonly retryAfterMs?: number | null; readonly cause?: unknown },
  ) {
    super(`The chat platform did not do it (${code}).`, { cause: options.cause });
    this.name = "ChatFault";
    this.code = code;
    this.retryable = options.retryable;
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** A chat platform. Every method throws ChatFault. */
export interface ChatRooms {
  readonly platform: Platform;
  /** Creates the incident's channel, or finds the one that an earlier attempt made. Null when channels may not be created. */
  openRoom(
    snapshot: IncidentSnapshot,
    mayExist: boolean,
  ): Promise<{ readonly room: RoomRef; readonly name: string } | null>;
  /** Sets topic and purpose from the snapshot. */
  describeRoom(room: RoomRef, snapshot: IncidentSnapshot): Promise<void>;
  /** Invites people; those already inside or unknown to the platform are no error. */
  invite(room: RoomRef, people: readonly PersonId[]): Promise<void>;
  /** The configured announcement channel, if any. */
  announcementRoom(): RoomRef | null;
  post(post: Post): Promise<MessageRef>;
  /** Replaces a message by the present rendering of its notice; false when the message is gone. */
  edit(message: MessageRef, notice: Notice, snapshot: IncidentSnapshot): Promise<boolean>;
  pin(message: MessageRef): Promise<void>;
}
