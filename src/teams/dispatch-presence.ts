// The bot comes and goes: conversations are remembered and forgotten, and a person is welcomed once. Teams tells the
// same thing by two kinds of activities, in any order and more than once.
import type { DoorDeps } from "./door-deps.js";
import type { Arrival } from "./read-activity.js";
import { createReplies } from "./replies.js";
import { sendReply } from "./send-reply.js";

/** What happened to the bot in a conversation. */
export type Presence = "installed" | "upgraded" | "removed";

/** Takes the news. */
export async function dispatchPresence(deps: DoorDeps, arrival: Arrival, what: Presence): Promise<void> {
  const { row } = arrival;
  if (what === "removed") return deps.conversations.forget(row);
  await deps.conversations.remember(row);
  if (what === "upgraded") return;
  if (row.kind === "personal") return welcome(deps, arrival);
  if (row.kind === "channel") await enterFirstAdministrator(deps, arrival);
}

async function welcome(deps: DoorDeps, arrival: Arrival): Promise<void> {
  const { userId } = arrival;
  if (userId === null || !(await deps.claims.claim(`teams-welcome:${userId}`, userId))) return;
  const reply = createReplies(deps, userId).sentence("welcome");
  void deps.running.add(sendReply(deps, arrival, reply));
}

/** While nobody administers the bot, whoever brings it into a team does: Teams names no administrators to bots. */
async function enterFirstAdministrator(deps: DoorDeps, { userId, memberId, userName, row }: Arrival): Promise<void> {
  if (userId === null || deps.directory.all().some(({ admin }) => admin)) return;
  const person = await deps.people.enter({ userId, memberId, userName, row });
  if (person === null) return;
  const { name, email } = person;
  await deps.directory.whoActs({ platform: "teams", userId, name, email, admin: true });
}
