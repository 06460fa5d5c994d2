// What the pipeline asks of a provider: one request, and afterwards whether it has been taken.
import type { IncidentId } from "../../domain/incident/ids.js";
import type { SendOutcome } from "../outcome.js";

/** One request to send one text to many. */
export type MailRequest = {
  readonly incidentId: IncidentId;
  readonly token: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The message is owed also to those who ended their subscription of anything. */
  readonly owed: boolean;
  /** The parcel's lists; `values` holds one value for each key and reader. */
  readonly addresses: readonly string[];
  readonly keys: readonly string[];
  readonly values: readonly string[];
  /** Places in the lists of those who get it; events of the provider carry the place back. */
  readonly indexes: readonly number[];
};

/** What became of a request, which recipients made it fail, and for how long the provider wants no other. */
export type MailReply = {
  readonly outcome: SendOutcome;
  /** Indexes of recipients that the provider named; without them the request may be repeated at once. */
  readonly badRecipients: readonly number[];
  readonly holdMs: number | null;
};

/** The provider of e-mail. Throws DeliveryFault `drill`, nothing else. */
export type MailLine = { send(request: MailRequest): Promise<MailReply>; stop(): void };

/** One SMS. */
export type TextRequest = {
  readonly incidentId: IncidentId;
  readonly token: string;
  readonly to: string;
  readonly body: string;
};

/** The provider of SMS. Throws DeliveryFault `drill`, nothing else. */
export type TextLine = {
  send(request: TextRequest): Promise<SendOutcome>;
  /** Looks whether a message was taken; "unclear" when the provider cannot be asked now. */
  findSent(sought: {
    readonly to: string;
    readonly body: string;
    readonly since: Date;
  }): Promise<"sent" | "not-sent" | "unclear">;
  stop(): void;
};
