// Decides whether a token's scopes are enough for one call, which depends on the kind of conversation.
import type { SlackMethodFacts } from "../../limits/slack-methods.js";
import { isNamed } from "./directory.js";
import { SlackRefusal } from "./refusal.js";
import type { TokenGrant } from "./tokens.js";
import type { Json } from "./wire.js";
import type { Channel, Workspace } from "./workspace.js";

type Kind = Channel["kind"];

/** Refuses a call for which the token lacks a scope, naming what is needed and what was provided. */
export function checkScopes(ws: Workspace, facts: SlackMethodFacts, grant: TokenGrant, args: Json): void {
  if ((grant.kind === "app") !== (facts.appToken ?? false)) throw new SlackRefusal("invalid_auth");
  for (const kind of kindsInvolved(ws, args)) {
    const anyOf = scopesFor(facts, kind);
    if (anyOf.length === 0 || anyOf.some((scope) => grant.scopes.has(scope))) continue;
    throw new SlackRefusal("missing_scope", { needed: anyOf.join(","), provided: [...grant.scopes].sort().join(",") });
  }
}

function scopesFor(facts: SlackMethodFacts, kind: Kind): readonly string[] {
  if (kind === "private") return facts.privateScopes ?? facts.scopes;
  if (kind === "direct" || kind === "group") return facts.directScopes ?? facts.scopes;
  return facts.scopes;
}

const kindOfType: Readonly<Record<string, Kind>> = {
  public_channel: "public",
  private_channel: "private",
  im: "direct",
  mpim: "group",
};

function kindsInvolved(ws: Workspace, args: Json): readonly Kind[] {
  const channel = ws.channels.get(String(args["channel"] ?? args["channel_id"] ?? ""));
  // A private channel that the bot is not in does not exist for it: the method says channel_not_found.
  if (channel) return isNamed(channel) && !channel.members.has(ws.botUserId) ? ["public"] : [channel.kind];
  if (["true", "1"].includes(String(args["is_private"]))) return ["private"];
  if (typeof args["types"] === "string" && args["types"] !== "") {
    return args["types"].split(",").flatMap((type) => kindOfType[type.trim()] ?? []);
  }
  return ["public"];
}
