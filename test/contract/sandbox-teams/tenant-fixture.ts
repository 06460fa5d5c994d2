// A tenant with three people and two channels, and what tests ask of it over plain HTTP.
import { randomUUID } from "node:crypto";
import { type RunningTeamsSandbox, startTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import type { TeamsSandboxOptions } from "../../../src/sandbox/teams/teams-sandbox.js";

/** Ids of the tenant. */
export const ids = {
  tenant: "22222222-2222-4222-8222-222222222222",
  ana: "aaaaaaaa-0000-4000-8000-000000000001",
  general: "19:general@thread.tacv2",
  incidents: "19:incidentes@thread.tacv2",
} as const;

/** Starts a sandbox; its throttling is off unless a test asks for it. */
export const startTenant = (changes: Partial<TeamsSandboxOptions> = {}): Promise<RunningTeamsSandbox> =>
  startTeamsSandbox({
    appId: randomUUID(), // botbuilder keeps tokens by app id for the life of the process
    appPassword: "a-secret-of-the-app",
    tenantId: ids.tenant,
    rateLimits: "off",
    people: [
      { name: "Ana Souza", aadObjectId: ids.ana, email: "ana.souza@cubo.example" },
      { name: "Bruno Lima" },
      { name: "Carla Dias", inTeam: false, installed: false },
    ],
    team: {
      id: ids.general,
      name: "Operações",
      aadGroupId: "33333333-3333-4333-8333-333333333333",
      channels: [{ id: ids.incidents, name: "Incidentes" }],
    },
    ...changes,
  });

/** An answer over plain HTTP. */
export type PlainAnswer = { readonly status: number; readonly body: unknown; readonly retryAfter: string | null };

/** A token from the token endpoint, asked for as MSAL asks. */
export const askForToken = async (
  { tokenUrl, appId, appPassword }: RunningTeamsSandbox,
  changes: Readonly<Record<string, string>> = {},
): Promise<PlainAnswer> => {
  const form = { client_id: appId, client_secret: appPassword, grant_type: "client_credentials" };
  const body = new URLSearchParams({ ...form, scope: "https://api.botframework.com/.default", ...changes });
  return plain(await fetch(`${tokenUrl}?client-request-id=1`, { method: "POST", body }));
};

const plain = async (response: Response): Promise<PlainAnswer> => {
  const text = await response.text();
  return {
    status: response.status,
    body: text === "" ? "" : JSON.parse(text),
    retryAfter: response.headers.get("retry-after"),
  };
};

/** A client of the v3 API with a token of its own. */
export const connector = async (sandbox: RunningTeamsSandbox) => {
  const { body } = await askForToken(sandbox);
  const authorization = `Bearer ${(body as { access_token: string }).access_token}`;
  return async (method: string, path: string, sent?: unknown): Promise<PlainAnswer> =>
    plain(
      await fetch(`${sandbox.serviceUrl}v3/${path}`, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      }),
    );
};

/** An Adaptive Card with the given actions and inputs. */
export const aCard = (
  text: string,
  parts: { readonly body?: readonly unknown[]; readonly actions?: readonly unknown[] } = {},
) => {
  const { body = [], actions = [] } = parts;
  const set = actions.length === 0 ? [] : [{ type: "ActionSet", actions }];
  return { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text, wrap: true }, ...body, ...set] };
};

/** A message that carries a card. */
export const carrying = (content: unknown) => ({
  type: "message",
  attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
});

/** Parameters for a new thread in a channel. */
export const newThread = (activity: unknown, channel: string = ids.incidents) => ({
  isGroup: true,
  tenantId: ids.tenant,
  channelData: { channel: { id: channel }, tenant: { id: ids.tenant } },
  activity,
});
