import type { PersonId } from "../../domain/incident/ids.js";
import type { TimelineEntry } from "../../domain/incident/incident.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import type { Card, Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { joinLines, named, plain } from "../spans.js";
import type { TextKey } from "../texts/pt-br.js";
import { ptBr } from "../texts/pt-br.js";
import type { Voice } from "../voice.js";
import { ofTarget } from "./clock-lines.js";
import { whatWords } from "./customer-notice-card.js";
import { Scene } from "./scene.js";

const ENTRIES_SHOWN = 25;
const TEXT_MAX = 200;
/** Entries that follow from the clocks, whoever set them off. */
const BY_THE_CLOCK: readonly string[] = ["escalated", "repaged", "breached", "called"];

/** The latest entries of the timeline, oldest first. */
export function timelineCard(snapshot: IncidentSnapshot, voice: Voice): Card {
  const scene = new Scene(snapshot, voice);
  const entries = [...scene.incident.timeline].sort((one, other) => one.at.getTime() - other.at.getTime());
  const shown = entries.slice(-ENTRIES_SHOWN).map((entry) => entryLine(entry, scene));
  const hidden = entries.length - shown.length;
  const { code } = scene.incident;
  return scene.card({
    header: scene.say("timeline.title", { code }),
    blocks: [
      ...(hidden > 0 ? [{ kind: "context", lines: [scene.line("timeline.older", { n: hidden })] } as const] : []),
      { kind: "lines", lines: shown },
    ],
    summary: scene.say("timeline.summary", { n: entries.length, code }),
  });
}

function entryLine(entry: TimelineEntry, scene: Scene): Line {
  const what = whatLine(entry, scene);
  const text = entry.text?.replace(/\s+/gu, " ").trim() ?? "";
  const told = text === "" ? what : scene.line("timeline.with-text", { what, text: clipText(text, TEXT_MAX) });
  const at = scene.at(entry.at);
  return entry.by === null || BY_THE_CLOCK.includes(entry.what)
    ? scene.line("timeline.line", { at, what: told })
    : scene.line("timeline.line-by", { at, who: named(entry.by), what: told });
}

function whatLine({ what, detail, by }: TimelineEntry, scene: Scene): Line {
  switch (what) {
    case "escalated":
      return escalatedLine(detail, scene);
    case "breached":
      return scene.line("timeline.breached", { who: breachesLine(textOf(detail, "customers"), scene) });
    case "declared":
    case "reclassified":
      return scene.line(`timeline.${what}`, { level: textOf(detail, "level") });
    case "resolved":
      return scene.line("timeline.resolved", { data: wordsOf("statement", textOf(detail, "data"), scene) });
    case "cancelled":
      return scene.line("timeline.cancelled", { reason: wordsOf("cancel-reason", textOf(detail, "reason"), scene) });
    case "role-assigned": {
      const person = textOf(detail, "person") as PersonId;
      const role = wordsOf("role", textOf(detail, "role"), scene);
      if (person === by) return scene.line("timeline.role-taken", { role });
      return scene.line("timeline.role-assigned", { person: named(person), role });
    }
    case "customer-added":
    case "customer-removed":
      return scene.line(`timeline.${what}`, { customer: scene.voice.customerName(textOf(detail, "customer")) });
    case "merged-in":
    case "merged-into":
      return scene.line(`timeline.${what}`, { code: textOf(detail, "code") });
    case "called":
      return scene.line("timeline.called", { people: peopleLine(textOf(detail, "people")) });
    case "notice-drafted":
    case "notice-approved":
    case "notice-discarded":
    case "notice-sent":
      return customerNoticeLine(what, detail, scene);
    default:
      return knownKey(`timeline.${what}`)
        ? scene.line(`timeline.${what}` as TextKey)
        : scene.line("timeline.other", { what });
  }
}

function customerNoticeLine(
  what: "notice-drafted" | "notice-approved" | "notice-discarded" | "notice-sent",
  detail: TimelineEntry["detail"],
  scene: Scene,
): Line {
  const notice = scene.incident.notices.find(({ number }) => number === detail["number"]);
  if (notice === undefined) return scene.line("timeline.other", { what });
  const slots = { what: whatWords(notice, scene), n: notice.customers.length };
  if (what === "notice-approved" && detail["alone"] === true)
    return scene.line("timeline.notice-approved-alone", slots);
  if (what !== "notice-sent") return scene.line(`timeline.${what}`, slots);
  const counts = { emails: Number(detail["emails"] ?? 0), texts: Number(detail["texts"] ?? 0) };
  const sent = scene.line("timeline.notice-sent", { ...slots, ...counts });
  const failed = Number(detail["failed"] ?? 0);
  return failed === 0 ? sent : scene.line("timeline.notice-sent-failed", { sent, n: failed });
}

function peopleLine(ids: string): Line {
  const people = ids.split(",").filter((id) => id !== "");
  return joinLines(
    people.map((id) => [named(id as PersonId)]),
    ", ",
  );
}

function escalatedLine(detail: TimelineEntry["detail"], scene: Scene): Line {
  const percent = Number(detail["percent"]);
  const repeat = Number(detail["repeat"]);
  if (percent === 0) return scene.line("timeline.escalated-start");
  const clock = detail["clock"] === "resolution" ? "resolution" : "response";
  const customer = textOf(detail, "customer");
  // The sheet also knows customers who were removed since.
  const internal = scene.snapshot.sheet.rows.find((row) => row.customer === customer)?.internal ?? customer === "-";
  const of = ofTarget(clock, customer, internal, scene);
  return repeat > 0
    ? scene.line("timeline.escalated-repeat", { of, repeat })
    : scene.line("timeline.escalated", { of, percent });
}

// "acme:response,beta:resolution", as the record keeps it.
function breachesLine(codes: string, scene: Scene): Line {
  const breaches = codes.split(",").map((code): Line => {
    const parted = /^(.*):(response|resolution)$/u.exec(code);
    if (!parted) return [plain(code)];
    const clock = scene.say(`clock.${parted[2] === "resolution" ? "resolution" : "response"}`);
    return scene.line("timeline.breach", { customer: scene.voice.customerName(parted[1] ?? ""), clock });
  });
  return joinLines(breaches, ", ");
}

function wordsOf(prefix: string, value: string, scene: Scene): string {
  const key = `${prefix}.${value}`;
  if (!knownKey(key)) return value;
  const words = scene.say(key as TextKey);
  return `${words.charAt(0).toLocaleLowerCase(scene.voice.language)}${words.slice(1)}`;
}

function knownKey(key: string): boolean {
  return Object.hasOwn(ptBr, key) && key !== "timeline.other";
}

function textOf(detail: TimelineEntry["detail"], name: string): string {
  return String(detail[name] ?? "");
}
