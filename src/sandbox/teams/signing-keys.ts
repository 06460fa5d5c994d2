// The keys with which the Bot Connector signs, as it publishes them, and tokens made with them.
import { createHmac, generateKeyPair, type KeyObject, sign } from "node:crypto";
import { promisify } from "node:util";
import type { Json } from "../slack/wire.js";

/** Which key signs: the one for Teams, a published one for other channels, or one that nobody published. */
export type KeyName = "endorsed" | "unendorsed" | "unknown";

/** How a token is made. */
export interface TokenParts {
  readonly claims: Json;
  /** Header fields to add or replace; null takes one away. */
  readonly header?: Json;
  readonly key?: KeyName;
  /** HS256 signs with the public key's text as the secret, as the well-known attack does. */
  readonly alg?: "RS256" | "HS256" | "none";
}

/** The Bot Connector's keys. */
export interface SigningKeys {
  /** The published key set. */
  published(): Json;
  /** The id of a key, as headers name it. */
  kid(key: KeyName): string;
  sign(parts: TokenParts): string;
  /** Replaces the key for Teams, as Microsoft does from time to time. */
  rotate(): Promise<void>;
}

interface KeyPair {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const makePair = promisify(generateKeyPair);
// Making keys is slow, and what they are does not matter: all sandboxes of a process start with the same ones.
let firstKeys: Promise<Record<KeyName, KeyPair>> | undefined;

/** Makes the keys. */
export async function createSigningKeys(): Promise<SigningKeys> {
  firstKeys ??= makeAll();
  const keys = { ...(await firstKeys) };
  let rotations = 0;
  return {
    published: () => ({
      keys: [jwk(keys.endorsed, ["msteams"]), jwk(keys.unendorsed, ["webchat", "directline"])],
    }),
    kid: (key) => keys[key].kid,
    sign: ({ claims, header = {}, key = "endorsed", alg = "RS256" }) => {
      const { kid, privateKey, publicKey } = keys[key];
      const head = withoutNulls({ typ: "JWT", alg, kid, ...header });
      const signed = `${encode(head)}.${encode(claims)}`;
      if (alg === "none") return `${signed}.`;
      const secret = publicKey.export({ type: "spki", format: "pem" });
      const signature =
        alg === "HS256"
          ? createHmac("sha256", secret).update(signed).digest("base64url")
          : sign("sha256", Buffer.from(signed), privateKey).toString("base64url");
      return `${signed}.${signature}`;
    },
    async rotate() {
      rotations += 1;
      keys.endorsed = await pair(`teams-${rotations + 1}`);
    },
  };
}

async function makeAll(): Promise<Record<KeyName, KeyPair>> {
  const [endorsed, unendorsed, unknown] = await Promise.all([pair("teams-1"), pair("others-1"), pair("nobody-1")]);
  return { endorsed, unendorsed, unknown };
}

async function pair(kid: string): Promise<KeyPair> {
  return { kid, ...(await makePair("rsa", { modulusLength: 2048 })) };
}

function jwk({ kid, publicKey }: KeyPair, endorsements: readonly string[]): Json {
  return { ...publicKey.export({ format: "jwk" }), kid, use: "sig", alg: "RS256", endorsements };
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}

/** An object without the fields that are null. */
export function withoutNulls(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== null));
}
