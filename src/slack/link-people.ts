// Finds the Slack account of people whom the company's file names only by e-mail address, so that somebody who never
// used the bot can be paged.
import type { WebClient } from "@slack/web-api";
import type { PersonId } from "../domain/incident/ids.js";
import type { Directory, PersonCard } from "../ports/directory.js";
import type { Pacer } from "./pacer.js";
import { slackErrorCode, toChatFault } from "./slack-fault.js";
import type { SlackReporter } from "./slack-settings.js";

/** Links people with their accounts. */
export type PeopleLinker = {
  /**
   * Links those of these people who are not linked yet. False when Slack or the store could not tell about one of them
   * now: asking again later may find the account.
   */
  link(people: readonly PersonId[]): Promise<boolean>;
  /** Links everybody in the directory; while it names no administrator, the workspace's owners and admins enter it. */
  linkAll(): Promise<void>;
};

/** What linking needs. */
export type LinkDeps = {
  readonly client: WebClient;
  readonly pacer: Pacer;
  readonly directory: Directory;
  readonly reporter: SlackReporter;
  /** Real time in milliseconds. */
  readonly realNow: () => number;
};

/** Nobody joins a workspace within minutes of being paged, so a missing account is not asked for at every message. */
const ASK_AGAIN_MS = 10 * 60_000;

/** Creates the linker. */
export function createPeopleLinker(deps: LinkDeps): PeopleLinker {
  const { client, pacer, directory, reporter, realNow } = deps;
  const answeredAt = new Map<PersonId, number>();
  // Whoever needs a person who is being looked up waits for that answer: without it the page would have no address.
  const asking = new Map<PersonId, Promise<boolean>>();

  async function lookUp({ id, name }: PersonCard, email: string): Promise<boolean> {
    try {
      const { user } = await pacer.run("users.lookupByEmail", null, () => client.users.lookupByEmail({ email }));
      if (user?.id) {
        const admin = user.is_admin === true || user.is_owner === true;
        await directory.whoActs({ platform: "slack", userId: user.id, name, email, admin });
      }
    } catch (error) {
      if (slackErrorCode(error) !== "users_not_found") {
        reporter.callFailed({ what: "users.lookupByEmail", code: toChatFault(error).code });
        return false;
      }
    }
    answeredAt.set(id, realNow());
    return true;
  }

  async function linkOne(person: PersonCard): Promise<boolean> {
    const { id, email } = person;
    if (email === null || person.chat.slack !== undefined) return true;
    if (realNow() - (answeredAt.get(id) ?? Number.NEGATIVE_INFINITY) < ASK_AGAIN_MS) return true;
    const answer = asking.get(id) ?? lookUp(person, email).finally(() => asking.delete(id));
    asking.set(id, answer);
    return answer;
  }

  async function enterAdmins(): Promise<void> {
    let cursor = "";
    do {
      const page = await pacer.run("users.list", null, () => client.users.list({ limit: 200, cursor }));
      const admins = (page.members ?? []).filter(
        (user) => (user.is_admin || user.is_owner) && !user.deleted && !user.is_bot,
      );
      for (const user of admins) {
        const name = user.profile?.real_name ?? user.real_name ?? user.name ?? "";
        if (user.id === undefined || name === "") continue;
        const email = user.profile?.email ?? null;
        await directory.whoActs({ platform: "slack", userId: user.id, name, email, admin: true });
      }
      cursor = page.response_metadata?.next_cursor ?? "";
    } while (cursor !== "");
  }

  return {
    async link(people) {
      const cards = people.map((id) => directory.person(id)).filter((card) => card !== null);
      const found = await Promise.all(cards.map(linkOne));
      return !found.includes(false);
    },
    async linkAll() {
      for (const person of directory.all()) await linkOne(person);
      if (directory.all().some((person) => person.admin)) return;
      try {
        await enterAdmins();
      } catch (error) {
        reporter.callFailed({ what: "users.list", code: toChatFault(error).code });
      }
    },
  };
}
