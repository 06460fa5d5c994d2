// The real SendGrid SDK, pointed at a stand-in on this machine.

import { Client } from "@sendgrid/client";
import { MailService } from "@sendgrid/mail";
import type { SendGridSandbox } from "../../../src/sandbox/sendgrid/sendgrid-sandbox.js";

/** What the SDK throws, as far as these tests look at it. */
export interface Thrown {
  readonly code?: number | string;
  readonly message: string;
  readonly response?: { readonly headers: Record<string, string>; readonly body: unknown };
}

/** A client of the SDK with the sandbox's own key, or another. */
export function sendGridClient({ url, apiKey }: SendGridSandbox, key = apiKey): { mail: MailService; client: Client } {
  const client = new Client();
  const mail = new MailService();
  mail.setClient(client);
  mail.setApiKey(key);
  client.setDefaultRequest("baseUrl", url);
  Object.assign(client, { defaultRequest: { ...Reflect.get(client, "defaultRequest"), timeout: 5000, proxy: false } });
  return { mail, client };
}

/** Posts a body to mail/send as it is. */
export async function sendRaw(sandbox: SendGridSandbox, body: object): Promise<{ status: number; messageId: string }> {
  const { client } = sendGridClient(sandbox);
  const [response] = await client.request({ method: "POST", url: "/v3/mail/send", body });
  const headers = response.headers as Record<string, string>;
  return { status: response.statusCode, messageId: String(headers["x-message-id"]) };
}

/** The error that a call of the SDK ends with. */
export async function thrownBy(call: Promise<unknown>): Promise<Thrown> {
  try {
    await call;
  } catch (error) {
    return error as Thrown;
  }
  throw new Error("The call was expected to fail");
}
