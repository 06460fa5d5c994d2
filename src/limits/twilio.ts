// Twilio's documented numbers for messages, calls and webhooks, and the alphabet that decides what an SMS costs.

/** Limits of the Message resource (twilio.com/docs/messaging/api/message-resource). */
export const twilioMessageLimits = {
  bodyCharacters: 1600, // 21617
  validitySeconds: { least: 1, most: 36_000 }, // 21624; the most is also the default
  queueSeconds: 36_000, // a sender's queue holds ten hours of traffic: 21611
} as const;

/** Limits of lists (twilio.com/docs/usage/twilios-response#pagination). */
export const twilioPageSizes = { usual: 50, most: 1000 } as const;

/** Limits of the Call resource and of TwiML (twilio.com/docs/voice/api/call-resource, /voice/twiml). */
export const twilioVoiceLimits = {
  inlineTwimlCharacters: 4000,
  ringSeconds: { usual: 60, most: 600 },
  gatherSeconds: 5,
  sayCharacters: 4096, // 13520
} as const;

/** How webhooks are tried; `#rc`, `#ct` and `#rt` of a URL change it (twilio.com/docs/usage/webhooks/webhooks-connection-overrides). */
export const twilioWebhookDefaults = { connectMs: 5000, readMs: 15_000, retries: 1, mostRetries: 5 } as const;

/** Characters of one SMS and of one part of a longer SMS (twilio.com/docs/glossary/what-sms-character-limit). */
export const smsSegmentSizes = {
  gsm7: { single: 160, part: 153 }, // in septets
  ucs2: { single: 70, part: 67 }, // in UTF-16 code units
} as const;

/** The characters of GSM-7 that take one septet (3GPP TS 23.038, twilio.com/docs/glossary/what-is-gsm-7-character-encoding). */
export const gsm7Basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/** The characters of GSM-7 that take two septets. */
export const gsm7Extension = "\f^{}\\[~]|€";

/** Words that end a subscription, as whole messages in any case (twilio.com/docs/messaging/tutorials/advanced-opt-out). */
export const smsStopWords = ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"] as const;

/** Words that begin it again. */
export const smsStartWords = ["START", "UNSTOP", "YES"] as const;
