// Answers to the person who asked.
import type { Refusal } from "../../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import { allows } from "../../domain/incident/transitions.js";
import type { ChangeAsk } from "../asks.js";
import type { Button, Card, Line } from "../card.js";
import { verbName } from "../command-table.js";
import type { ParseProblem } from "../parsed.js";
import { plainText } from "../plain-text.js";
import { code, joinLines } from "../spans.js";
import { sayLine } from "../texts/say.js";
import { commandOf, type Voice } from "../voice.js";
import { allButtons, buttonBlock, cardButtons, formButton, takeButton, tellButton } from "./incident-buttons.js";
import { stateWords } from "./incident-card.js";
import { noticeReply } from "./notice-reply.js";
import { problemLines } from "./problem-lines.js";
import { refusalLine } from "./refusal-words.js";
import { Scene } from "./scene.js";

/** Something to answer. The outcomes of the command handler are replies as they are. */
export type Reply =
  | {
      readonly kind: "done";
      readonly snapshot: IncidentSnapshot;
      readonly repeated: boolean;
      /** What was asked for, so that the answer can name it. */
      readonly asked?: "declare" | ChangeAsk["type"] | "note-escalation" | "confirm";
      /** The incident's channel is open already, so the answer can link to it. */
      readonly room?: boolean;
    }
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly snapshot: IncidentSnapshot | null }
  | { readonly kind: "fault"; readonly saved: "no" | "unknown"; readonly code: string }
  | { readonly kind: "problem"; readonly problem: ParseProblem }
  | { readonly kind: "more"; readonly snapshot: IncidentSnapshot };

/** The card of an answer. `now` decides whether instants need their date. */
export function replyCard(reply: Reply, voice: Voice, now: Date): Card {
  switch (reply.kind) {
    case "done":
      return doneCard(reply, voice);
    case "refused":
      return refusedCard(reply, voice, now);
    case "fault":
      return wordsCard([faultLine(reply, voice)], voice);
    case "problem":
      return wordsCard(problemLines(reply.problem, voice), voice);
    case "more":
      return moreCard(new Scene(reply.snapshot, voice), voice);
  }
}

function doneCard(reply: Extract<Reply, { kind: "done" }>, voice: Voice): Card {
  const scene = new Scene(reply.snapshot, voice);
  const lines = reply.asked === "declare" && !reply.repeated ? declaredLines(scene, reply) : [doneLine(scene, reply)];
  const buttons = reply.asked === "declare" ? [...takeButton(scene), ...formButton(scene, "classify")] : [];
  return scene.card({
    blocks: [{ kind: "lines", lines }, ...buttonBlock(buttons)],
    summary: lines.map((line) => plainText(line, voice)).join(" "),
  });
}

function declaredLines(scene: Scene, { room }: Extract<Reply, { kind: "done" }>): readonly Line[] {
  const { code: incident, level, classification } = scene.incident;
  const slots = { code: incident, level, title: scene.title };
  const typed = { command: commandOf(scene.voice), classify: verbName("classify", scene.voice.language) };
  return [
    classification.provisional
      ? scene.line("reply.declared-provisional", { ...slots, ...typed })
      : scene.line("reply.declared", slots),
    room === true
      ? scene.line("reply.declared-room", { room: { kind: "room" } })
      : scene.line("reply.declared-opening"),
  ];
}

function doneLine(scene: Scene, { asked, repeated }: Extract<Reply, { kind: "done" }>): Line {
  const { code: incident, level, classification } = scene.incident;
  const slots = { code: incident, level, state: stateWords(scene) };
  if (repeated) return scene.line("reply.repeated", slots);
  if (asked === "take") return scene.line("reply.taken", slots);
  if (asked === "note-escalation") return scene.line("reply.noted");
  if (asked === "add-note") return scene.line("reply.note", slots);
  if (asked === "classify") {
    const key = classification.provisional ? "reply.classified-provisional" : "reply.classified";
    return scene.line(key, { code: incident, level, rule: scene.policyText(classification.rule) });
  }
  return noticeReply(scene, asked) ?? scene.line("reply.done", slots);
}

/** Forms that ask for what one line could not say. */
const FORM_THAT_HELPS: Readonly<Partial<Record<Refusal["reason"], "resolve" | "classify" | "pause">>> = {
  "restore-not-confirmed": "resolve",
  "observation-not-over": "resolve",
  "reason-too-short": "classify",
  "cause-contradicts-level": "classify",
  "name-the-customers": "pause",
};

function refusedCard({ refusal, snapshot }: Extract<Reply, { kind: "refused" }>, voice: Voice, now: Date): Card {
  const line = refusalLine(refusal, voice, snapshot?.at ?? now, snapshot);
  if (snapshot === null) return wordsCard([line], voice);
  const scene = new Scene(snapshot, voice);
  const buttons = helpfulButtons(refusal, scene);
  return { ...wordsCard([line], voice), blocks: [{ kind: "lines", lines: [line] }, ...buttonBlock(buttons)] };
}

function helpfulButtons({ reason }: Refusal, scene: Scene): readonly Button[] {
  const form = FORM_THAT_HELPS[reason];
  if (form !== undefined) return formButton(scene, form);
  if (reason === "notice-expired" || reason === "wrong-notice") return tellButton(scene);
  return reason === "not-in-this-state" ? cardButtons(scene) : [];
}

function faultLine({ saved, code: fault }: Extract<Reply, { kind: "fault" }>, voice: Voice): Line {
  const slots = { code: fault, command: commandOf(voice), list: verbName("list", voice.language) };
  return sayLine(voice.language, `fault.${saved}`, slots);
}

function moreCard(scene: Scene, voice: Voice): Card {
  const title = scene.line("reply.more", { code: scene.incident.code });
  const verbs = typedVerbs(scene).map((verb) => [code(`${commandOf(voice)} ${verbName(verb, voice.language)}`)]);
  return scene.card({
    blocks: [
      { kind: "lines", lines: [title] },
      ...buttonBlock(allButtons(scene)),
      ...(verbs.length === 0
        ? []
        : [{ kind: "context", lines: [scene.line("reply.more-typed", { verbs: joinLines(verbs, ", ") })] } as const]),
    ],
    summary: plainText(title, voice),
  });
}

/** What has no button: it takes one word and nothing else. */
function typedVerbs(scene: Scene): readonly ("resume" | "close")[] {
  const { state } = scene.incident;
  const paused = scene.snapshot.sheet.rows.some((row) => row.state === "paused");
  return [...(paused ? (["resume"] as const) : []), ...(allows(state, "close") ? (["close"] as const) : [])];
}

function wordsCard(lines: readonly Line[], voice: Voice): Card {
  return {
    blocks: [{ kind: "lines", lines }],
    summary: lines.map((line) => plainText(line, voice)).join(" "),
  };
}
