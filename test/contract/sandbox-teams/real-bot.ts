// A tiny bot on the real botbuilder: real token validation on the way in, real MSAL on the way out.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ConfidentialClientApplication } from "@azure/msal-node";
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type InvokeResponse,
  type Request,
  type Response,
  type TurnContext,
} from "botbuilder";
import { MsalServiceClientCredentialsFactory } from "botframework-connector";
import type { RunningTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";

/** What the bot does with an activity; what it answers to an invoke. */
export type Handler = (context: TurnContext) => Promise<InvokeResponse["body"] | undefined>;

/** A running bot. */
export type RealBot = {
  readonly url: string;
  readonly adapter: CloudAdapter;
  handle(handler: Handler): void;
  /** Posts outside a turn. */
  proactively(work: (context: TurnContext) => Promise<void>, conversationId: string): Promise<void>;
  stop(): Promise<void>;
};

const host = "login.microsoftonline.com";

const credentialsFor = ({ appId, appPassword, tenantId, tokenUrl }: RunningTeamsSandbox) => {
  const authority = `https://${host}/${tenantId}`;
  const authorityMetadata = JSON.stringify({
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: tokenUrl,
    issuer: `${authority}/v2.0`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
  });
  const auth = { clientId: appId, clientSecret: appPassword, authority, knownAuthorities: [host], authorityMetadata };
  return new MsalServiceClientCredentialsFactory(appId, new ConfidentialClientApplication({ auth }));
};

const authenticationFor = (sandbox: RunningTeamsSandbox) =>
  new ConfigurationBotFrameworkAuthentication(
    {
      MicrosoftAppId: sandbox.appId,
      MicrosoftAppTenantId: sandbox.tenantId,
      ToBotFromChannelOpenIdMetadataUrl: sandbox.openIdMetadataUrl,
      ToBotFromEmulatorOpenIdMetadataUrl: sandbox.openIdMetadataUrl,
      ToBotFromChannelTokenIssuer: sandbox.issuer,
      ToChannelFromBotOAuthScope: "https://api.botframework.com",
      ToChannelFromBotLoginUrl: `https://${host}/${sandbox.tenantId}`,
      OAuthUrl: sandbox.url,
      CallerId: "urn:botframework:azure",
      ValidateAuthority: true,
    },
    credentialsFor(sandbox),
  );

const bodyOf = async (chunks: AsyncIterable<Buffer>): Promise<Record<string, unknown>> => {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return JSON.parse(Buffer.concat(all).toString("utf8")) as Record<string, unknown>;
};

/** Starts the bot and connects the sandbox with it. */
export const startRealBot = async (sandbox: RunningTeamsSandbox): Promise<RealBot> => {
  const adapter = new CloudAdapter(authenticationFor(sandbox));
  adapter.onTurnError = async (_context, error) => {
    throw error;
  };
  let handler: Handler = async () => undefined;
  const server = createServer((request, response) => {
    const turn = async (context: TurnContext): Promise<void> => {
      const body = await handler(context);
      if (context.activity.type !== "invoke") return;
      const status = (body as { statusCode?: number } | undefined)?.statusCode ?? 200;
      await context.sendActivity({ type: "invokeResponse", value: { status, body } });
    };
    const answer = Object.assign(response, {
      header: (name: string, value: unknown) => response.setHeader(name, String(value)),
      status: (code: number) => {
        response.statusCode = code;
        return response;
      },
      send: (body: unknown) => response.end(typeof body === "string" ? body : JSON.stringify(body)),
    });
    const reply = async (): Promise<void> => {
      const asked = Object.assign(request, { body: await bodyOf(request) });
      await adapter.process(asked as unknown as Request, answer as unknown as Response, turn);
    };
    reply().catch(() => {
      if (!response.writableEnded) response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  sandbox.connect(url);
  return {
    url,
    adapter,
    handle: (next) => {
      handler = next;
    },
    proactively: (work, conversationId) =>
      adapter.continueConversationAsync(
        sandbox.appId,
        {
          serviceUrl: sandbox.serviceUrl,
          channelId: "msteams",
          conversation: { id: conversationId, isGroup: true, conversationType: "channel", name: "" },
          bot: { id: sandbox.botId, name: "Plantão" },
        },
        work,
      ),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
