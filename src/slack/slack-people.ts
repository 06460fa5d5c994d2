// Chat identities and people: whoever acts enters the directory, and the words know everybody's name.
import type { WebClient } from "@slack/web-api";
import type { CustomerWords, Voice } from "../chat/voice.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { Catalogue, Directory, PersonCard } from "../ports/directory.js";
import type { Outreach } from "../ports/outreach.js";
import type { SpanLookup } from "./mrkdwn.js";
import { toChatFault } from "./slack-fault.js";
import type { SlackReporter, SlackSettings } from "./slack-settings.js";

/** People of the workspace. */
export type SlackPeople = {
  /** The person behind a Slack user; `name` is used when Slack does not tell more in time. */
  enter(userId: string, name: string): Promise<PersonCard>;
  /** The person whom somebody mentions; null for an app, which can hold no role. */
  mentioned(userId: string): Promise<PersonCard | null>;
  /** The Slack id of a person, if there is one. */
  userIdOf(person: PersonId): string | null;
  /** How to speak with a person, or with everybody in a room. */
  voiceFor(person: PersonCard | null): Voice;
  /** How a renderer names people and shows instants. */
  lookupFor(voice: Voice, channelId: string | null): SpanLookup;
};

/** What the people are found with. */
export type SlackPeopleDeps = {
  readonly client: WebClient;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly settings: Pick<SlackSettings, "commands" | "language" | "zone">;
  readonly reporter: SlackReporter;
  /** Words and reach of messages to customers; undefined where none can be sent. */
  readonly outreach?: Outreach | undefined;
};

/** A person waits for the answer meanwhile, and the payload's own name will do. */
const PROFILE_WAIT_MS = 600;
const CHANNEL_WORDS = { "pt-BR": "o canal do incidente", en: "the incident's channel" } as const;

type Profile = { readonly name: string; readonly email: string | null; readonly admin: boolean; readonly bot: boolean };

/** Creates the people of the workspace. */
export function createSlackPeople(deps: SlackPeopleDeps): SlackPeople {
  const { directory, settings } = deps;
  const outreach = deps.outreach === undefined ? {} : { outreach: customerWords(deps.outreach) };
  const asking = new Map<string, Promise<Profile | null>>();
  // Known only by the payload's name: who is an administrator is still to be asked.
  const incomplete = new Set<string>();

  async function profile(userId: string): Promise<Profile | null> {
    try {
      const { user } = await deps.client.users.info({ user: userId });
      const name = [user?.profile?.real_name, user?.real_name, user?.name].find((one) => one);
      if (!user || !name) return null;
      const admin = user.is_admin === true || user.is_owner === true;
      return { name, email: user.profile?.email ?? null, admin, bot: user.is_bot === true };
    } catch (error) {
      deps.reporter.callFailed({ what: "users.info", code: toChatFault(error).code });
      return null;
    } finally {
      asking.delete(userId);
    }
  }

  function ask(userId: string): Promise<Profile | null> {
    const asked = asking.get(userId) ?? profile(userId);
    asking.set(userId, asked);
    return asked;
  }

  /** Completes later what the first act had no time for. */
  function complete(userId: string): void {
    const enterAgain = async (): Promise<void> => {
      const found = await ask(userId);
      if (found === null || !incomplete.delete(userId)) return;
      await actsAs(userId, found);
    };
    enterAgain().catch(() => incomplete.add(userId));
  }

  async function enter(userId: string, name: string): Promise<PersonCard> {
    const known = directory.byChat("slack", userId);
    if (known !== null) {
      if (incomplete.has(userId)) complete(userId);
      return known;
    }
    const found = await within(ask(userId), PROFILE_WAIT_MS);
    if (found === null) incomplete.add(userId);
    return actsAs(userId, found ?? { name, email: null, admin: false });
  }

  function actsAs(userId: string, { name, email, admin }: Omit<Profile, "bot">): Promise<PersonCard> {
    return directory.whoActs({ platform: "slack", userId, name, email, admin });
  }

  async function mentioned(userId: string): Promise<PersonCard | null> {
    if (directory.byChat("slack", userId) === null) {
      const found = await within(ask(userId), PROFILE_WAIT_MS);
      if (found?.bot === true) return null;
      if (found !== null) return actsAs(userId, found);
    }
    return enter(userId, userId);
  }

  const personName = (id: PersonId): string => directory.person(id)?.name ?? id;
  const userIdOf = (id: PersonId): string | null => directory.person(id)?.chat.slack ?? null;

  return {
    enter,
    mentioned,
    userIdOf,
    voiceFor(person) {
      const language = person?.language ?? settings.language;
      return {
        language,
        zone: person?.zone ?? settings.zone,
        personName,
        customerName: (id) => deps.catalogue.customerName(id),
        isReachable: (id) => userIdOf(id) !== null,
        command: commandIn(language, settings.commands),
        ...outreach,
      };
    },
    lookupFor: (voice, channelId) => ({
      person: (id) => ({ userId: userIdOf(id), name: personName(id) }),
      channelId,
      channelWords: CHANNEL_WORDS[voice.language],
      language: voice.language,
      zone: voice.zone,
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

/** The command to show to a reader: the one of the language, when this installation has it. */
function commandIn(language: "pt-BR" | "en", commands: readonly string[]): string {
  const usual = language === "pt-BR" ? "/incidente" : "/incident";
  return commands.includes(usual) ? usual : (commands[0] ?? usual);
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
