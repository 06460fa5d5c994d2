// Finding people and channels by what callers know of them, and adding people.
import type { Channel, User, Workspace } from "./workspace.js";

/** A person to create at the start. */
export interface SeedPerson {
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly admin?: boolean;
  readonly owner?: boolean;
  readonly timezone?: string;
}

/** Adds a person to the workspace. */
export function addUser(ws: Workspace, seed: SeedPerson): User {
  if (!/^[a-z0-9][a-z0-9._-]*$/.test(seed.handle)) throw new Error(`"${seed.handle}" is not a handle such as "ana"`);
  if (userByHandle(ws, seed.handle)) throw new Error(`The handle "${seed.handle}" exists twice`);
  const user: User = {
    id: ws.nextId("U0"),
    handle: seed.handle,
    name: seed.name,
    email: seed.email,
    admin: seed.admin ?? seed.owner ?? false,
    owner: seed.owner ?? false,
    timezone: seed.timezone ?? "America/Sao_Paulo",
    isBot: false,
  };
  ws.users.set(user.id, user);
  return user;
}

/** The person with this handle, with or without the at sign. */
export function userByHandle(ws: Workspace, handle: string): User | undefined {
  const bare = handle.replace(/^@/, "");
  return [...ws.users.values()].find((user) => user.handle === bare);
}

/** The channel with this id, name, or name with a hash sign. */
export function findChannel(ws: Workspace, nameOrId: string): Channel | undefined {
  const byId = ws.channels.get(nameOrId);
  if (byId) return byId;
  const bare = nameOrId.replace(/^#/, "");
  return [...ws.channels.values()].find((channel) => isNamed(channel) && channel.name === bare);
}

/** Tells whether a conversation has a name of its own. */
export function isNamed(channel: Channel): boolean {
  return channel.kind === "public" || channel.kind === "private";
}

/** Handle of a user id, for the transcript. */
export function handleOf(ws: Workspace, userId: string): string {
  return ws.users.get(userId)?.handle ?? userId;
}

/** The direct conversation between the bot and one person, made when it does not exist yet. */
export function directChannel(ws: Workspace, userId: string): { channel: Channel; created: boolean } {
  const existing = [...ws.channels.values()].find(
    (channel) => channel.kind === "direct" && channel.members.has(userId),
  );
  if (existing) return { channel: existing, created: false };
  const channel = newChannel(ws, { kind: "direct", name: "", creator: ws.botUserId, members: [ws.botUserId, userId] });
  return { channel, created: true };
}

/** Adds a conversation to the workspace without any of the rules about names. */
export function newChannel(
  ws: Workspace,
  made: { kind: Channel["kind"]; name: string; creator: string; members: readonly string[]; general?: boolean },
): Channel {
  const nothing = { value: "", creator: "", lastSet: 0 };
  const channel: Channel = {
    id: ws.nextId(made.kind === "direct" ? "D0" : made.kind === "group" ? "G0" : "C0"),
    kind: made.kind,
    name: made.name,
    created: ws.seconds(),
    creator: made.creator,
    general: made.general ?? false,
    archived: false,
    topic: nothing,
    purpose: nothing,
    members: new Set(made.members),
    messages: [],
    pins: [],
    bookmarks: [],
  };
  ws.channels.set(channel.id, channel);
  return channel;
}
