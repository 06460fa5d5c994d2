// The first thing that an activity meets. It decides alone who may speak to the bot; the SDK behind it decides nothing.
import { type JWTPayload, jwtVerify } from "jose";
import { KeysUnavailable, type OpenIdKeys } from "./openid-keys.js";
import { record, textOr } from "./read-field.js";
import { isServiceUrlAllowed } from "./service-urls.js";

/** An activity as it arrived: an object of a stated type, and nothing else is known of it. */
export type RawActivity = Record<string, unknown> & { readonly type: string };

/** What became of a request. The reason is for operators and never for whoever sent it. */
export type Verdict =
  | { readonly kind: "passed"; readonly claims: JWTPayload }
  | { readonly kind: "refused"; readonly status: 401 | 503; readonly reason: string };

/** Judges requests. */
export type ConnectorGuard = (authorization: string | undefined, activity: RawActivity) => Promise<Verdict>;

/** What the guard knows. */
export type GuardSettings = {
  readonly appId: string;
  readonly tenantId: string;
  readonly serviceUrls: readonly string[] | null;
};

/** Who signs the connector's tokens. */
export const CONNECTOR_ISSUER = "https://api.botframework.com";

const CHANNEL = "msteams";
const CLOCK_TOLERANCE_SECONDS = 300;

/** Creates the guard. */
export function createConnectorGuard(settings: GuardSettings, keys: OpenIdKeys): ConnectorGuard {
  return async (authorization, activity) => {
    const token = bearerOf(authorization);
    if (token === null) return refused("no-bearer-token");
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys.find, {
        algorithms: ["RS256"],
        issuer: CONNECTOR_ISSUER,
        audience: settings.appId,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        requiredClaims: ["exp", "serviceurl"],
      });
      if (typeof payload.aud !== "string") return refused("audience-is-a-list");
      const reason = mismatch(settings, keys.endorsements(protectedHeader.kid ?? ""), payload, activity);
      return reason === null ? { kind: "passed", claims: payload } : refused(reason);
    } catch (error) {
      if (error instanceof KeysUnavailable) return { kind: "refused", status: 503, reason: "keys-unavailable" };
      return refused(codeOf(error));
    }
  };
}

/** What the activity says that its token does not vouch for; null when all is well. */
function mismatch(
  settings: GuardSettings,
  endorsements: readonly string[],
  claims: JWTPayload,
  activity: RawActivity,
): string | null {
  // One key may be endorsed for several channels, and this door speaks with one.
  if (activity["channelId"] !== CHANNEL) return "other-channel";
  if (!endorsements.includes(CHANNEL)) return "key-not-endorsed";
  const serviceUrl = textOr(activity["serviceUrl"]);
  if (serviceUrl === null || serviceUrl !== claims["serviceurl"]) return "service-url-differs";
  if (!isServiceUrlAllowed(serviceUrl, settings.serviceUrls)) return "service-url-not-allowed";
  return tenantOf(activity) === settings.tenantId ? null : "other-tenant";
}

/** The tenant that an activity comes from, by the channel's own word. */
function tenantOf(activity: Readonly<Record<string, unknown>>): string | null {
  const byChannel = textOr(record(record(activity["channelData"])["tenant"])["id"]);
  return byChannel ?? textOr(record(activity["conversation"])["tenantId"]);
}

/** The token when it has the three parts of one. */
function bearerOf(authorization: string | undefined): string | null {
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/.exec(authorization ?? "")?.[1] ?? null;
}

const refused = (reason: string): Verdict => ({ kind: "refused", status: 401, reason });

/** Jose names what is wrong without quoting the token. */
function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "not-a-token";
}
