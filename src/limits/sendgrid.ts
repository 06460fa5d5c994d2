// SendGrid's documented numbers for POST /v3/mail/send and the event webhook (twilio.com/docs/sendgrid/api-reference/mail-send).

/** Limits of one mail/send request. */
export const sendgridMailLimits = {
  personalizations: 1000,
  recipients: 1000, // to, cc and bcc of all personalizations together
  substitutionBytes: 10_000, // of each personalization
  customArgsBytes: 10_000, // of each personalization, together with those of the message
  categories: 10,
  categoryCharacters: 255,
  sendAheadSeconds: 72 * 3600,
  requestBytes: 30 * 1024 * 1024, // longer: 413
} as const;

/** Headers that a message may not set (twilio.com/docs/sendgrid/api-reference/mail-send/errors#headers-errors), in lower case. */
export const sendgridReservedHeaders = [
  "x-sg-id",
  "x-sg-eid",
  "received",
  "dkim-signature",
  "content-type",
  "content-transfer-encoding",
  "to",
  "from",
  "subject",
  "reply-to",
  "cc",
  "bcc",
] as const;

/** Most events in one post of the event webhook. */
export const sendgridEventBatch = 1000;
