// Escalations: which clock, how far, who is reached, and what is missing.
import type { PersonId } from "../../domain/incident/ids.js";
import type { NoticeOf } from "../../domain/notices/notice.js";
import type { Card, CardBlock, Line } from "../card.js";
import { joinLines, mention, named, plain } from "../spans.js";
import { durationWords } from "../time-words.js";
import { ofTarget, rowFor, unconfirmedLine } from "./clock-lines.js";
import { buttonBlock, notedButton, takeButton } from "./incident-buttons.js";
import type { Scene } from "./scene.js";

type Escalated = NoticeOf<"escalated">;

/** Lateness that is worth saying: less is within the guarantee. */
const LATE_MS = 60_000;
const PEOPLE_SHOWN = 20;

/** An escalation in the incident's channel. */
export function escalationCard(notice: Escalated, scene: Scene): Card {
  const what = escalationLine(notice, scene);
  const lines = [what, ...firstDue(notice, scene), ...peopleLines(notice, scene)];
  const paged = notice.steps.flatMap((step) => (step.how === "page" ? step.people : []));
  return scene.card({
    blocks: [
      { kind: "lines", lines },
      ...unreachableBlock(paged, scene),
      ...asideBlock(notice, scene),
      ...buttonBlock([...takeButton(scene), ...notedButton(scene, notice.key)]),
    ],
    summary: scene.alarm(what),
  });
}

/** What fired, in one sentence. */
export function escalationLine(notice: Escalated, scene: Scene): Line {
  const { clock, customer, percent, repeat, level, clockDueAt } = notice;
  if (percent === 0) return scene.line("escalation.start", { level });
  const internal = isInternal(notice, scene);
  const slots = { of: ofTarget(clock, customer, internal, scene), due: scene.at(clockDueAt) };
  if (repeat > 0)
    return scene.line(internal ? "escalation.repeat-passed" : "escalation.repeat-breach", { ...slots, repeat });
  if (percent < 100) return scene.line("escalation.warning", { ...slots, percent });
  return scene.line(internal ? "escalation.passed" : "escalation.breach", slots);
}

/** Lateness, collapsed warnings, and duties that nobody holds. */
export function asideBlock(notice: Escalated, scene: Scene): readonly CardBlock[] {
  const { lateMs, collapsed, gaps } = notice;
  const late = durationWords(lateMs, scene.voice.language);
  const roles = gaps.map((role) => scene.say(`role.${role}`)).join(", ");
  const lines = [
    ...(lateMs >= LATE_MS ? [scene.line("escalation.late", { late })] : []),
    ...(collapsed ? [scene.line("escalation.collapsed")] : []),
    ...(gaps.length > 0 ? [scene.line("escalation.gaps", { roles })] : []),
    ...(notice.percent > 0 && isInternal(notice, scene) ? unconfirmedLine(scene) : []),
  ];
  return lines.length === 0 ? [] : [{ kind: "context", lines }];
}

/** Somebody's page again, because nobody has the incident. */
export function repagedCard(notice: NoticeOf<"repaged">, scene: Scene): Card {
  const line = scene.line("notice.repaged", { people: peopleLine(notice.people, true) });
  return scene.card({
    blocks: [
      { kind: "lines", lines: [line, ...responseDue(notice, scene)] },
      ...unreachableBlock(notice.people, scene),
      ...buttonBlock(takeButton(scene)),
    ],
    summary: scene.alarm(line),
  });
}

/** When the response falls or fell due, for pages. */
export function responseDue(
  { responseDueAt }: Pick<NoticeOf<"repaged">, "responseDueAt">,
  scene: Scene,
): readonly Line[] {
  if (responseDueAt === null) return [];
  const passed = responseDueAt.getTime() <= scene.snapshot.at.getTime();
  return [scene.line(passed ? "notice.response-was-due" : "notice.response-due", { due: scene.at(responseDueAt) })];
}

/** When the response falls due, for the first page; later ones name the due time themselves. */
export function firstDue({ percent, clockDueAt }: Escalated, scene: Scene): readonly Line[] {
  const awaited = percent === 0 && scene.incident.taken === null && scene.snapshot.sheet.governing.response !== null;
  return awaited ? responseDue({ responseDueAt: clockDueAt }, scene) : [];
}

// A page that reaches nobody must not look like one that was heard.
function unreachableBlock(paged: readonly PersonId[], scene: Scene): readonly CardBlock[] {
  const { isReachable } = scene.voice;
  const missed = isReachable === undefined ? [] : [...new Set(paged)].filter((person) => !isReachable(person));
  if (missed.length === 0) return [];
  const { declaredBy, onCall } = scene.incident;
  const others = [...new Set([...(declaredBy === null ? [] : [declaredBy]), ...onCall.fallback])];
  const fallback = others.filter((person) => isReachable?.(person) && !paged.includes(person));
  const people = peopleLine(missed, false);
  const nobody = paged.every((person) => missed.includes(person)) && fallback.length > 0;
  const line = nobody
    ? scene.line("escalation.unreachable-all", { people, fallback: peopleLine(fallback, true) })
    : scene.line("escalation.unreachable", { people });
  return [{ kind: "lines", lines: [line] }];
}

function isInternal({ clock, customer }: Escalated, scene: Scene): boolean {
  return rowFor(scene, clock, customer)?.internal ?? customer === "-";
}

// Only who is paged is called by the message: the others get their own, and a channel that calls everybody is muted.
function peopleLines({ steps, emptyLadder }: Escalated, scene: Scene): readonly Line[] {
  if (emptyLadder) {
    const { fallback } = scene.incident.onCall;
    const people = [...new Set([...steps.flatMap((step) => step.people), ...fallback])];
    if (people.length === 0) return [scene.line("escalation.empty-nobody")];
    return [scene.line("escalation.empty", { people: peopleLine(people, true) })];
  }
  return steps
    .filter((step) => step.people.length > 0)
    .map(({ role, how, people }) =>
      scene.line(`escalation.${how}`, { people: peopleLine(people, how === "page"), role: scene.say(`role.${role}`) }),
    );
}

function peopleLine(people: readonly PersonId[], notify: boolean): Line {
  const shown = people.slice(0, PEOPLE_SHOWN).map((person): Line => [notify ? mention(person) : named(person)]);
  const hidden = people.length - shown.length;
  return joinLines(hidden > 0 ? [...shown, [plain(`+ ${hidden}`)]] : shown, ", ");
}
