// Numbers of the Bot Connector and of the Teams client, shared by the pacing that must respect them and the local
// workspace that enforces them. Times are in milliseconds.

/** How many requests fit into a window. */
export type TeamsWindow = { readonly requests: number; readonly ms: number };

/** Throttling (learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit). A conversation is a chat or a whole channel. */
export const teamsThrottling = {
  tenant: [{ requests: 50, ms: 1_000 }], // per app and tenant; an older page says 30
  writes: [
    { requests: 7, ms: 1_000 },
    { requests: 8, ms: 2_000 },
    { requests: 60, ms: 30_000 },
    { requests: 1_800, ms: 3_600_000 },
  ], // sending and creating, per bot and conversation
  reads: [
    { requests: 14, ms: 1_000 },
    { requests: 16, ms: 2_000 },
    { requests: 120, ms: 30_000 },
    { requests: 3_600, ms: 3_600_000 },
  ], // members and conversations, per bot and conversation
} as const satisfies Readonly<Record<string, readonly TeamsWindow[]>>;

/** How long Teams waits for the bot. */
export const teamsDeadlines = {
  messageMs: 15_000, // widely reported; no page of Microsoft's says it
  invokeMs: 5_000, // documented for message extensions; 5 to 10 s are reported for dialogs and Action.Execute
} as const;

/** Status codes that say that the bot may not write (.../bots/how-to/conversations/conversation-messages). */
export const teamsDeadEnds = { blocked: "MessageWritesBlocked", notInstalled: "BotNotInConversationRoster" } as const;

/** Paged members (.../bots/how-to/get-teams-context). */
export const teamsMemberPages = { smallest: 50, largest: 500, usual: 200 } as const;

/** Parts of Adaptive Cards beyond the numbers in adaptive-cards.ts (.../task-modules-and-cards/cards/universal-actions-for-adaptive-cards). */
export const teamsCardParts = {
  elements: ["TextBlock", "FactSet", "ColumnSet", "Container", "Image", "ActionSet"],
  inputs: ["Input.Text", "Input.Number", "Input.Date", "Input.Time", "Input.Toggle", "Input.ChoiceSet"],
  actions: ["Action.Execute", "Action.Submit", "Action.ShowCard", "Action.OpenUrl"],
  refreshUserIds: 60, // refresh.userIds; without it everyone, in conversations of at most 60 people
} as const;
