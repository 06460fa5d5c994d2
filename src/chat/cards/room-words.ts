// Name, topic and purpose of an incident's channel.
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import { clipText } from "../clip-text.js";
import { verbName } from "../command-table.js";
import { foldText } from "../fold-text.js";
import { plainText } from "../plain-text.js";
import { instantWords } from "../time-words.js";
import { commandOf, type Voice } from "../voice.js";
import { stateWords } from "./incident-card.js";
import { Scene } from "./scene.js";

/** Slack's limits for names and topics, which are the narrowest. */
const NAME_MAX = 80;
const TOPIC_MAX = 250;
/** A long name hides the code in side bars, so titles are cut earlier than they must be. */
const SLUG_MAX = 50;

/** The name of the incident's channel: lower case, digits and hyphens; later attempts end in a number. */
export function roomName({ incident }: IncidentSnapshot, attempt: number): string {
  const suffix = attempt === 0 ? "" : `-${attempt + 1}`;
  const parts = [incident.code, incident.kind === "drill" ? "simulado" : "", clippedSlug(incident.title)];
  const name = parts
    .map(slug)
    .filter((part) => part !== "")
    .join("-");
  return `${name.slice(0, NAME_MAX - suffix.length).replace(/-+$/u, "")}${suffix}`;
}

/** The topic: level, state, title, who has it and what falls due next. */
export function topicLine(snapshot: IncidentSnapshot, voice: Voice): string {
  const scene = new Scene(snapshot, voice);
  const { incident, sheet, at } = snapshot;
  const taken =
    incident.taken === null
      ? scene.say("list.nobody")
      : scene.say("list.with", { who: voice.personName(incident.taken.by) });
  const topic = scene.say("room.topic", {
    level: incident.level,
    state: stateWords(scene),
    code: incident.code,
    title: scene.title,
    taken,
  });
  const next = (["response", "resolution"] as const)
    .flatMap((clock) => (sheet.governing[clock] === null ? [] : [{ clock, due: sheet.governing[clock].dueAt }]))
    .filter(({ due }) => due.getTime() > at.getTime())
    .sort((one, other) => one.due.getTime() - other.due.getTime())[0];
  const marked = (words: string) => (incident.kind === "drill" ? `${scene.say("card.drill-mark")} · ${words}` : words);
  if (!next) return clipText(marked(topic), TOPIC_MAX);
  const due = instantWords(next.due, "date-time", voice);
  return clipText(
    marked(scene.say("room.topic-due", { topic, clock: scene.say(`clock.${next.clock}`), due })),
    TOPIC_MAX,
  );
}

/** The purpose, which does not change while the incident lives. */
export function purposeLine(snapshot: IncidentSnapshot, voice: Voice): string {
  const scene = new Scene(snapshot, voice);
  const { code, declaredBy } = snapshot.incident;
  const help = verbName("help", voice.language);
  const slots = { code, title: scene.title, command: commandOf(voice), help };
  const line =
    declaredBy === null
      ? scene.line("room.purpose-unknown", slots)
      : scene.line("room.purpose", { ...slots, who: scene.who(declaredBy) });
  return clipText(plainText(line, voice), TOPIC_MAX);
}

function clippedSlug(title: string): string {
  const whole = slug(title);
  if (whole.length <= SLUG_MAX) return whole;
  const cut = whole.slice(0, SLUG_MAX);
  const lastWord = cut.lastIndexOf("-");
  return lastWord > SLUG_MAX / 2 ? cut.slice(0, lastWord) : cut;
}

function slug(text: string): string {
  return foldText(text)
    .replace(/[^a-z0-9]+/gu, "-")
    .replace(/^-+|-+$/gu, "");
}
