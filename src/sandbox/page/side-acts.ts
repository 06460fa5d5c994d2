// What people do on their phones and in Teams through the page.

import type { Entered } from "../slack/element-values.js";
import { isJson, type Json } from "../slack/wire.js";
import type { User } from "../slack/workspace.js";
import type { TeamsPerson } from "../teams/person.js";
import type { TwilioSandbox } from "../twilio/twilio-sandbox.js";
import type { PageSources } from "./side-looking.js";
import { type SideTexts, sideTexts } from "./side-texts.js";
import { teamsMember } from "./teams-pane.js";

/** Does what the page asks beside the workspace, and answers false for what is not done there. */
export async function performBeside(sources: PageSources, user: User, body: Json): Promise<boolean> {
  const what = String(body["do"]);
  const texts = sideTexts[sources.slack.ws.language];
  if (what.startsWith("phone-")) await usePhone(sources.twilio, what, body);
  else if (what.startsWith("teams-")) await useTeams(personIn(sources, user, texts), what, body, texts);
  else return false;
  return true;
}

async function usePhone(twilio: TwilioSandbox | null, what: string, body: Json): Promise<unknown> {
  const number = String(body["number"]);
  const phone = twilio?.phones().find((known) => known.number === number);
  if (!twilio || !phone) throw new Error(`There is no phone ${number}`);
  switch (what) {
    case "phone-answer":
      return phone.answer();
    case "phone-press":
      return phone.press(String(body["key"]));
    case "phone-hang-up":
      return phone.hangUp();
    case "phone-decline":
      return phone.decline();
    case "phone-reply": {
      const sender = phone.texts().at(-1)?.from ?? twilio.numbers.find(({ sms }) => sms)?.number;
      return phone.reply(String(body["text"]), sender);
    }
    default:
      throw new Error(`A phone cannot do "${what}"`);
  }
}

function personIn({ teams }: PageSources, user: User, texts: SideTexts): TeamsPerson {
  const member = teams && teamsMember(teams, user);
  if (!teams || !member) throw new Error(texts.notInTeams);
  return teams.teams.person(member.handle);
}

async function useTeams(person: TeamsPerson, what: string, body: Json, texts: SideTexts): Promise<void> {
  const at = String(body["at"]);
  switch (what) {
    case "teams-type": {
      const thread = body["thread"] && at !== "@bot" ? { thread: String(body["thread"]) } : {};
      return told(await person.types(String(body["text"]), { in: at, ...thread }), texts);
    }
    case "teams-open":
      await person.opens(at);
      return undefined;
    case "teams-press": {
      const pressed = { in: at, message: String(body["message"]), inputs: enteredIn(body) };
      const answer = await person.presses(String(body["action"]), pressed);
      if (answer.errors) throw new Error(Object.values(answer.errors).join(" "));
      return told(answer, texts);
    }
    case "teams-submit": {
      if (person.openView()?.id !== body["dialog"]) throw new Error(texts.dialogGone);
      await person.fills(enteredIn(body));
      return told(await person.presses(String(body["action"]), { in: "form" }), texts);
    }
    case "teams-close":
      return person.openView() ? person.closes() : undefined;
    default:
      throw new Error(`Nobody can do "${what}" in Teams`);
  }
}

function enteredIn(body: Json): Readonly<Record<string, Entered>> {
  return isJson(body["inputs"]) ? (body["inputs"] as Record<string, Entered>) : {};
}

/** Says when the bot was asked and did not answer properly; what was not sent needs no answer. */
function told(answer: { sent: boolean; acknowledged: boolean; error?: string }, texts: SideTexts): void {
  if (answer.sent && !answer.acknowledged) throw new Error(`${texts.noAnswer} (${answer.error ?? "?"})`);
}
