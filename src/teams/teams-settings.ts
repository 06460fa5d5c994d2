// What the Teams door is given: settings from the environment, and where it reports what it saw.

/** A secret that shows nothing unless it is asked to. */
export interface SecretText {
  reveal(): string;
}

/** Settings of the Teams door. */
export type TeamsSettings = {
  readonly appId: string;
  readonly appPassword: SecretText;
  readonly tenantId: string;
  /** Channel in which incidents open their threads; null: the channel in which they are declared. */
  readonly channelId: string | null;
  readonly announcementChannelId: string | null;
  /** OpenID metadata of those who sign what arrives. */
  readonly openIdMetadataUrl: string;
  /** Where the bot gets its own tokens. */
  readonly tokenUrl: string;
  /** Origins of connectors that are trusted; null: Microsoft's own. */
  readonly serviceUrls: readonly string[] | null;
  readonly language: "pt-BR" | "en";
  /** IANA zone for instants that Teams does not show in the reader's own. */
  readonly zone: string;
};

/** Facts of the Teams door for operators. Fields are codes, ids and numbers; never texts, names or tokens. */
export interface TeamsReporter {
  /** A request did not pass the door. */
  requestRefused(fact: { readonly status: number; readonly reason: string }): void;
  /** An answer was not ready in time; the work goes on and its outcome is told later. */
  answerLate(fact: { readonly what: string; readonly afterMs: number }): void;
  /** A call to Teams failed in a place where nobody retries it. */
  callFailed(fact: { readonly what: string; readonly code: string }): void;
  /** An earlier attempt may have been accepted, and Teams cannot tell: the message may now be there twice. */
  mayBeTwice(fact: { readonly what: string }): void;
  /** Our own code failed; the person was given the reference. */
  broke(fact: { readonly what: string; readonly reference: string; readonly err: unknown }): void;
  /** The connection to Teams came up or went away. */
  connection(fact: { readonly state: "ready" | "lost"; readonly code: string | null }): void;
}
