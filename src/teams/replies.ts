// Everything that the door says to one person, in that person's language. A reply stays a neutral card until it is
// known where it is shown: in a message, in a dialog, or as one sentence.
import type { FormName } from "../chat/button-action.js";
import type { Card } from "../chat/card.js";
import { listCard } from "../chat/cards/list-card.js";
import { replyCard } from "../chat/cards/reply-card.js";
import { slaCard } from "../chat/cards/sla-card.js";
import { timelineCard } from "../chat/cards/timeline-card.js";
import { type Verb, verbName } from "../chat/command-table.js";
import { helpCard } from "../chat/help-card.js";
import type { ParseProblem } from "../chat/parsed.js";
import { commandOf, type Voice } from "../chat/voice.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { IncidentRow } from "../ports/incident-index.js";
import type { RoomRef } from "../ports/places.js";
import type { Ask, Carried } from "./carry-out.js";
import type { DoorDeps } from "./door-deps.js";
import { renderAdaptiveCard, type Surface, type TeamsCard } from "./render-adaptive-card.js";
import { roomLink } from "./room-link.js";
import { BOT_NAME } from "./teams-people.js";
import { type TeamsWord, teamsWords } from "./teams-words.js";

/** Something to say; `room` is where the incident's thread is, for links. */
export type Reply = { readonly card: Card; readonly room: RoomRef | null };

/** Stands where a button that opens a declaration has no incident to name. */
export const NO_INCIDENT = "new" as IncidentId;

/** Creates the replies to whoever asked; only memory is read. */
export function createReplies(deps: DoorDeps, userId: string | null) {
  const voice = deps.people.voiceFor(userId === null ? null : deps.directory.byChat("teams", userId));
  const plain = (card: Card, room: RoomRef | null = null): Reply => ({ card, room });
  const reply = (what: Parameters<typeof replyCard>[0]) => plain(replyCard(what, voice, deps.clock.now()));
  const words = (key: TeamsWord, slots: Readonly<Record<string, string>> = {}): string =>
    teamsWords(key, voice.language, { ...typedWords(voice), ...slots });
  const sentence = (key: TeamsWord, slots?: Readonly<Record<string, string>>) => plain(plainCard(words(key, slots)));
  return {
    voice,
    words,
    sentence,
    /** What became of an ask. */
    outcome(ask: Ask, outcome: Carried): Reply {
      if (outcome.kind === "outsider") return sentence("outsider");
      if (outcome.kind !== "done") return reply(outcome);
      return reply({ ...outcome, asked: ask.kind === "declare" ? "declare" : ask.request.type });
    },
    refusal: (refusal: Refusal, snapshot: IncidentSnapshot | null) => reply({ kind: "refused", refusal, snapshot }),
    problem: (problem: ParseProblem) => reply({ kind: "problem", problem }),
    /** The store did not answer, and nothing was asked of it that changes something. */
    fault: (code: string) => reply({ kind: "fault", saved: "no", code }),
    help: (verb: Verb | null) => plain(helpCard(verb, voice)),
    list: (rows: readonly IncidentRow[]) => plain(listCard(rows, voice)),
    view(what: "sla" | "timeline" | "more", snapshot: IncidentSnapshot, room: RoomRef | null): Reply {
      if (what === "more") return plain(replyCard({ kind: "more", snapshot }, voice, deps.clock.now()), room);
      return plain(what === "sla" ? slaCard(snapshot, voice) : timelineCard(snapshot, voice), room);
    },
    /** A form opens only when something is pressed. */
    formButton(incident: IncidentId, form: FormName): Reply {
      const card = plainCard(words("pressToOpen"));
      const buttons = [{ label: words("openForm"), action: { do: "open-form", incident, form } as const }];
      return plain({ ...card, blocks: [...card.blocks, { kind: "buttons", buttons }] });
    },
    late: () => sentence("late"),
    broke: (reference: string) => sentence("broke", { reference }),
    /** The reply as a card for a message or a dialog. */
    render({ card, room }: Reply, surface: Surface): TeamsCard {
      const url = room === null ? null : roomLink(room.roomId, deps.settings.tenantId, null);
      return renderAdaptiveCard(card, deps.people.lookupFor(voice, url), surface);
    },
  };
}

function typedWords(voice: Voice): Readonly<Record<string, string>> {
  return {
    bot: BOT_NAME,
    command: commandOf(voice),
    declare: verbName("declare", voice.language),
    help: verbName("help", voice.language),
    list: verbName("list", voice.language),
  };
}

/** A card of one paragraph. */
export function plainCard(text: string): Card {
  return { blocks: [{ kind: "lines", lines: [[{ kind: "text", text }]] }], summary: text };
}
