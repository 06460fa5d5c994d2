// The bot's own token for the connector, by real MSAL. The SDK's credentials keep it in one cache for the process and
// fetch it once for each request that finds the cache empty; these keep it for themselves and fetch it once.
import { ConfidentialClientApplication } from "@azure/msal-node";
import {
  AuthenticationConstants,
  type AuthenticatorResult,
  MsalAppCredentials,
  ServiceClientCredentialsFactory,
} from "botframework-connector";
import type { TeamsSettings } from "./teams-settings.js";

/** The only host that MSAL accepts as an authority without asking another one about it. */
const LOGIN_HOST = "login.microsoftonline.com";
/** A token is renewed this long before it ends. */
const RENEW_BEFORE_MS = 5 * 60_000;

/** Where MSAL logs in. */
export const loginUrl = (tenantId: string): string => `https://${LOGIN_HOST}/${tenantId}`;

/** The token, fetched once however many calls wait for it. */
export class ConnectorCredentials extends MsalAppCredentials {
  #token: AuthenticatorResult | null = null;
  #asking: Promise<string> | null = null;

  override getToken(forceRefresh = false): Promise<string> {
    const renewAt = (this.#token?.expiresOn.getTime() ?? 0) - RENEW_BEFORE_MS;
    if (!forceRefresh && this.#token !== null && renewAt > Date.now()) return Promise.resolve(this.#token.accessToken);
    this.#asking ??= this.#fetchToken().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #fetchToken(): Promise<string> {
    this.#token = await this.refreshToken();
    return this.#token.accessToken;
  }
}

/** Gives the SDK the one set of credentials that the bot has. */
export class OneBotCredentials extends ServiceClientCredentialsFactory {
  readonly #appId: string;
  readonly credentials: ConnectorCredentials;

  constructor(appId: string, credentials: ConnectorCredentials) {
    super();
    this.#appId = appId;
    this.credentials = credentials;
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId;
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false;
  }

  override async createCredentials(): Promise<ConnectorCredentials> {
    return this.credentials;
  }
}

type LoginSettings = Pick<TeamsSettings, "appId" | "appPassword" | "tenantId" | "tokenUrl">;

/** Makes the bot's credentials. */
export function connectorCredentials(settings: LoginSettings): OneBotCredentials {
  const { appId, tenantId, tokenUrl } = settings;
  const authority = loginUrl(tenantId);
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: appId,
      clientSecret: settings.appPassword.reveal(),
      authority,
      knownAuthorities: [LOGIN_HOST],
      // With the addresses given, MSAL asks nobody for them, and the token may come from where the operator says.
      authorityMetadata: JSON.stringify({
        authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
        token_endpoint: tokenUrl,
        issuer: `${authority}/v2.0`,
        jwks_uri: `${authority}/discovery/v2.0/keys`,
        end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
      }),
    },
  });
  const scope = AuthenticationConstants.ToChannelFromBotOAuthScope;
  return new OneBotCredentials(appId, new ConnectorCredentials(application, appId, authority, scope));
}
