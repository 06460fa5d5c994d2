// Scopes and rate tiers of Slack's Web API methods, from each method's page at docs.slack.dev/reference/methods.

/** Calls allowed per minute, per method and workspace, in each documented tier (docs.slack.dev/apis/web-api/rate-limits). */
export const slackTierCallsPerMinute = { tier1: 1, tier2: 20, tier3: 50, tier4: 100 } as const;

/** The documented rate tiers, and the two special cases that the methods in use have. */
export type SlackTier = keyof typeof slackTierCallsPerMinute | "posting" | "special";

/** Posting is limited to about one message a second for each channel, with short bursts; the burst is our estimate. */
export const slackPostingLimit = { burst: 5, refillPerSecond: 1 } as const;

/** Methods of the "special" tier allow "hundreds" of calls a minute (auth.test); this is the bound that we assume. */
export const slackSpecialCallsPerMinute = 300;

/** What a bot token needs to call one method: any one of the scopes listed for the kind of conversation is enough. */
export interface SlackMethodFacts {
  readonly tier: SlackTier;
  readonly scopes: readonly string[];
  readonly privateScopes?: readonly string[];
  readonly directScopes?: readonly string[];
  /** The token is an app-level one (xapp-), not the bot's. */
  readonly appToken?: true;
}

const free = (tier: SlackTier): SlackMethodFacts => ({ tier, scopes: [] });
const needs = (tier: SlackTier, ...scopes: string[]): SlackMethodFacts => ({ tier, scopes });

const manages = (tier: SlackTier, narrower: readonly string[] = []): SlackMethodFacts => ({
  tier,
  scopes: ["channels:manage", ...narrower.map((scope) => `channels:${scope}`)],
  privateScopes: ["groups:write", ...narrower.map((scope) => `groups:${scope}`)],
  directScopes: ["im:write", "mpim:write", ...narrower.map((scope) => `im:${scope}`)],
});

const reads = (tier: SlackTier, what: "read" | "history"): SlackMethodFacts => ({
  tier,
  scopes: [`channels:${what}`],
  privateScopes: [`groups:${what}`],
  directScopes: [`im:${what}`, `mpim:${what}`],
});

/** Scopes and tier of every Web API method that the bot may call. */
export const slackMethods = {
  "apps.connections.open": { tier: "tier3", scopes: ["connections:write"], appToken: true },
  "auth.test": free("special"),
  "bookmarks.add": needs("tier2", "bookmarks:write"),
  "bookmarks.edit": needs("tier2", "bookmarks:write"),
  "bookmarks.list": needs("tier3", "bookmarks:read"),
  "bookmarks.remove": needs("tier2", "bookmarks:write"),
  "chat.delete": needs("tier3", "chat:write"),
  "chat.getPermalink": free("special"),
  "chat.postEphemeral": needs("tier4", "chat:write"),
  "chat.postMessage": needs("posting", "chat:write"),
  "chat.update": needs("tier3", "chat:write"),
  "conversations.archive": manages("tier2"),
  "conversations.create": manages("tier2"),
  "conversations.history": reads("tier3", "history"),
  "conversations.info": reads("tier3", "read"),
  "conversations.invite": manages("tier3", ["write.invites"]),
  "conversations.join": needs("tier3", "channels:join"),
  "conversations.kick": manages("tier3"),
  "conversations.leave": manages("tier3"),
  "conversations.list": reads("tier2", "read"),
  "conversations.members": reads("tier4", "read"),
  "conversations.open": {
    tier: "tier3",
    scopes: ["im:write", "mpim:write", "channels:manage"],
    directScopes: ["im:write", "mpim:write"],
  },
  "conversations.rename": manages("tier2"),
  "conversations.replies": reads("tier3", "history"),
  "conversations.setPurpose": manages("tier2", ["write.topic"]),
  "conversations.setTopic": manages("tier2", ["write.topic"]),
  "conversations.unarchive": manages("tier2"),
  "pins.add": needs("tier2", "pins:write"),
  "pins.list": needs("tier2", "pins:read"),
  "pins.remove": needs("tier2", "pins:write"),
  "reactions.add": needs("tier3", "reactions:write"),
  "reactions.remove": needs("tier2", "reactions:write"),
  "team.info": needs("tier3", "team:read"),
  "users.conversations": reads("tier3", "read"),
  "users.info": needs("tier4", "users:read"),
  "users.list": needs("tier2", "users:read"),
  "users.lookupByEmail": needs("tier3", "users:read.email"),
  "views.open": free("tier4"),
  "views.publish": free("tier4"),
  "views.push": free("tier4"),
  "views.update": free("tier4"),
} as const satisfies Record<string, SlackMethodFacts>;

/** The name of a Web API method whose scopes and tier are known. */
export type SlackMethodName = keyof typeof slackMethods;

/** Facts about a method by its name, or undefined for a method that is not in the table. */
export function slackMethodFacts(method: string): SlackMethodFacts | undefined {
  return Object.hasOwn(slackMethods, method) ? slackMethods[method as SlackMethodName] : undefined;
}

/** Scopes that are not needed by a method of their own: mentions, commands, public posting, e-mail in profiles. */
export const slackOtherBotScopes = ["app_mentions:read", "chat:write.public", "commands", "users:read.email"] as const;

/** Scope that a bot needs to receive each event (docs.slack.dev/reference/events); an empty text means none. */
export const slackEventScopes = {
  app_home_opened: "",
  app_mention: "app_mentions:read",
  channel_archive: "channels:read",
  channel_created: "channels:read",
  channel_rename: "channels:read",
  channel_unarchive: "channels:read",
  group_archive: "groups:read",
  group_rename: "groups:read",
  group_unarchive: "groups:read",
  member_joined_channel: "channels:read",
  member_left_channel: "channels:read",
  "message.channels": "channels:history",
  "message.groups": "groups:history",
  "message.im": "im:history",
  pin_added: "pins:read",
  pin_removed: "pins:read",
  reaction_added: "reactions:read",
  reaction_removed: "reactions:read",
  team_join: "users:read",
  user_change: "users:read",
} as const satisfies Record<string, string>;

/** The name of an event that the local workspace can send. */
export type SlackEventName = keyof typeof slackEventScopes;
