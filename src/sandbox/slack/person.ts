// People as actors: what a test or the page lets them do and see.
import { joinChannel, leaveChannel } from "./channel-changes.js";
import { type Desk, sendToBot, type Taken, taken, viewChange, waitUntil } from "./desk.js";
import { directChannel, findChannel } from "./directory.js";
import type { Entered } from "./element-values.js";
import { shortcut } from "./interaction-payloads.js";
import { publicMessage } from "./message-changes.js";
import { setPin, setReaction } from "./methods-marks.js";
import { closeForm, enter, openForm, type SubmissionAnswer, submitForm } from "./person-forms.js";
import { type ActionAnswer, type PressPlace, press, visibleMessages } from "./person-presses.js";
import { type CommandAnswer, placeOf, type TypingPlace, typeLine } from "./person-typing.js";
import { type MessageView, messageSight, type ViewState, viewSight } from "./sights.js";
import { topView } from "./view-changes.js";
import type { Channel, Message, User, Workspace } from "./workspace.js";

/** Which messages to look at. */
export interface SeeingOptions {
  /** Also the messages that Slack itself adds (joined, topic set). */
  readonly system?: boolean;
}

/** A person of the workspace. Waiting is bounded by `ms`, 2,000 by default, in real time. */
export interface SlackPerson {
  readonly id: string;
  readonly handle: string;
  /** Types a slash command or a message; write people as "@handle" and channels as "#name". */
  types(text: string, place?: TypingPlace): Promise<CommandAnswer>;
  /** The form on top of the person's screen. */
  openView(): ViewState | undefined;
  /** Waits for a form whose visible text matches. */
  waitsForView(pattern?: string | RegExp, ms?: number): Promise<ViewState>;
  /** Fills fields, named by block id, action id or label, in the order given. */
  fills(entries: Readonly<Record<string, Entered>>): Promise<void>;
  /** Fills one field; the answer tells whether the bot was told and acknowledged. */
  chooses(field: string, value: Entered): Promise<Taken | undefined>;
  submits(): Promise<SubmissionAnswer>;
  /** Closes the form on top; with `all`, the whole stack. */
  closes(all?: boolean): Promise<void>;
  /** Presses a button, or uses a menu when `option` is given, named by label or action id. */
  presses(labelOrActionId: string, place?: PressPlace): Promise<ActionAnswer>;
  sees(channel: string, options?: SeeingOptions): MessageView[];
  /** Waits for a visible message that matches. */
  waitsToSee(channel: string, pattern: string | RegExp, ms?: number): Promise<MessageView>;
  /** Messages of the direct conversation with the bot. */
  directMessages(): MessageView[];
  opensHome(): Promise<void>;
  home(): ViewState | undefined;
  /** Uses a global shortcut, or a message shortcut when a message is named. */
  usesShortcut(callbackId: string, on?: { in: string; message: string }): Promise<Taken>;
  joins(channel: string): void;
  leaves(channel: string): void;
  reacts(emoji: string, on: { in: string; message: string; remove?: boolean }): void;
  pins(on: { in: string; message: string; remove?: boolean }): void;
}

/** Makes an actor of a user. */
export function createPerson(desk: Desk, user: User): SlackPerson {
  return {
    id: user.id,
    handle: user.handle,
    types: (text, place = {}) => typeLine(desk, user, text, place),
    presses: async (key, place = {}) => press(desk, user, key, place),
    usesShortcut: (callbackId, on) => useShortcut(desk, user, callbackId, on),
    ...forms(desk, user),
    ...eyes(desk.ws, user),
    ...hands(desk.ws, user),
    opensHome: () => openHome(desk, user),
  };
}

type Forms = Pick<SlackPerson, "openView" | "waitsForView" | "fills" | "chooses" | "submits" | "closes" | "home">;

function forms(desk: Desk, user: User): Forms {
  const { ws } = desk;
  const look = (): ViewState | undefined => {
    const view = topView(ws, user.id);
    return view && viewSight(ws, view);
  };
  return {
    openView: look,
    waitsForView(pattern = "", ms = 2000) {
      const check = (): ViewState | undefined => {
        const view = look();
        return view && matches(view.visible, pattern) ? view : undefined;
      };
      return waitUntil(ws, check, { ms, what: `@${user.handle} waits for a form ${String(pattern)}` });
    },
    async fills(entries) {
      for (const [key, value] of Object.entries(entries)) await enter(desk, user, openForm(ws, user), key, value);
    },
    chooses: async (field, value) => enter(desk, user, openForm(ws, user), field, value),
    submits: () => submitForm(desk, user),
    closes: (all) => closeForm(desk, user, all),
    home() {
      const view = ws.homes.get(user.id);
      return view && viewSight(ws, view);
    },
  };
}

function eyes(ws: Workspace, user: User): Pick<SlackPerson, "sees" | "waitsToSee" | "directMessages"> {
  const seen = (channel: Channel, options: SeeingOptions = {}): MessageView[] =>
    visibleMessages(channel, user)
      .filter((message) => options.system || !message.subtype || message.subtype === "slackbot")
      .map((message) => messageSight(ws, channel, message, user));
  return {
    sees: (channel, options) => seen(placeOf(ws, user, channel), options),
    waitsToSee(name, pattern, ms = 2000) {
      const check = (): MessageView | undefined => {
        const channel = name === "@bot" ? directChannel(ws, user.id).channel : findChannel(ws, name);
        const visible = channel && (channel.kind === "public" || channel.members.has(user.id)) ? seen(channel) : [];
        return visible.filter((message) => matches(message.visible, pattern)).at(-1);
      };
      return waitUntil(ws, check, { ms, what: `@${user.handle} waits to see ${String(pattern)} in ${name}` });
    },
    directMessages: () => seen(directChannel(ws, user.id).channel),
  };
}

function hands(ws: Workspace, user: User): Pick<SlackPerson, "joins" | "leaves" | "reacts" | "pins"> {
  return {
    joins(name) {
      const channel = placeOf(ws, user, name);
      if (channel.archived) throw new Error(`#${channel.name} is archived`);
      joinChannel(ws, channel, user.id);
    },
    leaves: (name) => leaveChannel(ws, placeOf(ws, user, name), user.id, user.id),
    reacts(emoji, on) {
      const { channel, message } = messageAt(ws, user, on);
      setReaction(ws, channel, message, { name: emoji, by: user.id, present: !on.remove });
    },
    pins(on) {
      const { channel, message } = messageAt(ws, user, on);
      setPin(ws, channel, message, !on.remove, user.id);
    },
  };
}

function matches(text: string, pattern: string | RegExp): boolean {
  return typeof pattern === "string" ? text.includes(pattern) : pattern.test(text);
}

function messageAt(
  ws: Workspace,
  user: User,
  on: { in: string; message: string },
): { channel: Channel; message: Message } {
  const channel = placeOf(ws, user, on.in);
  const message = publicMessage(channel, on.message);
  if (!message) throw new Error(`There is no message ${on.message} in ${on.in}`);
  return { channel, message };
}

async function openHome(desk: Desk, user: User): Promise<void> {
  const { ws, line } = desk;
  const before = ws.transcript.entries.length;
  const { channel } = directChannel(ws, user.id);
  ws.emit({ type: "app_home_opened", user: user.id, channel: channel.id, tab: "home", event_ts: ws.nextTs() });
  if (line.connected()) await viewChange(ws, user, before);
}

async function useShortcut(
  desk: Desk,
  user: User,
  callbackId: string,
  on: { in: string; message: string } | undefined,
): Promise<Taken> {
  const { ws } = desk;
  const triggerId = desk.triggers.issue({ user: user.id, viewId: undefined });
  const found = on ? messageAt(ws, user, on) : undefined;
  const responseUrl = found ? desk.responseUrls.issue({ ...found, user: user.id }) : "";
  const payload = shortcut(ws, { user, callbackId, triggerId, ...(found ? { on: { ...found, responseUrl } } : {}) });
  const what = `shortcut ${callbackId}`;
  return taken(await sendToBot(desk, { kind: "interaction", what, user, payload }));
}
