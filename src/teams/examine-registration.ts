// What Microsoft says of the bot's registration, asked once: whose signatures it trusts, and whether it gets a token.
import { errors } from "jose";
import type { TeamsConfig } from "../config/config.js";
import { connectorCredentials, loginUrl } from "./connector-credentials.js";
import { CONNECTOR_ISSUER } from "./connector-guard.js";
import { createOpenIdKeys } from "./openid-keys.js";
import { record, textOr } from "./read-field.js";

/** All well, or a code that holds nothing of what was asked or answered. */
export type PartFinding = { readonly ok: true } | { readonly ok: false; readonly code: string };

/** The keys that sign what arrives, and the token for what is sent. */
export type RegistrationFinding = { readonly keys: PartFinding; readonly token: PartFinding };

type Asked = Pick<TeamsConfig, "appId" | "appPassword" | "tenantId" | "openIdMetadataUrl" | "tokenUrl"> & {
  readonly timeoutMs: number;
};

const MICROSOFTS_METADATA = "https://login.botframework.com/v1/.well-known/openidconfiguration";

/** Asks for the keys and for a token at the same time. */
export async function examineTeamsRegistration(asked: Asked): Promise<RegistrationFinding> {
  const [keys, token] = await Promise.all([
    within(asked.timeoutMs, findKeys(asked), keysCode),
    within(asked.timeoutMs, getToken(asked), tokenCode),
  ]);
  return { keys, token };
}

/** Looks for a key that nobody has: having searched is the proof that metadata and keys can be had. */
async function findKeys({ openIdMetadataUrl }: Asked): Promise<void> {
  const keys = createOpenIdKeys(openIdMetadataUrl ?? MICROSOFTS_METADATA, CONNECTOR_ISSUER, Date.now);
  try {
    await keys.find({ alg: "RS256", kid: "nobody-has-this-key" }, { payload: "", signature: "" });
  } catch (error) {
    const isSearched = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;
    if (!isSearched) throw error;
  }
}

async function getToken({ tokenUrl, ...settings }: Asked): Promise<void> {
  const address = tokenUrl ?? `${loginUrl(settings.tenantId)}/oauth2/v2.0/token`;
  await connectorCredentials({ ...settings, tokenUrl: address }).credentials.getToken();
}

async function within(
  timeoutMs: number,
  work: Promise<void>,
  codeOf: (error: unknown) => string,
): Promise<PartFinding> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<PartFinding>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, code: "timeout" }), timeoutMs);
  });
  const done = work.then(
    (): PartFinding => ({ ok: true }),
    (error: unknown): PartFinding => ({ ok: false, code: codeOf(error) }),
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}

/** What is known lies one or two causes deep; texts of the network and of the answer stay here. */
function keysCode(error: unknown): string {
  const cause = record(record(error)["cause"]);
  const message = textOr(cause["message"]);
  const answered = /^The OpenID metadata answered (\d{3})\.$/.exec(message ?? "")?.[1];
  if (answered !== undefined) return `http_${answered}`;
  if (message === "The OpenID metadata is not the connector's.") return "other_issuer";
  return plainCode(cause["code"]) ?? plainCode(record(cause["cause"])["code"]) ?? "unreadable";
}

/** Entra's own number says the most; MSAL's code is the next best. */
function tokenCode(error: unknown): string {
  const { errorCode, message } = record(error);
  return /\bAADSTS\d{4,9}\b/.exec(textOr(message) ?? "")?.[0] ?? plainCode(errorCode) ?? "unreadable";
}

const plainCode = (code: unknown): string | null =>
  typeof code === "string" && /^\w{1,40}$/.test(code) ? code.toLowerCase() : null;
