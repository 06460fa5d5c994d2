import { createHmac, timingSafeEqual } from "node:crypto";
import { slackDeadlines } from "../limits/slack.js";

/** Why a request does not come from Slack, or "ok". */
export type SignatureCheck = "ok" | "no-signature" | "stale" | "future" | "mismatch";

/** Checks Slack's signature over the raw bytes, and that the request is neither old nor dated ahead. */
export function verifySignature(request: {
  readonly secret: string;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  readonly body: Buffer;
  /** Real time in milliseconds. */
  readonly nowMs: number;
}): SignatureCheck {
  const { secret, timestamp, signature, body, nowMs } = request;
  if (timestamp === undefined || signature === undefined || !/^\d{1,11}$/.test(timestamp)) return "no-signature";
  const ageMs = Math.floor(nowMs / 1000) * 1000 - Number(timestamp) * 1000;
  if (ageMs > slackDeadlines.signatureAgeMs) return "stale";
  // Slack never dates ahead; Bolt's own check leaves this side open to signatures kept for later.
  if (ageMs < -slackDeadlines.signatureAgeMs) return "future";
  const expected = Buffer.from(
    `v0=${createHmac("sha256", secret).update(`v0:${timestamp}:`).update(body).digest("hex")}`,
  );
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected) ? "ok" : "mismatch";
}
