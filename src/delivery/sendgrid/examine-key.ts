// What SendGrid says of a key, asked once. The SDK's errors hold the key, so only their codes leave this file.
import sendgrid from "@sendgrid/client";
import { replyOfFailure } from "./mail-outcome.js";

/** Whose key may do what, or why SendGrid did not say; `refused` when it was the key that was not accepted. */
export type KeyFinding =
  | { readonly ok: true; readonly maySend: boolean }
  | { readonly ok: false; readonly refused: boolean; readonly code: string };

type KeyClient = {
  setApiKey(key: string): void;
  setDefaultRequest(options: object): unknown;
  request(options: object): Promise<readonly [unknown, unknown]>;
};

// The package is CommonJS whose export is an instance that carries its class; its types do not tell.
const { Client } = sendgrid as unknown as { readonly Client: new () => KeyClient };

const SEND_SCOPE = "mail.send";

/** Asks SendGrid for the scopes of a key. */
export async function examineSendGridKey(asked: {
  readonly apiKey: { reveal(): string };
  /** Null: SendGrid's own address. */
  readonly apiUrl: string | null;
  readonly timeoutMs: number;
}): Promise<KeyFinding> {
  const client = new Client();
  // The address comes last: setting the key sets the address too.
  client.setApiKey(asked.apiKey.reveal());
  client.setDefaultRequest({
    ...(asked.apiUrl === null ? {} : { baseUrl: asked.apiUrl }),
    ...{ timeout: asked.timeoutMs, maxRedirects: 0, proxy: false },
    // The HTTP client's own limit is about silence only; this one also ends an answer that never ends.
    signal: AbortSignal.timeout(asked.timeoutMs),
  });
  try {
    const [, body] = await client.request({ method: "GET", url: "/v3/scopes" });
    const scopes = typeof body === "object" && body !== null && "scopes" in body ? body.scopes : null;
    if (!Array.isArray(scopes)) return { ok: false, refused: false, code: "sendgrid_unreadable" };
    return { ok: true, maySend: scopes.includes(SEND_SCOPE) };
  } catch (error) {
    const { outcome } = replyOfFailure(error, new Date());
    const code = "code" in outcome ? outcome.code : "sendgrid_unreadable";
    return { ok: false, refused: outcome.kind === "operator", code };
  }
}
