// Everything that the door says to one person, in that person's language and ready for Slack.
import type { FormName } from "../chat/button-action.js";
import type { Card, CardBlock } from "../chat/card.js";
import { listCard } from "../chat/cards/list-card.js";
import { replyCard } from "../chat/cards/reply-card.js";
import { slaCard } from "../chat/cards/sla-card.js";
import { timelineCard } from "../chat/cards/timeline-card.js";
import { type Verb, verbName } from "../chat/command-table.js";
import type { FormValues } from "../chat/form.js";
import { typedTexts } from "../chat/forms/notify-values.js";
import { helpCard } from "../chat/help-card.js";
import type { ParseProblem } from "../chat/parsed.js";
import { say } from "../chat/texts/say.js";
import { commandOf, type Voice } from "../chat/voice.js";
import type { IncidentId } from "../domain/incident/ids.js";
import type { Refusal } from "../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../domain/incident/snapshot.js";
import type { Outcome } from "../ports/command-handler.js";
import type { IncidentRow } from "../ports/incident-index.js";
import type { Ask } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { renderBlockKit, type SlackMessage } from "./render-block-kit.js";
import { type SlackWord, slackWords } from "./slack-words.js";

// Help is the same for everybody who reads one language, and the most asked for when everything is on fire.
const rendered = new Map<string, SlackMessage>();

/** Creates the replies to whoever asked; only memory is read. */
export function createReplies(deps: DoorDeps, asked: Pick<Asked, "userId">) {
  const voice = deps.people.voiceFor(deps.directory.byChat("slack", asked.userId));
  const render = (card: Card, roomId: string | null = null): SlackMessage =>
    renderBlockKit(card, deps.people.lookupFor(voice, roomId));
  const reply = (what: Parameters<typeof replyCard>[0]) => render(replyCard(what, voice, deps.clock.now()));
  const words = (key: SlackWord, slots: Readonly<Record<string, string>> = {}): string =>
    slackWords(key, voice.language, { ...typedWords(voice), ...slots });
  /** A button carries no text: what was written for customers is repeated, to be copied into the form. */
  const typedBlocks = (values: FormValues): readonly CardBlock[] => {
    const texts = typedTexts(values).join("\n");
    if (texts === "") return [];
    const line = [{ kind: "text" as const, text: say(voice.language, "form.notify.typed") }];
    return [
      { kind: "lines", lines: [line] },
      { kind: "quote", text: texts },
    ];
  };
  const sentence = (key: SlackWord, slots?: Readonly<Record<string, string>>): SlackMessage =>
    render(plainCard(words(key, slots)));
  return {
    /** What became of an ask. */
    outcome(ask: Ask, outcome: Outcome): SlackMessage {
      if (outcome.kind !== "done") return reply(outcome);
      return reply({ ...outcome, asked: ask.kind === "declare" ? "declare" : ask.request.type });
    },
    refusal: (refusal: Refusal, snapshot: IncidentSnapshot | null) => reply({ kind: "refused", refusal, snapshot }),
    problem: (problem: ParseProblem) => reply({ kind: "problem", problem }),
    /** The store did not answer, and nothing was asked of it that changes something. */
    fault: (code: string) => reply({ kind: "fault", saved: "no", code }),
    help(verb: Verb | null): SlackMessage {
      const key = `${voice.language} ${commandOf(voice)} ${verb ?? ""}`;
      const message = rendered.get(key) ?? render(helpCard(verb, voice));
      rendered.set(key, message);
      return message;
    },
    list: (rows: readonly IncidentRow[]) => render(listCard(rows, voice)),
    view(what: "sla" | "timeline" | "more", snapshot: IncidentSnapshot, roomId: string | null): SlackMessage {
      if (what === "more") return render(replyCard({ kind: "more", snapshot }, voice, deps.clock.now()), roomId);
      return render(what === "sla" ? slaCard(snapshot, voice) : timelineCard(snapshot, voice), roomId);
    },
    /** A form that can only be opened by pressing something. */
    formButton(incident: IncidentId, form: FormName, values: FormValues): SlackMessage {
      const action = { do: "open-form", incident, form } as const;
      const card = plainCard(words("pressToOpen"));
      const buttons = [{ label: words("openForm"), action, style: "primary" as const }];
      return render({ ...card, blocks: [...card.blocks, ...typedBlocks(values), { kind: "buttons", buttons }] });
    },
    late: () => sentence("late"),
    broke: (reference: string) => sentence("broke", { reference }),
    sentence,
    words,
  };
}

function typedWords(voice: Voice): Readonly<Record<string, string>> {
  return {
    command: commandOf(voice),
    help: verbName("help", voice.language),
    list: verbName("list", voice.language),
  };
}

function plainCard(text: string): Card {
  return { blocks: [{ kind: "lines", lines: [[{ kind: "text", text }]] }], summary: text };
}
