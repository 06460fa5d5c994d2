// What the Slack door is given: settings from the environment, and where it reports what it saw.

/** A secret that shows nothing unless it is asked to. */
export interface SecretText {
  reveal(): string;
}

/** Settings of the Slack door. */
export type SlackSettings = {
  readonly botToken: SecretText;
  readonly signingSecret: SecretText;
  /** Base of the Web API, with the trailing slash. */
  readonly apiUrl: string;
  /** Id of the announcement channel. */
  readonly announcementChannel: string | null;
  /** Slash commands that this installation answers to, with the slash. */
  readonly commands: readonly string[];
  readonly language: "pt-BR" | "en";
  /** IANA zone for instants where Slack cannot show the reader's own. */
  readonly zone: string;
};

/** Facts of the Slack door for operators. Fields are codes, ids and numbers; never texts, names or tokens. */
export interface SlackReporter {
  /** A request did not pass the door. */
  requestRefused(fact: { readonly status: number; readonly reason: string }): void;
  /** An answer was not ready in time; the work goes on and its outcome is told later. */
  answerLate(fact: { readonly what: string; readonly afterMs: number }): void;
  /** A call to Slack failed in a place where nobody retries it. */
  callFailed(fact: { readonly what: string; readonly code: string }): void;
  /** Our own code failed; the person was given the reference. */
  broke(fact: { readonly what: string; readonly reference: string; readonly err: unknown }): void;
  /** The connection to Slack came up or went away. */
  connection(fact: { readonly state: "ready" | "lost"; readonly code: string | null }): void;
}
