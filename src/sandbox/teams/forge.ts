// Tokens as the Bot Connector makes them, and every way of getting them wrong that a bot must notice.
import type { Json } from "../slack/wire.js";
import { connectorIssuer } from "./connector-api.js";
import type { RawActivity } from "./desk.js";
import { type SigningKeys, type TokenParts, withoutNulls } from "./signing-keys.js";

/** A request with something wrong in it, and the status that a careful bot answers. */
export interface ForgedCase {
  readonly name: string;
  readonly mustAnswer: 200 | 400 | 401 | 413 | 501;
  readonly request: RawActivity;
}

/** Makes tokens. */
export interface Forge {
  /** A valid token but for what is given: claims and header fields replace the valid ones, and null takes one away. */
  token(parts?: Partial<TokenParts>): string;
  /** A message of the first person, mentioning the bot, in the general channel; null takes a field away. */
  activity(changes?: Json): Json;
  /** Every case, with fresh tokens and activities. */
  cases(): readonly ForgedCase[];
}

/** What the forge knows of the app. */
export interface ForgeGround {
  readonly keys: SigningKeys;
  readonly appId: string;
  readonly serviceUrl: () => string;
  /** A valid activity, new each time. */
  readonly activity: () => Json;
}

const seconds = (): number => Math.floor(Date.now() / 1000);

/** Sets the forge up. */
export function createForge(ground: ForgeGround): Forge {
  const { keys, appId, serviceUrl } = ground;
  const token: Forge["token"] = ({ claims = {}, ...parts } = {}) => {
    const now = seconds();
    const valid = { iss: connectorIssuer, aud: appId, serviceurl: serviceUrl(), nbf: now - 60, exp: now + 3600 };
    return keys.sign({ ...parts, claims: withoutNulls({ ...valid, ...claims }) });
  };
  const activity: Forge["activity"] = (changes = {}) => withoutNulls({ ...ground.activity(), ...changes });
  const forge = { token, activity };
  return {
    ...forge,
    cases: () => [
      ...acceptable(forge),
      ...wrongTokens(forge, ground),
      ...wrongActivities(forge),
      ...strangers(forge, ground),
    ],
  };
}

type Maker = Pick<Forge, "token" | "activity">;

function acceptable({ token, activity }: Maker): readonly ForgedCase[] {
  const late = token({ claims: { exp: seconds() - 120 } });
  return [
    { name: "valid token and activity", mustAnswer: 200, request: { token: token(), body: activity() } },
    { name: "expired 2 minutes ago", mustAnswer: 200, request: { token: late, body: activity() } },
    { name: "unknown type of activity", mustAnswer: 200, request: { token: token(), body: activity({ type: "odd" }) } },
    {
      name: "invoke with an unknown name",
      mustAnswer: 501,
      request: { token: token(), body: activity({ type: "invoke", name: "odd/invoke", value: {} }) },
    },
  ];
}

function wrongTokens({ token, activity }: Maker, { keys, appId }: ForgeGround): readonly ForgedCase[] {
  const header = { kid: keys.kid("endorsed") };
  const { token: _none, ...bare } = { token: null, body: activity() };
  const tokens: readonly (readonly [string, string])[] = [
    ["garbage bearer", "not.a.token"],
    ["wrong issuer", token({ claims: { iss: "https://issuer.example" } })],
    ["wrong audience", token({ claims: { aud: "00000000-0000-4000-8000-000000000000" } })],
    ["audience is a list that includes ours", token({ claims: { aud: [appId] } })],
    ["expired 10 minutes ago", token({ claims: { exp: seconds() - 600 } })],
    ["not valid before an hour from now", token({ claims: { nbf: seconds() + 3600, exp: seconds() + 7200 } })],
    ["serviceurl claim differs from the activity's", token({ claims: { serviceurl: "https://elsewhere.example/" } })],
    ["serviceurl claim absent", token({ claims: { serviceurl: null } })],
    ["bad signature under a known kid", token({ header, key: "unknown" })],
    ["unknown kid", token({ key: "unknown" })],
    ["key not endorsed for msteams", token({ key: "unendorsed" })],
    ["alg none", token({ alg: "none" })],
    ["HS256 under a known kid", token({ alg: "HS256" })],
    ["no exp", token({ claims: { exp: null } })],
  ];
  return [
    { name: "no Authorization header", mustAnswer: 401, request: bare },
    {
      name: "Basic header",
      mustAnswer: 401,
      request: { ...bare, headers: { authorization: `Basic ${Buffer.from("bot:secret").toString("base64")}` } },
    },
    ...tokens.map(([name, made]) => ({ name, mustAnswer: 401 as const, request: { token: made, body: activity() } })),
  ];
}

function wrongActivities({ token, activity }: Maker): readonly ForgedCase[] {
  const other = "99999999-9999-4999-8999-999999999999";
  const elsewhere = (): Json => {
    const { conversation, channelData } = activity() as { conversation: Json; channelData: Json };
    return {
      conversation: { ...conversation, tenantId: other },
      channelData: { ...channelData, tenant: { id: other } },
    };
  };
  const cases: readonly (readonly [string, ForgedCase["mustAnswer"], unknown])[] = [
    ["activity without serviceUrl", 401, activity({ serviceUrl: null })],
    ["activity with an empty serviceUrl", 401, activity({ serviceUrl: "" })],
    ["another tenant in the activity", 401, activity(elsewhere())],
    ["channelId missing", 401, activity({ channelId: null })],
    ["body is not JSON", 400, '{"type":'],
    ["body is an array", 400, [activity()]],
    ["no type", 400, activity({ type: null })],
    ["body of 300 KB", 413, activity({ text: "x".repeat(300 * 1024) })],
  ];
  return [
    ...cases.map(([name, mustAnswer, body]) => ({ name, mustAnswer, request: { token: token(), body } })),
    { name: "no token, type is a number", mustAnswer: 400, request: { body: activity({ type: 7 }) } },
  ];
}

// The tenant of Microsoft's whose tokens botbuilder takes for the emulator's and for skills'.
const botFrameworkTenant = "d6d49420-f39b-4df7-a1dc-d59a935871db";

/** Tokens of other issuers that botbuilder knows, signed with keys that it would find. */
function strangers({ token, activity }: Maker, { appId }: ForgeGround): readonly ForgedCase[] {
  const emulator = {
    iss: `https://sts.windows.net/${botFrameworkTenant}/`,
    appid: appId,
    ver: "1.0",
    serviceurl: null,
  };
  const skill = {
    iss: `https://login.microsoftonline.com/${botFrameworkTenant}/v2.0`,
    ver: "2.0",
    azp: "another-app",
    serviceurl: null,
  };
  const anywhere = { serviceUrl: "http://127.0.0.1:9/anywhere/" };
  const tokens: readonly (readonly [string, Json, Json])[] = [
    ["emulator-style, audience of the connector", { ...emulator, aud: connectorIssuer }, {}],
    ["emulator-style, another audience and serviceUrl", { ...emulator, aud: "https://another.example" }, anywhere],
    ["emulator-style, our audience", { ...emulator, aud: appId }, {}],
    ["emulator-style, our audience and any serviceUrl", { ...emulator, aud: appId }, anywhere],
    ["skill-style", { ...skill, aud: appId }, {}],
  ];
  const ase = token({ claims: { iss: "https://sts.windows.net/another/", appid: appId }, key: "unknown" });
  return [
    ...tokens.map(([name, claims, changes]) => ({
      name,
      mustAnswer: 401 as const,
      request: { token: token({ claims }), body: activity(changes) },
    })),
    {
      name: "forged, channelId AseChannel",
      mustAnswer: 401,
      request: { token: ase, body: activity({ channelId: "AseChannel" }) },
    },
  ];
}
