// What somebody, or the clock, has changed: one sentence, the text that was written, and the usual next step.
import type { Notice, NoticeOf } from "../../domain/notices/notice.js";
import type { Card, CardBlock, Line } from "../card.js";
import { clipText } from "../clip-text.js";
import { joinLines, mention, plain, strong } from "../spans.js";
import { clocksOfCustomer, customerNames, resultLines, unconfirmedLine } from "./clock-lines.js";
import { type CustomerNoticeTold, tellCustomerNotice } from "./customer-notice-card.js";
import { buttonBlock, formButton, takeButton } from "./incident-buttons.js";
import { nextLine } from "./next-line.js";
import type { Scene } from "./scene.js";
import type { Told } from "./told.js";

/** Notices that are told in one sentence. */
export type Change = Exclude<Notice, { readonly kind: "incident-card" | "announcement" | "escalated" | "repaged" }>;

const BREACHES_SHOWN = 10;
/** Longest piece of a quotation in a notification. */
const QUOTED_MAX = 200;

/** The card of a change. */
export function changeCard(notice: Change, scene: Scene): Card {
  const { line, quote = null, after = [], context = [], buttons = [] } = tell(notice, scene);
  const quoted: readonly CardBlock[] = quote === null || quote.trim() === "" ? [] : [{ kind: "quote", text: quote }];
  return scene.card({
    blocks: [
      { kind: "lines", lines: [line] },
      ...quoted,
      ...(after.length === 0 ? [] : [{ kind: "lines", lines: after } as const]),
      ...(context.length === 0 ? [] : [{ kind: "context", lines: context } as const]),
      ...buttonBlock(buttons),
    ],
    summary:
      quoted.length === 0 ? scene.summary(line) : scene.summary(line, [plain(clipText(quote ?? "", QUOTED_MAX))]),
  });
}

function tell(notice: Change, scene: Scene): Told {
  switch (notice.kind) {
    case "notice-drafted":
    case "notice-approved":
    case "notice-discarded":
    case "notice-sent":
      return tellCustomerNotice(notice, scene);
    case "breached":
      return tellBreached(notice, scene);
    case "taken":
      return { line: scene.line("notice.taken", { who: scene.who(notice.by) }) };
    case "noted":
      return tellNoted(notice, scene);
    case "confirmed":
      return {
        line: scene.line("notice.confirmed", { who: scene.who(notice.by) }),
        buttons: takeButton(scene),
      };
    case "reclassified":
      return tellReclassified(notice, scene);
    case "identified":
      return {
        line: scene.line("notice.identified", { who: scene.who(notice.by) }),
        quote: notice.cause.prose,
        buttons: formButton(scene, "mitigate"),
      };
    case "mitigated":
      return tellMitigated(notice, scene);
    case "regressed":
      return {
        line: scene.line("notice.regressed", { who: scene.who(notice.by) }),
        quote: notice.what.prose,
        after: nextLine(scene),
      };
    case "resolved":
      return tellResolved(notice, scene);
    case "reopened":
      return {
        line: scene.line("notice.reopened", { who: scene.who(notice.by) }),
        quote: notice.reason.prose,
        after: nextLine(scene),
        buttons: takeButton(scene),
      };
    default:
      return tellRecord(notice, scene);
  }
}

type RecordChange = Exclude<
  Exclude<Change, CustomerNoticeTold>,
  {
    readonly kind:
      | "breached"
      | "taken"
      | "noted"
      | "confirmed"
      | "reclassified"
      | "identified"
      | "mitigated"
      | "regressed"
      | "resolved"
      | "reopened";
  }
>;

function tellRecord(notice: RecordChange, scene: Scene): Told {
  switch (notice.kind) {
    case "cancelled": {
      const reason = scene.say(`cancel-reason.${notice.reason}`).toLocaleLowerCase(scene.voice.language);
      return {
        line: scene.line("notice.cancelled", { who: scene.who(notice.by), reason }),
        quote: notice.text.prose,
      };
    }
    case "reviewed":
      return { line: scene.line("notice.reviewed", { who: scene.who(notice.by) }), quote: notice.review.prose };
    case "closed":
      return { line: scene.line("notice.closed", { who: scene.who(notice.by) }) };
    case "merged-in":
      return tellMergedIn(notice, scene);
    case "merged-into":
      return { line: scene.line("notice.merged-into", { code: notice.parentCode }) };
    case "note-added":
      return tellNote(notice, scene);
    case "role-assigned":
      return tellRole(notice, scene);
    case "customer-added": {
      const customer = scene.voice.customerName(notice.customer);
      return {
        line: scene.line("notice.customer-added", { customer }),
        after: clocksOfCustomer(notice.customer, scene),
        context: unconfirmedLine(scene),
      };
    }
    case "customer-removed": {
      const customer = scene.voice.customerName(notice.customer);
      return { line: scene.line("notice.customer-removed", { customer }), quote: notice.reason.prose };
    }
    case "paused":
      return {
        line:
          notice.customers === null
            ? scene.line("notice.paused", { who: scene.who(notice.by) })
            : scene.line("notice.paused-customers", {
                who: scene.who(notice.by),
                customers: customerNames(notice.customers, scene),
              }),
        quote: notice.question.prose,
        after: nextLine(scene),
      };
    case "resumed":
      return {
        line:
          notice.customers === null
            ? scene.line("notice.resumed", { who: scene.who(notice.by) })
            : scene.line("notice.resumed-customers", {
                who: scene.who(notice.by),
                customers: customerNames(notice.customers, scene),
              }),
        after: nextLine(scene),
      };
  }
}

function tellBreached({ breaches }: NoticeOf<"breached">, scene: Scene): Told {
  const shown = breaches.slice(0, BREACHES_SHOWN).map(({ customer, clock, breachAt }) =>
    scene.line("notice.breach", {
      customer: scene.voice.customerName(customer),
      clock: scene.say(`clock.${clock}`),
      due: scene.at(breachAt),
    }),
  );
  const hidden = breaches.length - shown.length;
  const all = hidden > 0 ? [...shown, [plain(`+ ${hidden}`)]] : shown;
  return { line: scene.line("notice.breached", { n: breaches.length, breaches: joinLines(all, "; ") }) };
}

function tellNoted({ by, escalation }: NoticeOf<"noted">, scene: Scene): Told {
  const who = scene.who(by);
  const fired = scene.incident.fired.find(({ key }) => key === escalation);
  if (!fired) return { line: scene.line("notice.noted-unknown", { who }) };
  const clock = scene.say(`clock.${fired.clock}`);
  const what =
    fired.percent === 0
      ? scene.line("escalation.what-start")
      : fired.repeat > 0
        ? scene.line("escalation.what-repeat", { clock, repeat: fired.repeat })
        : scene.line("escalation.what", { clock, percent: fired.percent });
  return { line: scene.line("notice.noted", { who, what }) };
}

function tellReclassified({ by, from, classification }: NoticeOf<"reclassified">, scene: Scene): Told {
  const { level, provisional, rule } = classification;
  const slots = { who: scene.who(by), from, to: level };
  const changed = provisional ? "notice.reclassified-provisional" : "notice.reclassified";
  return {
    line: scene.line(from === level ? "notice.classified-same" : changed, slots),
    after: nextLine(scene),
    context: [scene.line("card.rule", { rule: scene.policyText(rule) })],
    buttons: takeButton(scene),
  };
}

function tellMitigated({ by, action, observeUntil }: NoticeOf<"mitigated">, scene: Scene): Told {
  return {
    line: scene.line("notice.mitigated", { who: scene.who(by) }),
    quote: action.prose,
    after: [
      observeUntil === null
        ? scene.line("notice.observe")
        : scene.line("notice.observe-until", { until: scene.at(observeUntil) }),
    ],
    buttons: [...formButton(scene, "resolve"), ...formButton(scene, "regress")],
  };
}

function tellResolved({ by, data, reason }: NoticeOf<"resolved">, scene: Scene): Told {
  const results = resultLines(scene);
  const title: Line = [strong(scene.say("clock.results"))];
  const line = scene.line("notice.resolved", { who: scene.who(by), data: scene.say(`statement.${data}`) });
  return {
    line: reason === null ? line : [...line, plain(" "), ...scene.line("notice.resolved-early")],
    quote: reason?.prose ?? null,
    after: results.length === 0 ? [] : [title, ...results],
    context: unconfirmedLine(scene),
    buttons: [...formButton(scene, "review"), ...formButton(scene, "reopen")],
  };
}

function tellMergedIn({ childCode, customers }: NoticeOf<"merged-in">, scene: Scene): Told {
  const slots = { code: childCode, n: customers.length, customers: customerNames(customers, scene) };
  if (customers.length === 0) return { line: scene.line("notice.merged-in", { code: childCode }) };
  return { line: scene.line("notice.merged-in-customers", slots), after: nextLine(scene) };
}

function tellNote({ by, text, happenedAt }: NoticeOf<"note-added">, scene: Scene): Told {
  // A minute apart is the time that it took to type, not another moment.
  const earlier = scene.snapshot.at.getTime() - happenedAt.getTime() > 60_000;
  const slots = { who: scene.who(by), at: scene.at(happenedAt) };
  const line = earlier
    ? scene.line("notice.note-added-at", slots)
    : scene.line("notice.note-added", { who: slots.who });
  return { line, quote: text.prose };
}

function tellRole({ by, role, person, summary }: NoticeOf<"role-assigned">, scene: Scene): Told {
  const slots = { person: mention(person), role: scene.say(`role.${role}`) };
  return {
    line:
      by === null || by === person
        ? scene.line("notice.role-assigned-self", slots)
        : scene.line("notice.role-assigned", { ...slots, who: scene.who(by) }),
    quote: summary?.prose ?? null,
  };
}
