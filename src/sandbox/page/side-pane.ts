// What stands beside the Slack workspace: one of Teams, phones and mailboxes at a time, whichever are there.
import type { User } from "../slack/workspace.js";
import { mailPane } from "./mail-pane.js";
import { pageTexts } from "./page-texts.js";
import { phonePane } from "./phone-pane.js";
import type { PageSources, SideLooking, SideName, SidePane } from "./side-looking.js";
import { sideTexts } from "./side-texts.js";
import { teamsPane } from "./teams-pane.js";

/** Everything that the script puts beside the workspace. */
export interface DrawnSide extends SidePane {
  readonly name: SideName;
}

/** The sides that are there, in the order of their buttons. */
export function sidesOf({ teams, twilio, sendgrid }: PageSources): readonly SideName[] {
  const there = { teams, phones: twilio, mails: sendgrid };
  return (["teams", "phones", "mails"] as const).filter((name) => there[name] !== null);
}

/** Draws the side that is asked for, or the first one; null when there is none. */
export function drawSide(sources: PageSources, user: User, query: URLSearchParams): DrawnSide | null {
  const sides = sidesOf(sources);
  const name = sides.find((side) => side === query.get("side")) ?? sides[0];
  if (name === undefined) return null;
  const { language } = sources.slack.ws;
  const page = pageTexts[language];
  const clock = new Intl.DateTimeFormat(language, { timeZone: user.timezone, hour: "2-digit", minute: "2-digit" });
  const looking: SideLooking = {
    user,
    at: query.get("at") ?? "",
    mail: query.get("mail") ?? "",
    filter: query.get("filter") ?? "",
    texts: sideTexts[language],
    page,
    send: page.send,
    imageNotShown: page.imageNotShown,
    time: (at) => clock.format(at),
  };
  const pane = paneOf(sources, name, looking);
  const newest = Object.fromEntries(sides.map((side) => [side, newestIn(sources, side)]));
  return { ...pane, name, news: { ...pane.news, ...newest } };
}

function paneOf({ teams, twilio, sendgrid }: PageSources, name: SideName, looking: SideLooking): SidePane {
  if (name === "teams" && teams) return teamsPane(teams, looking);
  if (name === "phones" && twilio) return phonePane(twilio, looking);
  if (name === "mails" && sendgrid) return mailPane(sendgrid, looking);
  return { heading: "", pieces: [] };
}

/** Something that changes whenever the bot sends something new to a side. */
function newestIn({ teams, twilio, sendgrid }: PageSources, side: SideName): string {
  if (side === "phones") return count((twilio?.accepted().length ?? 0) + (twilio?.acceptedCalls().length ?? 0));
  if (side === "mails") return count(sendgrid?.accepted().length ?? 0);
  const conversations = [...(teams?.tenant.conversations.values() ?? [])];
  return count(conversations.reduce((sum, { messages }) => sum + messages.length, 0));
}

function count(number: number): string {
  return number === 0 ? "" : String(number);
}
