// Numbers of Adaptive Cards in Microsoft Teams. Lengths are in UTF-16 units unless the name says bytes.

/** Limits of a card (learn.microsoft.com/microsoftteams/platform/bots/how-to/format-your-bot-messages, adaptivecards.io). */
export const adaptiveCardLimits = {
  version: "1.5", // the highest version that Teams takes from bots
  messageBytes: 100 * 1024, // the whole message, counted as UTF-16; older pages say 28 KB and 40 KB
  cardBytes: 20 * 1024, // our own bound, below the smallest number ever documented, counted as UTF-16
  actionsPerSet: 5, // what the official parser accepts in one set of actions
} as const;
