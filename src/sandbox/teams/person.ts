// People as actors: what a test or the page lets them do and see.
import type { Taken } from "../slack/desk.js";
import type { Entered } from "../slack/element-values.js";
import { isJson } from "../slack/wire.js";
import { enteredText, fieldNamed, fieldsOf } from "./card-inputs.js";
import { type Desk, waitUntil } from "./desk.js";
import { closeDialog } from "./dialogs.js";
import { personalChat } from "./directory.js";
import { installFor } from "./installations.js";
import { type ActionAnswer, openDialog, type PressPlace, press, pressInDialog } from "./person-presses.js";
import { type TypedAnswer, typeLine } from "./person-typing.js";
import { matches, type Place, placeOf } from "./places.js";
import { cardsFor, type DialogView, dialogSight, type MessageView, messageSights } from "./sights.js";
import type { Dialog, Member } from "./tenant.js";
import { execute } from "./universal-actions.js";

/** What became of a submission. */
export interface SubmissionAnswer extends ActionAnswer {
  /** True when the dialog is gone from the screen. */
  readonly closed: boolean;
  /** What is on the screen afterwards. */
  readonly view: DialogView | undefined;
}

/** A person of the tenant. Places are written as in `Place`, or as its `in` alone. Waiting is bounded by `ms`, 2,000 by default, in real time. */
export interface TeamsPerson {
  /** The id under which the bot knows the person. */
  readonly id: string;
  readonly aadObjectId: string;
  readonly handle: string;
  readonly name: string;
  /** Writes a message; "@Plantão", "@handle" and "@Full Name" become mentions. */
  types(text: string, place?: Place): Promise<TypedAnswer>;
  /** Writes a message that begins by mentioning the bot. */
  mentions(text: string, place?: Place): Promise<TypedAnswer>;
  /** Presses a button named by label or verb. */
  presses(label: string, place?: PressPlace): Promise<ActionAnswer>;
  /** The dialog on the person's screen. */
  openView(): DialogView | undefined;
  /** Waits for a dialog whose visible text matches. */
  waitsForView(pattern?: string | RegExp, ms?: number): Promise<DialogView>;
  /** Fills inputs of the dialog, named by id or label. */
  fills(entries: Readonly<Record<string, Entered>>): Promise<void>;
  /** Fills one input; Teams tells the bot nothing before the dialog is submitted. */
  chooses(field: string, value: Entered): Promise<undefined>;
  /** Submits the dialog by its first Action.Submit, or by the one with this label. */
  submits(label?: string): Promise<SubmissionAnswer>;
  /** Closes the dialog, of which Teams tells the bot nothing. */
  closes(): Promise<void>;
  sees(place: string | Place): readonly MessageView[];
  /** Waits for a visible message that matches; the latest one is answered. */
  waitsToSee(place: string | Place, pattern: string | RegExp, ms?: number): Promise<MessageView>;
  /** Messages of the personal chat with the bot. */
  directMessages(): readonly MessageView[];
  /** Looks at a place, which makes the cards that ask for it refresh themselves; answers how the bot took each. */
  opens(place: string | Place): Promise<readonly Taken[]>;
  /** Installs the app for this person, again in a new version, or removes it; the bot is told twice, as by Teams. */
  installs(action?: "add" | "add-upgrade" | "remove"): Promise<readonly Taken[]>;
  /** Blocks the bot, or with false lets it write again; the bot is not told. */
  blocks(blocked?: boolean): void;
}

/** Makes an actor of a member. */
export function createPerson(desk: Desk, member: Member): TeamsPerson {
  const { id, aadObjectId, handle, name } = member;
  return {
    id,
    aadObjectId,
    handle,
    name,
    types: (text, place = {}) => typeLine(desk, member, text, place),
    mentions: (text, place = {}) => typeLine(desk, member, `@${desk.tenant.botName} ${text}`, place),
    presses: (label, place = {}) => press(desk, member, label, place),
    ...dialogHands(desk, member),
    ...eyes(desk, member),
    installs: (action = "add") => installFor(desk, member, action),
    blocks: (blocked = true) => {
      member.blocked = blocked;
    },
  };
}

type DialogHands = Pick<TeamsPerson, "openView" | "waitsForView" | "fills" | "chooses" | "submits" | "closes">;

function dialogHands(desk: Desk, member: Member): DialogHands {
  const { tenant } = desk;
  const look = (): DialogView | undefined => {
    const dialog = tenant.dialogs.get(member.id);
    return dialog && dialogSight(tenant, dialog, member);
  };
  return {
    openView: look,
    waitsForView(pattern = "", ms = 2000) {
      const check = (): DialogView | undefined => {
        const view = look();
        return view && matches(view.visible, pattern) ? view : undefined;
      };
      return waitUntil(tenant, check, { ms, what: `@${member.handle} waits for a dialog ${String(pattern)}` });
    },
    async fills(entries) {
      for (const [key, value] of Object.entries(entries)) enter(desk, openDialog(desk, member), key, value);
    },
    async chooses(field, value) {
      enter(desk, openDialog(desk, member), field, value);
      return undefined;
    },
    async submits(label) {
      const before = openDialog(desk, member);
      const answer = await pressInDialog(desk, member, label);
      return { ...answer, closed: tenant.dialogs.get(member.id) !== before, view: look() };
    },
    async closes() {
      openDialog(desk, member);
      closeDialog(tenant, member);
    },
  };
}

function enter({ tenant }: Desk, dialog: Dialog, key: string, value: Entered): void {
  const field = fieldNamed(fieldsOf(dialog.card ?? {}, dialog.values), key);
  const text = enteredText(tenant, field, value);
  if (text === undefined) dialog.values.delete(field.id);
  else dialog.values.set(field.id, text);
  dialog.errors = new Map([...dialog.errors].filter(([id]) => id !== field.id));
}

function eyes(desk: Desk, member: Member): Pick<TeamsPerson, "sees" | "waitsToSee" | "directMessages" | "opens"> {
  const { tenant } = desk;
  const sees = (place: string | Place): readonly MessageView[] => {
    const { conversation, rootId } = placeOf(tenant, member, placeFrom(place));
    return messageSights(tenant, conversation, { rootId, reader: member });
  };
  return {
    sees,
    waitsToSee(place, pattern, ms = 2000) {
      const check = (): MessageView | undefined => {
        const seen = isPlace(desk, member, place) ? sees(place) : [];
        return seen.filter((message) => matches(message.visible, pattern)).at(-1);
      };
      const where = typeof place === "string" ? place : (place.in ?? String(place.thread));
      return waitUntil(tenant, check, { ms, what: `@${member.handle} waits to see ${String(pattern)} in ${where}` });
    },
    directMessages: () => messageSights(tenant, personalChat(tenant, member), { reader: member }),
    opens: (place) => refreshAll(desk, member, placeFrom(place)),
  };
}

function placeFrom(place: string | Place): Place {
  return typeof place === "string" ? { in: place } : place;
}

/** A thread that is waited for may not exist yet. */
function isPlace({ tenant }: Desk, member: Member, place: string | Place): boolean {
  try {
    placeOf(tenant, member, placeFrom(place));
    return true;
  } catch {
    return false;
  }
}

async function refreshAll(desk: Desk, member: Member, place: Place): Promise<readonly Taken[]> {
  const { conversation, rootId } = placeOf(desk.tenant, member, place);
  const there = conversation.messages.filter((message) => !message.deleted && (!rootId || message.rootId === rootId));
  const answers: Taken[] = [];
  for (const message of there) {
    for (const { refresh } of cardsFor(message, member)) {
      const { action, userIds } = isJson(refresh) ? refresh : {};
      if (!isJson(action) || (Array.isArray(userIds) && !userIds.includes(member.id))) continue;
      const data = isJson(action["data"]) ? action["data"] : {};
      answers.push(
        await execute(desk, member, { where: { conversation, message }, action, data, trigger: "automatic" }),
      );
    }
  }
  return answers;
}
