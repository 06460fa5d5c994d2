/** How a line is set up; a secret shows its value only when it is asked. */
export type TwilioLineOptions = {
  readonly accountSid: string;
  readonly authToken: { reveal(): string };
  /** Null: Twilio's own addresses. */
  readonly apiUrl: string | null;
  /** Connections at the same time. */
  readonly sockets: number;
  readonly timeoutMs: number;
};
