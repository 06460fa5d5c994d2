import type { PersonId } from "../../domain/incident/ids.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { Notice } from "../../domain/notices/notice.js";
import type { Card, CardBlock, Line } from "../card.js";
import type { Voice } from "../voice.js";
import { cardFor } from "./card-for.js";
import { asideBlock, escalationLine, firstDue, responseDue } from "./escalation-card.js";
import { buttonBlock, notedButton, takeButton } from "./incident-buttons.js";
import { levelWords, stateWords } from "./incident-card.js";
import { Scene } from "./scene.js";

/** A notice to one person: which incident, why this person, and what to press. Without `person` the reason stays general. */
export function personalCard(notice: Notice, snapshot: IncidentSnapshot, voice: Voice, person?: PersonId): Card {
  const scene = new Scene(snapshot, voice);
  const where = scene.line("personal.where", { room: { kind: "room" } });
  if (notice.kind !== "escalated" && notice.kind !== "repaged") {
    const said = cardFor(notice, snapshot, voice);
    const buttons = said.blocks.filter((block) => block.kind === "buttons");
    const words = said.blocks.filter((block) => block.kind !== "buttons");
    return { ...said, header: scene.header(), blocks: [...words, { kind: "lines", lines: [where] }, ...buttons] };
  }
  const why = whyLine(notice, scene, person);
  const what =
    notice.kind === "escalated"
      ? [escalationLine(notice, scene), ...firstDue(notice, scene)]
      : responseDue(notice, scene);
  const noted = notice.kind === "escalated" ? notedButton(scene, notice.key) : [];
  const take = takeButton(scene);
  return scene.card({
    header: scene.header(),
    blocks: [
      { kind: "lines", lines: [why, ...what] },
      { kind: "fields", fields: facts(scene) },
      ...(notice.kind === "escalated" ? asideBlock(notice, scene) : []),
      { kind: "lines", lines: [where] },
      ...buttonBlock([...take, ...noted]),
      ...hint(scene, take.length > 0 && noted.length > 0),
    ],
    summary: scene.alarm(why, ...what),
  });
}

function whyLine(notice: Extract<Notice, { kind: "escalated" | "repaged" }>, scene: Scene, person?: PersonId): Line {
  if (notice.kind === "repaged") return scene.line("personal.repaged");
  if (notice.emptyLadder) return scene.line("personal.fallback");
  const step = notice.steps.find(({ people }) => person !== undefined && people.includes(person));
  if (!step) return scene.line("personal.unknown");
  return scene.line(`personal.${step.how}`, { role: scene.say(`role.${step.role}`) });
}

function facts(scene: Scene) {
  const words = (text: string): Line => [{ kind: "text", text }];
  return [
    { label: scene.say("card.level"), value: words(levelWords(scene)) },
    { label: scene.say("card.state"), value: words(stateWords(scene)) },
  ];
}

function hint(scene: Scene, both: boolean): readonly CardBlock[] {
  return both ? [{ kind: "context", lines: [scene.line("personal.take-hint")] }] : [];
}
