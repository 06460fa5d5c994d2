/** The address that a call asks for its words. */
export const voiceUrl = (publicUrl: string, token: string): string => `${publicUrl}/webhooks/twilio/voice?t=${token}`;

/**
 * The address for the statuses of one message or call. The fragment asks for five tries after any failure; it is not
 * sent and not signed (twilio.com/docs/usage/webhooks/webhooks-connection-overrides).
 */
export const statusUrl = (publicUrl: string, token: string): string =>
  `${publicUrl}/webhooks/twilio/status?t=${token}#rc=5&rp=all`;
