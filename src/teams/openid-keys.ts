// The keys of those who sign what arrives, found through their OpenID metadata.
import { type CryptoKey, createRemoteJWKSet, errors, type FlattenedJWSInput, type JWTHeaderParameters } from "jose";
import { record, textOr } from "./read-field.js";

/** The keys could not be had: nothing can be judged now, and asking again later may help. */
export class KeysUnavailable extends Error {
  constructor(cause: unknown) {
    super("The keys that sign the activities could not be had.", { cause });
    this.name = "KeysUnavailable";
  }
}

/** Keys that sign activities. */
export type OpenIdKeys = {
  /** The key of a token; throws KeysUnavailable, or jose's error when no key matches. */
  find(header: JWTHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey>;
  /** Channels for which the key may sign; empty when it says nothing. */
  endorsements(kid: string): readonly string[];
};

type RemoteKeys = ReturnType<typeof createRemoteJWKSet>;

const TIMEOUT_MS = 5000;
const COOL_DOWN_MS = 30_000;
const DAY_MS = 24 * 3_600_000;

/** Creates the source of keys; nothing is fetched before the first token. */
export function createOpenIdKeys(metadataUrl: string, issuer: string, realNow: () => number): OpenIdKeys {
  let known: { readonly uri: string; readonly keys: RemoteKeys; readonly since: number } | null = null;
  // Many tokens at once ask for the same keys, which are fetched once.
  let asking: Promise<RemoteKeys> | null = null;

  async function readMetadata(): Promise<RemoteKeys> {
    const answer = await fetch(metadataUrl, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
    if (!answer.ok) throw new Error(`The OpenID metadata answered ${answer.status}.`);
    const metadata = record(await answer.json());
    const uri = textOr(metadata["jwks_uri"]);
    if (metadata["issuer"] !== issuer || uri === null) throw new Error("The OpenID metadata is not the connector's.");
    const keys =
      known?.uri === uri
        ? known.keys
        : createRemoteJWKSet(new URL(uri), {
            timeoutDuration: TIMEOUT_MS,
            cooldownDuration: COOL_DOWN_MS,
            cacheMaxAge: DAY_MS,
          });
    known = { uri, keys, since: realNow() };
    return keys;
  }

  function current(): Promise<RemoteKeys> {
    if (known !== null && realNow() - known.since < DAY_MS) return Promise.resolve(known.keys);
    asking ??= readMetadata().finally(() => {
      asking = null;
    });
    return asking;
  }

  return {
    async find(header, token) {
      try {
        return await (await current())(header, token);
      } catch (error) {
        if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
        throw new KeysUnavailable(error);
      }
    },
    endorsements(kid) {
      const key = known?.keys.jwks()?.keys.find((one) => one.kid === kid);
      const endorsed: unknown = key === undefined ? null : record(key)["endorsements"];
      return Array.isArray(endorsed) ? endorsed.filter((one): one is string => typeof one === "string") : [];
    },
  };
}
