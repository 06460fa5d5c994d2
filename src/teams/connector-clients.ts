// Clients of the connector, one for each service address.
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import {
  AuthenticationConstants,
  type BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorClient,
} from "botframework-connector";
import { loginUrl, type OneBotCredentials } from "./connector-credentials.js";
import { CONNECTOR_ISSUER } from "./connector-guard.js";
import type { TeamsSettings } from "./teams-settings.js";

/** Finds the client for a service address. */
export type ConnectorClients = (serviceUrl: string) => Promise<ConnectorClient>;

// The part of the SDK's HTTP pipeline that is changed here; the SDK offers no other way to it.
type PipelineRequest = { timeout: number };
type Policy = {
  readonly name: string;
  sendRequest<T>(request: PipelineRequest, next: (request: PipelineRequest) => Promise<T>): Promise<T>;
};
type Pipeline = {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
  addPolicy(policy: Policy): void;
};

const CALL_TIMEOUT_MS = 8000;

/** Configures the SDK's authentication; its checks of incoming tokens are never reached. */
export function configuredAuthentication(
  settings: Pick<TeamsSettings, "appId" | "tenantId" | "openIdMetadataUrl">,
  credentials: OneBotCredentials,
): BotFrameworkAuthentication {
  const { appId, tenantId, openIdMetadataUrl } = settings;
  return new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: appId,
      MicrosoftAppTenantId: tenantId,
      ToBotFromChannelOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: openIdMetadataUrl,
      ToBotFromChannelTokenIssuer: CONNECTOR_ISSUER,
      ToChannelFromBotOAuthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      ToChannelFromBotLoginUrl: loginUrl(tenantId),
      OAuthUrl: AuthenticationConstants.OAuthUrl,
      CallerId: "urn:botframework:azure",
      ValidateAuthority: true,
    },
    credentials,
  );
}

/** Creates the clients; each is made once and kept. */
export function createConnectorClients(authentication: BotFrameworkAuthentication, appId: string): ConnectorClients {
  const known = new Map<string, Promise<ConnectorClient>>();
  const identity = new ClaimsIdentity([
    { type: AuthenticationConstants.AudienceClaim, value: appId },
    { type: AuthenticationConstants.AppIdClaim, value: appId },
  ]);

  async function make(serviceUrl: string): Promise<ConnectorClient> {
    const scope = AuthenticationConstants.ToChannelFromBotOAuthScope;
    const client = await authentication.createConnectorFactory(identity).create(serviceUrl, scope);
    changePipeline(client);
    return client;
  }

  return (serviceUrl) => {
    const client = known.get(serviceUrl) ?? make(serviceUrl);
    known.set(serviceUrl, client);
    client.catch(() => known.delete(serviceUrl));
    return client;
  };
}

/** The SDK posts again after a lost answer, and waits for ever for one. Here a call is made once and has an end. */
function changePipeline(client: ConnectorClient): void {
  const { pipeline } = (client as unknown as { readonly client: { readonly pipeline: Pipeline } }).client;
  if (pipeline.removePolicy({ name: "defaultRetryPolicy" }).length === 0) {
    throw new Error("The connector's client has no retry policy to remove: the SDK has changed.");
  }
  pipeline.addPolicy({
    name: "callTimeout",
    sendRequest(request, next) {
      request.timeout = CALL_TIMEOUT_MS;
      return next(request);
    },
  });
}
