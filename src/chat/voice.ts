import type { PersonId } from "../domain/incident/ids.js";
import type { MessageCatalogue } from "../domain/notices/message-catalogue.js";

/** Languages in which the bot talks with the staff. */
export type Language = "pt-BR" | "en";

/** What cards say about messages to customers. */
export type CustomerWords = {
  readonly mode: "live" | "test" | "off";
  readonly supportContact: string | null;
  readonly statusUrl: string | null;
  readonly catalogue: (pinned: { readonly id: string; readonly version: number } | null) => MessageCatalogue;
  /** Whether a contact of this customer receives messages in the present mode. */
  readonly receives: (customerId: string) => boolean;
};

/** Who is spoken to, and the names that the words need. */
export type Voice = {
  readonly language: Language;
  /** IANA zone for instants that the platform cannot show in the reader's own zone. */
  readonly zone: string;
  readonly personName: (id: PersonId) => string;
  readonly customerName: (id: string) => string;
  /** Whether a person has an account where this is said; left out where everybody has one. */
  readonly isReachable?: (id: PersonId) => boolean;
  /** Words and reach of messages to customers; left out where none are shown. */
  readonly outreach?: CustomerWords;
  /** How the reader calls the bot: "/incidente", "@Plantão", ... */
  readonly command?: string;
};

/** How the reader types a command: the door's own way, else the slash command of the language. */
export function commandOf(voice: Pick<Voice, "language" | "command">): string {
  return voice.command ?? (voice.language === "pt-BR" ? "/incidente" : "/incident");
}
