// The app comes and goes: for one person, for the team. Teams tells the bot in two activities, in no fixed order.
import type { Taken } from "../slack/desk.js";
import { fromPerson, installationActivity, rosterActivity } from "./activities.js";
import { type Desk, sendToBot, taken } from "./desk.js";
import { generalChannel, personalChat } from "./directory.js";
import type { Conversation, Member } from "./tenant.js";

/** What happens to the app. */
export type Installation = "add" | "add-upgrade" | "remove";

/** Installs the app for one person, upgrades it or removes it. */
export function installFor(desk: Desk, member: Member, action: Installation): Promise<readonly Taken[]> {
  member.installed = action !== "remove";
  return tell(desk, { conversation: personalChat(desk.tenant, member), member, action });
}

/** Installs the app in the team, upgrades it or removes it, on behalf of a member. */
export function installInTeam(desk: Desk, member: Member, action: Installation): Promise<readonly Taken[]> {
  desk.tenant.team.installed = action !== "remove";
  return tell(desk, { conversation: generalChannel(desk.tenant), member, action });
}

/** Tells the bot that people joined the team. */
export async function tellJoined(desk: Desk, member: Member): Promise<Taken> {
  const base = fromPerson(groundOf(desk), { conversation: generalChannel(desk.tenant) }, member);
  const accounts = [{ id: member.id, aadObjectId: member.aadObjectId }];
  const activity = rosterActivity(base, "membersAdded", accounts);
  return taken(await sendToBot(desk, { activity, what: "conversationUpdate" }));
}

function groundOf(desk: Desk): { tenant: Desk["tenant"]; serviceUrl: string } {
  return { tenant: desk.tenant, serviceUrl: desk.serviceUrl() };
}

async function tell(
  desk: Desk,
  { conversation, member, action }: { conversation: Conversation; member: Member; action: Installation },
): Promise<readonly Taken[]> {
  const base = (): ReturnType<typeof fromPerson> => fromPerson(groundOf(desk), { conversation }, member);
  const installation = installationActivity(base(), action);
  const bot = [{ id: desk.tenant.botId, name: desk.tenant.botName }];
  const roster = rosterActivity(base(), action === "remove" ? "membersRemoved" : "membersAdded", bot);
  // A new version changes nobody's membership.
  const activities = action === "add-upgrade" ? [installation] : [roster, installation];
  const answers = activities.map((activity) => sendToBot(desk, { activity, what: String(activity["type"]) }));
  return (await Promise.all(answers)).map(taken);
}
