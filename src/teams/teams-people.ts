// Chat identities and people: whoever acts enters the directory, and the words know everybody's name.
import type { CustomerWords, Voice } from "../chat/voice.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { ConversationRow } from "../ports/conversations.js";
import type { Catalogue, Directory, PersonCard } from "../ports/directory.js";
import type { Outreach } from "../ports/outreach.js";
import type { CardLookup } from "./card-markdown.js";
import type { Arrival } from "./read-activity.js";
import { toChatFault } from "./teams-fault.js";
import type { Member, TeamsPort } from "./teams-port.js";
import type { TeamsReporter, TeamsSettings } from "./teams-settings.js";

/** Who acts, as far as finding the person goes. */
export type Identity = Pick<Arrival, "userName" | "memberId" | "row"> & { readonly userId: string };

/** People of the tenant. */
export type TeamsPeople = {
  /** The person who acts; null for a member of another company. */
  enter(identity: Identity): Promise<PersonCard | null>;
  /** The person whom somebody mentions; null for an app or a stranger. */
  mentioned(memberId: string, row: ConversationRow): Promise<PersonCard | null>;
  userIdOf(person: PersonId): string | null;
  voiceFor(person: PersonCard | null): Voice;
  /** How a renderer names people and links the incident's thread. */
  lookupFor(voice: Voice, roomUrl: string | null): CardLookup;
};

/** What the people are found with. */
export type TeamsPeopleDeps = {
  readonly port: Pick<TeamsPort, "member">;
  readonly directory: Directory;
  readonly catalogue: Pick<Catalogue, "customerName">;
  readonly settings: Pick<TeamsSettings, "language" | "zone" | "tenantId">;
  readonly reporter: TeamsReporter;
  /** Words and reach of messages to customers; undefined where none can be sent. */
  readonly outreach?: Outreach | undefined;
};

/** How people call the bot. */
export const BOT_NAME = "Plantão";

/** A person waits for the answer meanwhile, and the activity's own name will do. */
const PROFILE_WAIT_MS = 600;
const ROOM_WORDS = { "pt-BR": "o tópico do incidente", en: "the incident's thread" } as const;

/** Creates the people of the tenant. */
export function createTeamsPeople(deps: TeamsPeopleDeps): TeamsPeople {
  const { directory, settings } = deps;
  const outreach = deps.outreach === undefined ? {} : { outreach: customerWords(deps.outreach) };
  const asking = new Map<string, Promise<Member | null>>();
  // Known only by the activity's name: the address is still to be asked.
  const incomplete = new Set<string>();

  async function profile(memberId: string, row: ConversationRow): Promise<Member | null> {
    try {
      return await deps.port.member(row, memberId);
    } catch (error) {
      deps.reporter.callFailed({ what: "member", code: toChatFault(error).code });
      return null;
    } finally {
      asking.delete(memberId);
    }
  }

  function ask(memberId: string, row: ConversationRow): Promise<Member | null> {
    const asked = asking.get(memberId) ?? profile(memberId, row);
    asking.set(memberId, asked);
    return asked;
  }

  const isStranger = ({ tenantId }: Member): boolean => tenantId !== null && tenantId !== settings.tenantId;

  /** Completes later what the first act had no time for. */
  function complete({ userId, memberId, row }: Identity): void {
    const enterAgain = async (): Promise<void> => {
      const found = await ask(memberId, row);
      if (found === null || isStranger(found) || !incomplete.delete(userId)) return;
      await actsAs(userId, found);
    };
    enterAgain().catch(() => incomplete.add(userId));
  }

  async function enter(identity: Identity): Promise<PersonCard | null> {
    const { userId, userName, memberId, row } = identity;
    const known = directory.byChat("teams", userId);
    if (known !== null) {
      if (incomplete.has(userId)) complete(identity);
      return known;
    }
    const found = await within(ask(memberId, row), PROFILE_WAIT_MS);
    if (found !== null && isStranger(found)) return null;
    if (found === null) incomplete.add(userId);
    return actsAs(userId, { name: found?.name || userName || userId, email: found?.email ?? null });
  }

  // Teams tells the bot nothing about administrators of the company.
  function actsAs(userId: string, { name, email }: Pick<Member, "name" | "email">): Promise<PersonCard> {
    return directory.whoActs({ platform: "teams", userId, name, email, admin: false });
  }

  async function mentioned(memberId: string, row: ConversationRow): Promise<PersonCard | null> {
    const byUserId = directory.byChat("teams", memberId);
    if (byUserId !== null) return byUserId;
    const found = await ask(memberId, row);
    if (found === null || found.userId === null || isStranger(found)) return null;
    return directory.byChat("teams", found.userId) ?? actsAs(found.userId, found);
  }

  const personName = (id: PersonId): string => directory.person(id)?.name ?? id;
  const userIdOf = (id: PersonId): string | null => directory.person(id)?.chat.teams ?? null;

  return {
    enter,
    mentioned,
    userIdOf,
    voiceFor: (person) => ({
      language: person?.language ?? settings.language,
      zone: person?.zone ?? settings.zone,
      personName,
      customerName: (id) => deps.catalogue.customerName(id),
      isReachable: (id) => userIdOf(id) !== null,
      command: `@${BOT_NAME}`,
      ...outreach,
    }),
    lookupFor: (voice, url) => ({
      mention(id) {
        const userId = userIdOf(id);
        return userId === null ? null : { id: userId, name: personName(id) };
      },
      personName,
      room: { url, label: ROOM_WORDS[voice.language] },
    }),
  };
}

function customerWords(outreach: Outreach): CustomerWords {
  return {
    mode: outreach.mode,
    supportContact: outreach.supportContact,
    statusUrl: outreach.statusUrl,
    catalogue: (pinned) => (pinned === null ? outreach.inForce() : outreach.version(pinned.id, pinned.version)),
    receives: (customerId) => outreach.receives(customerId),
  };
}

/** The outcome of the work, or null when it takes longer. */
async function within<T>(work: Promise<T | null>, boundMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const bound = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), boundMs);
  });
  const first = await Promise.race([work, bound]);
  clearTimeout(timer);
  return first;
}
