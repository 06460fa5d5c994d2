// What the side of the page is drawn from, and what its parts give back.
import type { SendGridSandbox } from "../sendgrid/sendgrid-sandbox.js";
import type { Desk } from "../slack/desk.js";
import type { User } from "../slack/workspace.js";
import type { TeamsRooms } from "../teams/teams-sandbox.js";
import type { TwilioSandbox } from "../twilio/twilio-sandbox.js";
import type { PageTexts } from "./page-texts.js";
import type { Panes, Piece } from "./panes.js";
import type { SideTexts } from "./side-texts.js";

/** What the page shows: the Slack workspace, and beside it whatever else is there. */
export interface PageSources {
  readonly slack: Desk;
  readonly teams: TeamsRooms | null;
  readonly twilio: TwilioSandbox | null;
  readonly sendgrid: SendGridSandbox | null;
}

/** What can stand beside the workspace. */
export type SideName = "teams" | "phones" | "mails";

/** What the person has in front of them at the side. */
export interface SideLooking {
  readonly user: User;
  /** Place in Teams. */
  readonly at: string;
  /** The opened mail: its address and its number in the mailbox. */
  readonly mail: string;
  readonly filter: string;
  readonly texts: SideTexts;
  readonly page: PageTexts;
  readonly send: string;
  readonly imageNotShown: string;
  time(at: Date): string;
}

/** One side as it is drawn. */
export interface SidePane {
  readonly heading: string;
  readonly pieces: readonly Piece[];
  readonly form?: Panes["form"];
  /** By side or place something that changes with what is new there; apart from the HTML, so that buttons stay put. */
  readonly news?: Readonly<Record<string, string>>;
  /** The place in Teams that is shown. */
  readonly at?: string;
  readonly canWrite?: boolean;
}
