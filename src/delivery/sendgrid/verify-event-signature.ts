// Signatures of the event webhook: ECDSA over the timestamp and the raw bytes (twilio.com/docs/sendgrid/for-developers/
// tracking-events/getting-started-event-webhook-security-features). node:crypto is faster than the vendor's package,
// and never throws on a malformed signature.
import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** Says whether a post was signed by the vendor, not too long ago. */
export type EventVerifier = (post: {
  readonly body: Buffer;
  readonly signature: string | undefined;
  readonly timestamp: string | undefined;
}) => boolean;

/** Posts are tried again for a day; one from the future has a clock that is wrong. */
const OLDEST_MS = 24 * 60 * 60_000;
const NEWEST_MS = 5 * 60_000;

/** Reads the key as the console shows it, base64 of the SPKI; null when it is none. */
export function readEventKey(base64: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(base64, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ec" ? key : null;
  } catch {
    // Whatever is wrong with it, it is no key.
    return null;
  }
}

/** Creates the check; `now` is real time. */
export function createEventVerifier(key: KeyObject, now: () => Date): EventVerifier {
  return ({ body, signature, timestamp }) => {
    if (signature === undefined || timestamp === undefined || !/^\d{1,12}$/.test(timestamp)) return false;
    const age = now().getTime() - Number(timestamp) * 1000;
    if (age > OLDEST_MS || age < -NEWEST_MS) return false;
    const signed = Buffer.concat([Buffer.from(timestamp), body]);
    try {
      return verify("sha256", signed, key, Buffer.from(signature, "base64"));
    } catch {
      // A signature that is not even DER.
      return false;
    }
  };
}
