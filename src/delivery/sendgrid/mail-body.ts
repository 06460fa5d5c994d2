// The body of POST /v3/mail/send (twilio.com/docs/sendgrid/api-reference/mail-send): one personalization for each
// reader, because readers in one list see each other.
import type { MailRequest } from "../broadcast/lines.js";

/** Whom mails come from. */
export type MailSender = { readonly email: string; readonly name: string };

/** Makes the body; nothing that names a person goes where the provider's staff can read it. */
export function mailBody(request: MailRequest, from: MailSender): Readonly<Record<string, unknown>> {
  const { token: b, subject, html, text, headers, owed } = request;
  const { addresses, keys, values, indexes } = request;
  return {
    from: { email: from.email, name: from.name },
    subject,
    content: [
      { type: "text/plain", value: text },
      { type: "text/html", value: html },
    ],
    headers,
    personalizations: indexes.map((index) => {
      const substitutions: Record<string, string> = {};
      for (let at = 0; at < keys.length; at += 1)
        substitutions[keys[at] ?? ""] = values[index * keys.length + at] ?? "";
      return { to: [{ email: addresses[index] }], substitutions, custom_args: { b, r: String(index) } };
    }),
    tracking_settings: NO_TRACKING,
    // Never bypass_list_management, which would also write to addresses that bounce or reported spam.
    ...(owed ? { mail_settings: { bypass_unsubscribe_management: { enable: true } } } : {}),
  };
}

const NO_TRACKING = {
  click_tracking: { enable: false, enable_text: false },
  open_tracking: { enable: false },
  subscription_tracking: { enable: false },
};
