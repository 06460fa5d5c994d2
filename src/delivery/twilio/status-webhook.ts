// POST /webhooks/twilio/status: what becomes of messages and calls. The answer waits for the store, so that Twilio
// tries again when it is away; everything may come twice and in any order.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ReadTwilioForm } from "./verify-signature.js";

/** What Twilio says of one message or call; `error` is its code of a failed delivery. */
export type TwilioStatus = { readonly sid: string; readonly status: string; readonly error: number | null };

/** Takes a status by the token of its address; false for a token of somebody else. */
export type StatusTaker = (token: string, status: TwilioStatus) => Promise<boolean>;

/** Creates the listener; the takers are asked in order until one knows the token. */
export function createStatusWebhook(options: {
  readonly read: ReadTwilioForm;
  readonly takers: readonly StatusTaker[];
}): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    const form = await options.read(request, response);
    if (form === null) return;
    const token = form.query.get("t");
    const status = statusIn(form.fields);
    if (token !== null && status !== null) {
      for (const take of options.takers) if (await take(token, status)) break;
    }
    // An unknown token is no reason for Twilio to try again.
    response.writeHead(204).end();
  };
}

function statusIn(fields: Readonly<Record<string, string>>): TwilioStatus | null {
  const sid = fields["MessageSid"] ?? fields["CallSid"];
  const status = fields["MessageStatus"] ?? fields["CallStatus"];
  if (sid === undefined || status === undefined || !/^[a-z_-]{1,30}$/.test(status)) return null;
  const error = fields["ErrorCode"];
  return { sid, status, error: error !== undefined && /^\d{1,6}$/.test(error) ? Number(error) : null };
}
