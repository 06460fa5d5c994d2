// Conversations that a chat platform must have told the bot about before the bot can speak in them.

/** One conversation in neutral words: where it is and through which address the platform is reached for it. */
export type ConversationRow = {
  readonly kind: "personal" | "channel" | "chat";
  readonly tenantId: string;
  readonly teamId: string | null;
  /** Id of the team's group in the company's directory, for links. */
  readonly groupId: string | null;
  /** Channel that a thread or a post is in; null outside channels. */
  readonly channelId: string | null;
  /** The person's id in the company's directory; only for personal conversations. */
  readonly userId: string | null;
  readonly conversationId: string;
  /** First message of the thread, when the conversation is one. */
  readonly rootActivityId: string | null;
  readonly serviceUrl: string;
};

/** The conversations that are known, so that the bot can begin to speak after a restart. */
export interface Conversations {
  /** Keeps a personal conversation, a channel or a chat as it is now; threads are kept as their channel. */
  remember(row: ConversationRow): Promise<void>;
  /** The conversation with one person; `dead` when the platform refused it for good. */
  personal(userId: string): Promise<{ readonly row: ConversationRow; readonly dead: boolean } | null>;
  channel(channelId: string): Promise<ConversationRow | null>;
  /** The channel of a team that was heard from last. */
  latestChannel(): Promise<ConversationRow | null>;
  /** Nothing can be said there any more until something is heard from there again. */
  markDead(row: ConversationRow): Promise<void>;
  forget(row: ConversationRow): Promise<void>;
}
