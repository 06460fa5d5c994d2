// Whether a request really comes from Twilio. The address that was signed is made from the configured public address
// and never from the Host header, which the sender chooses.
import type { IncomingMessage, ServerResponse } from "node:http";

/** A request of Twilio's, verified. */
export type TwilioForm = { readonly query: URLSearchParams; readonly fields: Readonly<Record<string, string>> };

/** Reads and verifies a request; null when it has been answered with a refusal. */
export type ReadTwilioForm = (request: IncomingMessage, response: ServerResponse) => Promise<TwilioForm | null>;

/** What verification needs. */
export type SignatureOptions = {
  readonly publicUrl: string;
  /** The account's auth token; API keys sign nothing. */
  readonly authToken: { reveal(): string };
  /** A request was refused; the reason is a code. */
  readonly onRefused: (reason: string) => void;
};

const MOST_BYTES = 64 * 1024;
const FORM = "application/x-www-form-urlencoded";

/** Makes the reader. Bytes are verified before anything of them is believed. */
export function createFormReader({ publicUrl, authToken, onRefused }: SignatureOptions): ReadTwilioForm {
  const refuse = (response: ServerResponse, status: 403 | 413, reason: string): null => {
    onRefused(reason);
    // What was not read would be taken for the next request.
    response.writeHead(status, { "content-length": "0", connection: "close" }).end();
    return null;
  };
  return async (request, response) => {
    const bytes = await readBytes(request);
    if (bytes === null) return refuse(response, 413, "too_large");
    const target = request.url ?? "";
    const signature = request.headers["x-twilio-signature"];
    const isForm = (request.headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() === FORM;
    if (!target.startsWith("/") || typeof signature !== "string" || !isForm) return refuse(response, 403, "not_signed");
    const fields = fieldsOf(new URLSearchParams(bytes.toString("utf8")));
    const signed = fields !== null && (await isSigned(authToken.reveal(), signature, `${publicUrl}${target}`, fields));
    if (fields === null || !signed) return refuse(response, 403, "signature");
    return { query: new URL(target, "http://localhost").searchParams, fields };
  };
}

/** Whether Twilio signed these fields for this address; what cannot be checked is not signed. */
export async function isSigned(
  authToken: string,
  signature: string,
  url: string,
  fields: Readonly<Record<string, string>>,
): Promise<boolean> {
  const { validateRequest } = await import("twilio/lib/webhooks/webhooks.js");
  try {
    return URL.canParse(url) && validateRequest(authToken, signature, url, fields);
  } catch {
    // The SDK throws on addresses and fields that it cannot put into its form.
    return false;
  }
}

/** Null when a name occurs twice: Twilio never does that, and which value counts would be a guess. */
function fieldsOf(form: URLSearchParams): Readonly<Record<string, string>> | null {
  const fields = Object.fromEntries(form);
  return Object.keys(fields).length === form.size ? fields : null;
}

/** Null when there are more bytes than such a request may have, or when it breaks off. */
async function readBytes(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    // Left open, so that the refusal can still be answered.
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BYTES) return null;
      chunks.push(chunk);
    }
  } catch {
    // The sender is gone, and with it whoever could be answered.
    return null;
  }
  return Buffer.concat(chunks);
}
