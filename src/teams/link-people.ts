// Finds the Teams account of people whom the company's file names only by e-mail address, so that somebody who never
// used the bot can be paged. The roster of the team that the bot is in tells all of them at once.
import type { PersonId } from "../domain/incident/ids.js";
import type { ConversationRow } from "../ports/conversations.js";
import type { Directory, PersonCard } from "../ports/directory.js";
import { toChatFault } from "./teams-fault.js";
import type { TeamsPort } from "./teams-port.js";
import type { TeamsReporter } from "./teams-settings.js";

/** Links people with their accounts. */
export type PeopleLinker = {
  /**
   * Links those of these people who are not linked yet. False when Teams or the store could not tell about one of them
   * now: asking again later may find the account.
   */
  link(people: readonly PersonId[]): Promise<boolean>;
};

/** What linking needs. */
export type LinkDeps = {
  readonly port: Pick<TeamsPort, "members">;
  /** The channel whose team is asked; null until one is known. */
  readonly team: () => Promise<ConversationRow | null>;
  readonly directory: Directory;
  readonly tenantId: string;
  readonly reporter: TeamsReporter;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
};

/** Nobody joins a team within minutes of being paged, so a missing account is not asked for at every message. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Creates the linker. */
export function createPeopleLinker(deps: LinkDeps): PeopleLinker {
  const { directory } = deps;
  let answeredAt = Number.NEGATIVE_INFINITY;
  // Whoever needs a person while the roster is read waits for it: without it the page would have no address.
  let asking: Promise<boolean> | null = null;

  async function readRoster(): Promise<boolean> {
    try {
      const team = await deps.team();
      if (team === null) return false;
      const byEmail = new Map<string, string>();
      for (const { userId, email, tenantId } of await deps.port.members(team)) {
        if (userId !== null && email !== null && (tenantId ?? deps.tenantId) === deps.tenantId)
          byEmail.set(email.toLowerCase(), userId);
      }
      for (const person of directory.all().filter(isUnlinked)) await linkOne(person, byEmail);
      answeredAt = deps.realNow();
      return true;
    } catch (error) {
      deps.reporter.callFailed({ what: "members", code: toChatFault(error).code });
      return false;
    }
  }

  async function linkOne({ name, email }: PersonCard, byEmail: ReadonlyMap<string, string>): Promise<void> {
    const userId = email === null ? undefined : byEmail.get(email.toLowerCase());
    if (userId === undefined) return;
    await directory.whoActs({ platform: "teams", userId, name, email, admin: false });
  }

  return {
    async link(people) {
      const unlinked = people.map((id) => directory.person(id)).filter((card) => card !== null && isUnlinked(card));
      if (unlinked.length === 0 || deps.realNow() - answeredAt < ASK_AGAIN_MS) return true;
      asking ??= readRoster().finally(() => {
        asking = null;
      });
      return asking;
    },
  };
}

const isUnlinked = (person: PersonCard): boolean => person.email !== null && person.chat.teams === undefined;
