// The state of the local workspace: people, channels, messages and open forms. Rules live beside it, one file per topic.
import { createTranscript, type WritableTranscript } from "./transcript.js";
import type { WireAttachment } from "./visible-text.js";
import type { Json, WireBlock, WireText } from "./wire.js";

/** A person or the bot. */
export interface User {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly email: string;
  readonly admin: boolean;
  readonly owner: boolean;
  readonly timezone: string;
  readonly isBot: boolean;
}

/** A message kept by the workspace; `ephemeralTo` holds the id of the only person who sees it. */
export interface Message {
  readonly ts: string;
  readonly user: string;
  readonly threadTs?: string;
  readonly ephemeralTo?: string;
  readonly subtype?: string;
  text: string;
  blocks: readonly WireBlock[];
  attachments: readonly WireAttachment[];
  metadata?: Json;
  edited?: { readonly user: string; readonly ts: string };
  /** Reaction name to the ids of those who reacted. */
  readonly reactions: Map<string, Set<string>>;
  /** Values chosen in the message's own elements: block id, then action id. */
  readonly values: ElementValues;
}

/** Values of stateful elements, by block id and action id. */
export type ElementValues = Map<string, Map<string, Json>>;

/** A link kept at the top of a channel. */
export interface Bookmark {
  readonly id: string;
  title: string;
  link: string;
  emoji: string;
  readonly dateCreated: number;
}

/** A topic or purpose with who set it. */
export interface ChannelNote {
  readonly value: string;
  readonly creator: string;
  readonly lastSet: number;
}

/** A conversation of any kind. */
export interface Channel {
  readonly id: string;
  readonly kind: "public" | "private" | "direct" | "group";
  readonly created: number;
  readonly creator: string;
  readonly general: boolean;
  name: string;
  archived: boolean;
  topic: ChannelNote;
  purpose: ChannelNote;
  readonly members: Set<string>;
  messages: Message[];
  pins: { readonly ts: string; readonly by: string; readonly created: number }[];
  bookmarks: Bookmark[];
}

/** A form or home tab as one person has it. */
export interface View {
  readonly id: string;
  readonly user: string;
  readonly type: "modal" | "home";
  readonly rootId: string;
  readonly previousId: string | undefined;
  hash: string;
  title: WireText | undefined;
  submit: WireText | undefined;
  close: WireText | undefined;
  blocks: readonly WireBlock[];
  privateMetadata: string;
  callbackId: string;
  externalId: string;
  clearOnClose: boolean;
  notifyOnClose: boolean;
  values: ElementValues;
  /** Messages under input blocks, by block id, from the last refused submission. */
  errors: ReadonlyMap<string, string>;
}

/** An event of the Events API, before its envelope. */
export type WorkspaceEvent = Json & { readonly type: string };

/** Everything that the workspace knows. */
export interface Workspace {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly language: "pt-BR" | "en";
  readonly users: Map<string, User>;
  readonly channels: Map<string, Channel>;
  /** Stacks of open modals by user id, the last one on top. */
  readonly modals: Map<string, View[]>;
  readonly homes: Map<string, View>;
  readonly transcript: WritableTranscript;
  now(): Date;
  seconds(): number;
  nextId(prefix: string): string;
  nextTs(): string;
  /** Hands an event to whoever delivers events to the bot. */
  emit(event: WorkspaceEvent): void;
  onEvent(listener: (event: WorkspaceEvent) => void): void;
}

/** What a new workspace needs to know. */
export interface WorkspaceOptions {
  readonly now: () => Date;
  readonly language: "pt-BR" | "en";
  readonly botHandle: string;
  readonly botName: string;
}

/** Creates a workspace that holds only the bot. */
export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { now } = options;
  let counter = 0;
  let lastTs = 0n;
  let listener: (event: WorkspaceEvent) => void = () => {};
  const nextId = (prefix: string): string => `${prefix}${(0x1000000 + ++counter).toString(36).toUpperCase()}`;
  const botUserId = nextId("U0");
  const bot: User = {
    id: botUserId,
    handle: options.botHandle,
    name: options.botName,
    email: "",
    admin: false,
    owner: false,
    timezone: "America/Sao_Paulo",
    isBot: true,
  };
  return {
    teamId: nextId("T0"),
    teamName: "Sandbox",
    teamDomain: "sandbox",
    appId: nextId("A0"),
    botId: nextId("B0"),
    botUserId,
    language: options.language,
    users: new Map([[bot.id, bot]]),
    channels: new Map(),
    modals: new Map(),
    homes: new Map(),
    transcript: createTranscript(now),
    now,
    seconds: () => Math.floor(now().getTime() / 1000),
    nextId,
    nextTs() {
      // Timestamps are ids: strictly increasing even when the clock stands still.
      const wanted = BigInt(now().getTime()) * 1000n;
      lastTs = wanted > lastTs ? wanted : lastTs + 1n;
      return `${lastTs / 1_000_000n}.${(lastTs % 1_000_000n).toString().padStart(6, "0")}`;
    },
    emit: (event) => listener(event),
    onEvent: (next) => {
      listener = next;
    },
  };
}
