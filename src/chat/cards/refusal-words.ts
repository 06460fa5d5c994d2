// Why something was not done, in a sentence that says what to do instead.
import type { CommandType } from "../../domain/incident/commands.js";
import type { IncidentState } from "../../domain/incident/incident.js";
import type { Refusal } from "../../domain/incident/refusals.js";
import type { IncidentSnapshot } from "../../domain/incident/snapshot.js";
import { proposeNotices } from "../../domain/notices/propose-notice.js";
import type { Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { type Verb, verbName } from "../command-table.js";
import { code, joinLines, moment, named } from "../spans.js";
import type { TextKey } from "../texts/pt-br.js";
import { type Slots, say, sayLine } from "../texts/say.js";
import { instantWords } from "../time-words.js";
import { commandOf, type Voice } from "../voice.js";

type Of<R extends Refusal["reason"]> = Extract<Refusal, { readonly reason: R }>;

const VERBS: Readonly<Record<CommandType, Verb | null>> = {
  declare: "declare",
  confirm: null,
  take: "take",
  "note-escalation": null,
  classify: "classify",
  identify: "identify",
  mitigate: "mitigate",
  regress: "regress",
  resolve: "resolve",
  reopen: "reopen",
  cancel: "cancel",
  review: "review",
  close: "close",
  merge: "merge",
  "become-merged": null,
  "add-note": "note",
  "assign-role": "role",
  "add-customer": "affected",
  "remove-customer": "affected",
  pause: "pause",
  resume: "resume",
  wake: null,
  "compose-notice": "notify",
  "approve-notice": null,
  "discard-notice": null,
  "record-sent": null,
};

const STATES: readonly IncidentState[] = [
  "triage",
  "investigating",
  "identified",
  "monitoring",
  "resolved",
  "reviewed",
  "closed",
  "cancelled",
  "merged",
];

/** Refusals that need nothing but their text, and those that also show a command to type. */
const EXAMPLES: Readonly<Partial<Record<Refusal["reason"], Verb>>> = {
  "restore-not-confirmed": "resolve",
  "reopen-window-over": "declare",
  "needs-authority": "role",
  "supplier-never-pauses": "note",
  "name-the-customers": "pause",
  "unknown-escalation": "sla",
  "unknown-incident": "list",
  "nobody-to-tell": "affected",
  "notice-expired": "notify",
  "wrong-notice": "notify",
};

/** A refusal in the reader's language, with what to do; the incident as it is tells what would be refused again. */
export function refusalLine(refusal: Refusal, voice: Voice, now: Date, snapshot: IncidentSnapshot | null = null): Line {
  const { language } = voice;
  const line = (key: TextKey, slots: Slots = {}): Line =>
    sayLine(language, key, { ...example(refusal, voice), ...slots });
  const at = (instant: Date) => moment(instant, now, voice.zone);
  const state = (name: string) => stateName(name, voice);
  switch (refusal.reason) {
    case "not-in-this-state":
      return wrongState(refusal, voice, snapshot);
    case "already-taken":
      return line("refusal.already-taken", { by: named(refusal.by), at: at(refusal.at) });
    case "already-in-state":
      return refusal.by === null || refusal.at === null
        ? line("refusal.already-in-state", { state: state(refusal.state) })
        : line("refusal.already-in-state-by", {
            by: named(refusal.by),
            at: at(refusal.at),
            state: state(refusal.state),
          });
    case "missing": {
      const fields = refusal.fields.map((field) => say(language, `missing.${field}`)).join(", ");
      return line("refusal.missing", { fields });
    }
    case "too-long":
      return line("refusal.too-long", { ...refusal, field: say(language, `missing.${refusal.field}`) });
    case "observation-not-over":
      return line("refusal.observation-not-over", { until: at(refusal.until) });
    case "reopen-window-over":
      return line("refusal.reopen-window-over", { since: at(refusal.since) });
    case "needs-authority":
      return line(`refusal.needs-authority.${refusal.who}`);
    case "cause-contradicts-level":
      return line("refusal.cause-contradicts-level", { ...refusal, cause: causeName(refusal.cause, voice) });
    case "merge-with-itself":
      return line("refusal.merge-with-itself", { code: refusal.code });
    case "cannot-merge":
      return line("refusal.cannot-merge", { code: refusal.code, state: state(refusal.state) });
    case "unknown-customer":
    case "customer-already-affected":
      return line(`refusal.${refusal.reason}`, { customer: clipText(voice.customerName(refusal.customer), 120) });
    case "time-in-the-future":
      return line("refusal.time-in-the-future", { at: instantWords(refusal.at, "date-time", voice) });
    case "checklist-open": {
      const items = refusal.items.map((item) => say(language, `item.${item}`)).join(", ");
      return line("refusal.checklist-open", { items });
    }
    case "unknown-person":
      return line("refusal.unknown-person", { text: clipText(refusal.text, 120) });
    case "not-in-an-incident-channel":
      return line("refusal.not-in-an-incident-channel", {
        example: [code(`${commandOf(voice)} INC-12 ${verbName("take", language)}`)],
      });
    case "already-told":
      return line("refusal.already-told", { at: at(refusal.at) });
    case "audience-changed":
    case "wrong-notice":
      return line(`refusal.${refusal.reason}`, { ...refusal, state: state(refusal.state) });
    case "notice-decided":
      return refusal.by === null || refusal.at === null
        ? line("refusal.notice-decided")
        : line("refusal.notice-decided-by", { by: named(refusal.by), at: at(refusal.at) });
    case "second-person-first":
      return refusal.until === null
        ? line("refusal.second-person-first")
        : line("refusal.second-person-first-until", { until: at(refusal.until) });
    default:
      return line(`refusal.${refusal.reason}`, { ...refusal });
  }
}

/** The sentence when a typed command or a form meets an incident whose state does not allow it. */
function wrongState(
  { state, command, allowed }: Of<"not-in-this-state">,
  voice: Voice,
  snapshot: IncidentSnapshot | null,
): Line {
  const { language } = voice;
  const possible = allowed.filter((one) => snapshot === null || !isVain(one, snapshot));
  const verbs = [...new Set(possible.flatMap((one) => VERBS[one] ?? []))];
  const parent = snapshot?.incident.mergedInto?.code;
  if (parent !== undefined) {
    const example = [code(`${commandOf(voice)} ${parent} ${verbName("sla", language)}`)];
    return sayLine(language, "refusal.merged", { code: parent, example });
  }
  const words = { state: stateName(state, voice) };
  if (verbs.length === 0) {
    return sayLine(language, "refusal.ended", { ...words, example: [typed("declare", voice)] });
  }
  const verb = VERBS[command];
  return sayLine(language, "refusal.not-in-this-state", {
    ...words,
    verb: verb === null ? command : verbName(verb, language),
    allowed: joinLines(
      verbs.map((one) => [code(verbName(one, language))]),
      ", ",
    ),
  });
}

/** Whether the state allows it but the level or the clocks would refuse it. */
function isVain(command: CommandType, { incident, policy, sheet }: IncidentSnapshot): boolean {
  if (command === "compose-notice") return proposeNotices(incident).length === 0;
  if (command === "pause") return !policy.levels[incident.level].mayPause;
  return command === "resume" && !sheet.rows.some((row) => row.state === "paused");
}

function example({ reason }: Refusal, voice: Voice): Slots {
  const verb = EXAMPLES[reason];
  return verb === undefined ? {} : { example: [typed(verb, voice)] };
}

function typed(verb: Verb, voice: Voice) {
  return code(`${commandOf(voice)} ${verbName(verb, voice.language)}`);
}

function stateName(name: string, { language }: Voice): string {
  const known = STATES.find((state) => state === name);
  return known === undefined ? name : say(language, `state.${known}`);
}

function causeName(name: string, { language }: Voice): string {
  const known = (["worsened", "lowered", "corrected"] as const).find((cause) => cause === name);
  return known === undefined ? name : say(language, `cause.${known}`).toLocaleLowerCase(language);
}
