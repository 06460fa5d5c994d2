// The incident at a glance: the pinned card of its channel and the announcement elsewhere. Both are redrawn in place.
import type { Card, CardBlock, Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { joinLines, named, plain, strong } from "../spans.js";
import { customerLines } from "./clock-lines.js";
import { customersTold } from "./customers-told.js";
import { buttonBlock, cardButtons, takeButton } from "./incident-buttons.js";
import { nextLine } from "./next-line.js";
import type { Scene } from "./scene.js";

type CardField = { readonly label: string; readonly value: Line };

/** Longest free text quoted on the card; the timeline has it whole. */
const QUOTED_MAX = 300;
const SERVICES_SHOWN = 5;

/** The card pinned in the incident's channel. */
export function incidentCard(scene: Scene): Card {
  const fields = [levelField(scene), stateField(scene), takenField(scene), leadField(scene), servicesField(scene)];
  return scene.card({
    header: scene.header(),
    blocks: [
      { kind: "fields", fields: [...fields, sinceField(scene), ...factFields(scene)] },
      ...merged(scene),
      ...dues(scene),
      ...told(scene),
      { kind: "context", lines: [ruleLine(scene), policyLine(scene)] },
      ...buttonBlock(cardButtons(scene)),
    ],
    summary: cardSummary(scene),
  });
}

/** The card in the announcement channel. */
export function announcementCard(scene: Scene): Card {
  const room: CardField = { label: scene.say("card.room"), value: [{ kind: "room" }] };
  const fields = [levelField(scene), stateField(scene), takenField(scene), servicesField(scene), sinceField(scene)];
  return scene.card({
    header: scene.header(),
    blocks: [
      { kind: "fields", fields: [...fields, customersField(scene), room] },
      ...merged(scene),
      ...buttonBlock(takeButton(scene)),
    ],
    summary: cardSummary(scene),
  });
}

/** The state in words, as it stands in cards and lists. */
export function stateWords(scene: Scene): string {
  return scene.say(`state.${scene.incident.state}`);
}

/** The level with its name, when the policy gives it one of its own, and the mark of a provisional one. */
export function levelWords(scene: Scene): string {
  const { level, classification } = scene.incident;
  const name = scene.policyText(scene.snapshot.policy.levelNames[level]);
  const ownName = !new RegExp(`^\\S+ ${level}$`, "u").test(name);
  const words = ownName ? scene.say("card.level-named", { level, name }) : `N${level}`;
  return classification.provisional ? scene.say("card.level-provisional", { level: words }) : words;
}

/** One sentence for notifications. */
function cardSummary(scene: Scene): string {
  const { code, level, kind } = scene.incident;
  const words = scene.say("card.summary", { code, level, title: scene.title, state: stateWords(scene) });
  return kind === "drill" ? `${scene.say("card.drill-mark")} · ${words}` : words;
}

function levelField(scene: Scene): CardField {
  return { label: scene.say("card.level"), value: [strong(levelWords(scene))] };
}

function stateField(scene: Scene): CardField {
  return { label: scene.say("card.state"), value: [plain(stateWords(scene))] };
}

function takenField(scene: Scene): CardField {
  const { taken } = scene.incident;
  const nobody = strong(scene.say("card.nobody"));
  return { label: scene.say("card.taken"), value: taken === null ? [nobody] : [named(taken.by)] };
}

function leadField(scene: Scene): CardField {
  const { roles, taken } = scene.incident;
  const lead = roles["incident-commander"] ?? taken?.by;
  return {
    label: scene.say("card.lead"),
    value: lead === undefined ? [plain(scene.say("card.nobody-leads"))] : [named(lead)],
  };
}

function servicesField(scene: Scene): CardField {
  const { services } = scene.incident;
  const names = services
    .slice(0, SERVICES_SHOWN)
    .map(({ id, name }): Line => (id === null ? scene.line("card.service-unconfirmed", { name }) : [plain(name)]));
  const hidden = services.length - names.length;
  const all = hidden > 0 ? [...names, [plain(`+ ${hidden}`)]] : names;
  const value = all.length === 0 ? [plain(scene.say("card.no-service"))] : joinLines(all, ", ");
  return { label: scene.say("card.services"), value };
}

function sinceField(scene: Scene): CardField {
  const { startedAt, detectedAt } = scene.incident;
  const at = scene.at(startedAt?.value ?? detectedAt);
  return {
    label: scene.say("card.since"),
    value: startedAt?.estimated === true ? scene.line("card.since-estimated", { at }) : [at],
  };
}

function customersField(scene: Scene): CardField {
  const n = scene.incident.customers.length;
  const words = n === 0 ? scene.say("card.customers-unknown") : scene.say("card.customer-count", { n });
  return { label: scene.say("card.customers"), value: [plain(words)] };
}

function factFields(scene: Scene): readonly CardField[] {
  const { cause, actionTaken, dataStatement } = scene.incident;
  const quoted = (label: string, text: string | null): readonly CardField[] =>
    text === null ? [] : [{ label, value: [plain(clipText(text, QUOTED_MAX))] }];
  return [
    ...quoted(scene.say("card.cause"), cause),
    ...quoted(scene.say("card.action"), actionTaken),
    ...(dataStatement === null ? [] : quoted(scene.say("card.data"), scene.say(`statement.${dataStatement}`))),
  ];
}

function merged(scene: Scene): readonly CardBlock[] {
  const { mergedInto } = scene.incident;
  if (mergedInto === null) return [];
  return [{ kind: "lines", lines: [scene.line("card.merged-into", { code: mergedInto.code })] }];
}

function dues(scene: Scene): readonly CardBlock[] {
  const clocks = customerLines(scene);
  if (clocks.length === 0) return [];
  const title: Line = [strong(scene.say("card.dues"))];
  return [{ kind: "lines", lines: [title, ...clocks, ...nextLine(scene)] }];
}

function told(scene: Scene): readonly CardBlock[] {
  const lines = customersTold(scene);
  return lines.length === 0 ? [] : [{ kind: "lines", lines }];
}

function ruleLine(scene: Scene): Line {
  return scene.line("card.rule", { rule: scene.policyText(scene.incident.classification.rule) });
}

function policyLine(scene: Scene): Line {
  const { id, version } = scene.incident.policy;
  return scene.line(scene.snapshot.policy.confirmed ? "card.policy" : "card.policy-unconfirmed", { id, version });
}
