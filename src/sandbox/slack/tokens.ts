// Tokens and what each may do.

import type { SlackMethodFacts } from "../../limits/slack-methods.js";
import { slackMethods, slackOtherBotScopes } from "../../limits/slack-methods.js";
import { SlackRefusal } from "./refusal.js";

/** What a token stands for. */
export interface TokenGrant {
  readonly token: string;
  readonly kind: "bot" | "app";
  readonly scopes: ReadonlySet<string>;
}

/** The tokens of the workspace. */
export interface Tokens {
  issue(kind: TokenGrant["kind"], scopes: readonly string[]): string;
  revoke(token: string): void;
  /** The grant of the token in a call, or Slack's refusal. */
  grant(authorization: string | undefined, bodyToken: unknown): TokenGrant;
}

/** Every bot scope that a method, an event or a feature in use asks for. */
export function allBotScopes(): readonly string[] {
  const ofMethods = Object.values<SlackMethodFacts>(slackMethods)
    .filter((facts) => !facts.appToken)
    .flatMap((facts) => [...facts.scopes, ...(facts.privateScopes ?? []), ...(facts.directScopes ?? [])]);
  return [...new Set([...ofMethods, "reactions:read", ...slackOtherBotScopes])].sort();
}

/** Creates an empty register of tokens. */
export function createTokens(): Tokens {
  const grants = new Map<string, TokenGrant>();
  const revoked = new Set<string>();
  return {
    issue(kind, scopes) {
      const token = `${kind === "bot" ? "xoxb" : "xapp-1"}-sandbox-${grants.size + 1}-${"0".repeat(12)}`;
      grants.set(token, { token, kind, scopes: new Set(scopes) });
      return token;
    },
    revoke: (token) => {
      revoked.add(token);
    },
    grant(authorization, bodyToken) {
      const token = /^Bearer (.+)$/i.exec(authorization ?? "")?.[1] ?? (bodyToken ? String(bodyToken) : "");
      if (token === "") throw new SlackRefusal("not_authed");
      if (revoked.has(token)) throw new SlackRefusal("token_revoked");
      const found = grants.get(token);
      if (!found) throw new SlackRefusal("invalid_auth");
      return found;
    },
  };
}
