import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { prose } from "../../../src/domain/incident/prose.js";
import { toldCustomers } from "../../../src/domain/notices/customer-notice.js";
import type { TemplateName } from "../../../src/domain/notices/message-catalogue.js";
import { proposeNotices } from "../../../src/domain/notices/propose-notice.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import {
  aDeclaration,
  by,
  customer,
  declared,
  followedBy,
  fullRoster,
  later,
  refusalOf,
  type Story,
} from "../../support/incident-builders.js";
import { aNotice, effectKinds, sent } from "../../support/notice-builders.js";

const twoCustomers = (level: 1 | 2 | 3 | 4 = 1): Story =>
  declared(aDeclaration({ level, customers: [customer("aurora"), customer("bandeira")] }));
const told = (story: Story): Story => followedBy(story, aNotice("first_notice"), { at: later(2) });
const templates = (story: Story): readonly TemplateName[] => proposeNotices(story.incident).map((p) => p.template);
const mitigated = (story: Story): Story =>
  followedBy(story, { type: "mitigate", action: "tráfego movido" }, { at: later(20) });

describe("the first notice", () => {
  test("goes to every affected customer with one press and no second person", () => {
    const story = told(twoCustomers());
    expect(story.incident.notices[0]).toMatchObject({
      template: "first_notice",
      customers: ["aurora", "bandeira"],
      approved: { by: "bruno", alone: false },
      facts: { status: "investigating", effect: "outage", data: "none", nextUpdateAt: later(32) },
    });
    expect(effectKinds(story)).toEqual(["broadcast", "say", "refresh"]);
  });

  test("is not sent twice, not even when two people press at once", () => {
    expect(refusalOf(followedBy(told(twoCustomers()), aNotice("first_notice"), { actor: by("carla") }))).toBe(
      "nobody-to-tell",
    );
  });

  test("goes later to a customer who is found to be affected later, and to nobody else", () => {
    const found = followedBy(told(twoCustomers()), { type: "add-customer", customer: customer("cedro") });
    expect(templates(found)).toEqual(["first_notice", "update", "no_change"]);
    const again = followedBy(found, aNotice("first_notice"));
    expect(again.incident.notices[1]?.customers).toEqual(["cedro"]);
  });

  test("survives that the cause is identified meanwhile", () => {
    const story = followedBy(told(twoCustomers()), { type: "identify", cause: "certificado vencido" });
    expect(story.incident.notices[0]?.approved).not.toBeNull();
  });

  test("says that data is being checked while nobody knows", () => {
    const unknown = aDeclaration({ answers: { scope: "large", effect: "unknown", data: "unknown", exposure: "none" } });
    expect(told(declared(unknown)).incident.notices[0]?.facts).toMatchObject({ data: "checking", effect: "unknown" });
    const exposed = aDeclaration({
      answers: { scope: "large", effect: "outage", data: "none", exposure: "suspected" },
    });
    expect(told(declared(exposed)).incident.notices[0]?.facts.data).toBe("checking");
  });
});

describe("a drill", () => {
  test("never makes a message to customers, whatever its state", () => {
    const drill = declared(aDeclaration({ kind: "drill" }));
    expect(proposeNotices(drill.incident)).toEqual([]);
    expect(refusalOf(followedBy(drill, aNotice("first_notice")))).toBe("drill-has-no-customers");
    expect(refusalOf(followedBy(mitigated(drill), aNotice("monitoring")))).toBe("drill-has-no-customers");
    expect(refusalOf(followedBy(drill, { type: "approve-notice", number: 1 }))).toBe("drill-has-no-customers");
  });
});

describe("what the author saw", () => {
  const seen = { customers: 2, level: 1, state: "investigating" };

  test("is what is sent, else the author is asked again", () => {
    expect(followedBy(twoCustomers(), aNotice("first_notice", { seen })).last.ok).toBe(true);
    const grown = followedBy(twoCustomers(), { type: "add-customer", customer: customer("cedro") });
    expect(followedBy(grown, aNotice("first_notice", { seen })).last).toMatchObject({
      refusal: { reason: "audience-changed", customers: 3 },
    });
  });

  test("more than fifty customers need the number typed again", () => {
    const customers = Array.from({ length: 51 }, (_, n) => customer(`c${n}`));
    const many = declared(aDeclaration({ customers }));
    expect(refusalOf(followedBy(many, aNotice("first_notice")))).toBe("repeat-the-number");
    expect(refusalOf(followedBy(many, aNotice("first_notice", { confirmedCustomers: 50 })))).toBe("repeat-the-number");
    expect(followedBy(many, aNotice("first_notice", { confirmedCustomers: 51 })).last.ok).toBe(true);
  });
});

describe("an update", () => {
  // Helena, the commander on duty, has just done something about the incident.
  const withHelena = (level: 1 | 2 | 3 = 1): Story =>
    followedBy(
      told(twoCustomers(level)),
      { type: "add-note", text: "estou aqui", happenedAt: null },
      {
        actor: by("helena"),
        at: later(3),
      },
    );
  const drafted = (level: 1 | 2 | 3 = 1): Story => followedBy(withHelena(level), aNotice("update"), { at: later(4) });

  test("needs words about what changed", () => {
    expect(followedBy(withHelena(), aNotice("update", { texts: {} })).last).toMatchObject({
      refusal: { reason: "missing", fields: ["whatChanged"] },
    });
    const long = { whatChanged: { "pt-BR": prose("a".repeat(161)) } };
    expect(refusalOf(followedBy(withHelena(), aNotice("update", { texts: long })))).toBe("too-long");
  });

  test("of an N1 waits for a second person while one is there", () => {
    expect(effectKinds(drafted())).toEqual(["say", "refresh"]);
    expect(drafted().incident.notices[1]).toMatchObject({ approved: null, aloneAt: later(7), expiresAt: later(19) });
  });

  test("leaves when the second person approves", () => {
    const approved = followedBy(
      drafted(),
      { type: "approve-notice", number: 2 },
      { actor: by("helena"), at: later(5) },
    );
    expect(approved.incident.notices[1]?.approved).toMatchObject({ by: "helena", alone: false });
    expect(effectKinds(approved)).toContain("broadcast");
    expect(refusalOf(followedBy(approved, { type: "approve-notice", number: 2 }))).toBe("notice-decided");
  });

  test("the author goes alone after three minutes, and it is recorded", () => {
    const early = followedBy(drafted(), { type: "approve-notice", number: 2 }, { at: later(6) });
    expect(early.last).toMatchObject({ refusal: { reason: "second-person-first", until: later(7) } });
    const alone = followedBy(drafted(), { type: "approve-notice", number: 2 }, { at: later(7) });
    expect(alone.incident.notices[1]?.approved).toMatchObject({ by: "bruno", alone: true });
  });

  test("at night, with nobody else there, it leaves at once and is recorded as alone", () => {
    const story = followedBy(told(twoCustomers()), aNotice("update"), { at: later(60) });
    expect(story.incident.notices[1]?.approved).toMatchObject({ by: "bruno", alone: true });
  });

  test("where two people are required nobody goes alone", () => {
    const policy = { ...cuboSuitePolicyV1, fourEyes: "required" as const };
    const waiting = followedBy(withHelena(), aNotice("update"), { at: later(4), policy });
    const alone = followedBy(waiting, { type: "approve-notice", number: 2 }, { at: later(15), policy });
    expect(refusalOf(alone)).toBe("second-person-first");
  });

  test("of an N3 asks nobody else", () => {
    expect(drafted(3).incident.notices[1]?.approved).toMatchObject({ by: "bruno", alone: false });
  });

  test("is not approved after a quarter of an hour, nor after the state has changed", () => {
    const approve = { type: "approve-notice", number: 2 } as const;
    expect(refusalOf(followedBy(drafted(), approve, { actor: by("helena"), at: later(20) }))).toBe("notice-expired");
    expect(refusalOf(followedBy(mitigated(drafted()), approve, { actor: by("helena") }))).toBe("notice-expired");
  });

  test("somebody without any say cannot approve it", () => {
    const approve = { type: "approve-notice", number: 2 } as const;
    expect(refusalOf(followedBy(drafted(), approve, { actor: by("zeca"), at: later(5) }))).toBe("needs-authority");
  });

  test("a newer draft takes the place of a waiting one", () => {
    const again = followedBy(drafted(), aNotice("update"), { at: later(5) });
    expect(again.incident.notices[1]?.discardedAt).toEqual(later(5));
    expect(refusalOf(followedBy(again, { type: "approve-notice", number: 2 }, { actor: by("helena") }))).toBe(
      "notice-decided",
    );
    const discarded = followedBy(again, { type: "discard-notice", number: 3 });
    expect(discarded.incident.notices[2]?.discardedAt).not.toBeNull();
  });
});

describe("the way to the end", () => {
  test("each state offers its own message, once", () => {
    const working = mitigated(told(twoCustomers()));
    expect(templates(working)).toEqual(["monitoring", "update"]);
    const monitoring = followedBy(working, aNotice("monitoring"), { at: later(40) });
    expect(monitoring.incident.notices[1]?.facts).toMatchObject({ restoredAt: later(20), nextUpdateAt: later(80) });
    expect(refusalOf(followedBy(monitoring, aNotice("monitoring")))).toBe("already-told");
    const resolve = { type: "resolve", data: "not-affected", reason: null, restoredConfirmed: true } as const;
    const resolved = followedBy(monitoring, resolve, { at: later(90) });
    expect(templates(resolved)).toEqual(["resolved"]);
    const over = followedBy(resolved, aNotice("resolved"), { at: later(120) });
    expect(over.incident.notices[2]?.facts).toMatchObject({ data: "none", nextUpdateAt: null, restoredAt: later(20) });
    expect(templates(over)).toEqual([]);
  });

  test("who was told that it was resolved hears that it is back, with when that was; nobody else does", () => {
    const resolve = { type: "resolve", data: "not-affected", reason: "ok", restoredConfirmed: true } as const;
    const reopen = { type: "reopen", reason: "voltou", onCall: fullRoster } as const;
    const resolved = followedBy(mitigated(told(twoCustomers())), resolve, { at: later(90) });
    const silent = followedBy(resolved, reopen, { at: later(200) });
    expect(templates(silent)).toEqual(["update", "no_change"]);
    const back = followedBy(followedBy(resolved, aNotice("resolved"), { at: later(91) }), reopen, { at: later(200) });
    expect(templates(back)[0]).toBe("reopened");
    const notice = followedBy(back, aNotice("reopened"), { at: later(201) }).incident.notices.at(-1);
    expect(notice?.facts).toMatchObject({ resolvedAt: later(90), reopenedAt: later(200) });
  });

  test("who was told and is not affected after all hears so", () => {
    const removed = followedBy(told(twoCustomers()), {
      type: "remove-customer",
      customer: "aurora",
      reason: "usa outra região",
    });
    const proposal = proposeNotices(removed.incident).find((p) => p.template === "false_alarm");
    expect(proposal?.customers).toEqual(["aurora"]);
  });

  test("a false alarm is told to those who had been told, and only to them", () => {
    const cancel = { type: "cancel", reason: "false-alarm", text: "era o monitor" } as const;
    const cancelled = followedBy(told(twoCustomers()), cancel, { actor: by("diego") });
    expect(templates(cancelled)).toEqual(["false_alarm"]);
    expect(templates(followedBy(twoCustomers(), cancel, { actor: by("diego") }))).toEqual([]);
  });

  test("data that was lost and is back is never called untouched", () => {
    const resolve = { type: "resolve", data: "recovered", reason: "fila vazia", restoredConfirmed: true } as const;
    const over = followedBy(followedBy(mitigated(told(twoCustomers())), resolve), aNotice("resolved"), {
      at: later(120),
    });
    expect(over.incident.notices[1]?.facts).toMatchObject({ data: "lost", dataRecovered: true });
  });
});

describe("what became of a message", () => {
  test("is recorded once, and only by the delivery", () => {
    const story = told(twoCustomers());
    expect(
      refusalOf(
        followedBy(story, {
          type: "record-sent",
          number: 1,
          tally: { email: { sent: 1, failed: 0, dropped: 0 }, sms: { sent: 0, failed: 0, dropped: 0 } },
        }),
      ),
    ).toBe("unknown-notice");
    const reported = sent(story, 1);
    expect(reported.incident.notices[0]?.sent?.tally.email.sent).toBe(2);
    expect(refusalOf(sent(reported, 1))).toBe("nothing-changed");
  });
});

test("however messages follow one another, nobody who is not affected is told, and a first notice comes once", () => {
  const step = fc.constantFrom(
    "first_notice",
    "update",
    "no_change",
    "monitoring",
    "resolved",
    "false_alarm",
    "mitigate",
    "regress",
    "drop",
  ) satisfies fc.Arbitrary<string>;
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      let story = twoCustomers(3);
      const affected = new Set(["aurora", "bandeira"]);
      for (const [n, name] of steps.entries()) {
        const at = later(n + 1);
        const before = toldCustomers(story.incident.notices);
        const next =
          name === "mitigate"
            ? followedBy(story, { type: "mitigate", action: "x" }, { at })
            : name === "regress"
              ? followedBy(story, { type: "regress", what: "x", to: null }, { at })
              : name === "drop"
                ? followedBy(story, { type: "remove-customer", customer: "aurora", reason: "x" }, { at })
                : followedBy(story, aNotice(name as TemplateName), { at });
        if (name === "drop" && next.last.ok) affected.delete("aurora");
        const notice = next.incident.notices[story.incident.notices.length];
        if (notice?.template === "first_notice") expect(notice.customers.some((id) => before.has(id))).toBe(false);
        for (const id of notice?.customers ?? []) expect(affected.has(id) || before.has(id)).toBe(true);
        story = next;
      }
    }),
    { numRuns: 60 },
  );
});
