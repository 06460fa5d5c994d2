// The token endpoint of the identity platform for client credentials, and the bearer tokens that it issued.
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Json } from "../slack/wire.js";

/** What the endpoint answers. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Json;
}

/** Issues bearer tokens for the Bot Connector and knows them again. */
export interface TokenEndpoint {
  /** Answers a request whose path names a tenant and whose body is a form. */
  ask(tenantId: string, form: string): TokenAnswer;
  knows(authorization: string | undefined): boolean;
  /** Makes every token issued so far worthless. */
  revokeAll(): void;
}

/** What the endpoint knows of the app. */
export interface AppCredentials {
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
}

const connectorScope = "https://api.botframework.com/.default";
const lifetimeSeconds = 3600;

/** Creates the endpoint for one app of one tenant. */
export function createTokenEndpoint(app: AppCredentials): TokenEndpoint {
  const issued = new Map<string, number>();

  function issue(): TokenAnswer {
    const token = randomBytes(48).toString("base64url");
    issued.set(token, Date.now() + lifetimeSeconds * 1000);
    const times = { expires_in: lifetimeSeconds, ext_expires_in: lifetimeSeconds };
    return { status: 200, body: { token_type: "Bearer", ...times, access_token: token } };
  }

  return {
    ask(tenantId, form) {
      const fields = new URLSearchParams(form);
      if (tenantId !== app.tenantId) return refused(400, "invalid_request", "AADSTS90002: Tenant not found.");
      if (fields.get("grant_type") !== "client_credentials")
        return refused(400, "unsupported_grant_type", "AADSTS70003: The grant type is not supported.");
      if (fields.get("client_id") !== app.appId)
        return refused(400, "unauthorized_client", "AADSTS700016: The application was not found in the directory.");
      if (!same(fields.get("client_secret") ?? "", app.appPassword))
        return refused(401, "invalid_client", "AADSTS7000215: Invalid client secret provided.");
      // MSAL asks for its own usual scopes as well.
      const scopes = (fields.get("scope") ?? "").split(" ");
      if (!scopes.includes(connectorScope))
        return refused(
          400,
          "invalid_scope",
          "AADSTS70011: The provided value for the input parameter 'scope' is not valid.",
        );
      return issue();
    },
    knows(authorization) {
      const token = /^Bearer (\S+)$/.exec(authorization ?? "")?.[1];
      const until = token === undefined ? undefined : issued.get(token);
      return until !== undefined && until > Date.now();
    },
    revokeAll: () => issued.clear(),
  };
}

function refused(status: number, error: string, description: string): TokenAnswer {
  return { status, body: { error, error_description: description } };
}

function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
