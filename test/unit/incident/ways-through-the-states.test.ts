import { describe, expect, test } from "vitest";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
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

const resolve = (with_: Partial<Extract<IncidentCommand, { type: "resolve" }>> = {}): IncidentCommand => ({
  type: "resolve",
  data: "not-affected",
  reason: null,
  restoredConfirmed: false,
  ...with_,
});
const mitigated = (level: 1 | 2 | 3 | 4 = 1): Story =>
  followedBy(
    followedBy(declared(aDeclaration({ level })), { type: "take" }, { at: later(2) }),
    { type: "mitigate", action: "rollback da versão 42" },
    { at: later(30) },
  );
const resolved = (level: 1 | 2 | 3 | 4 = 1): Story =>
  followedBy(mitigated(level), resolve(), { at: later(level === 1 ? 90 : 61) });

describe("resolving", () => {
  test("an N1 before the observation window is over needs a reason", () => {
    expect(followedBy(mitigated(), resolve(), { at: later(89) }).last).toEqual({
      ok: false,
      refusal: { reason: "observation-not-over", until: later(90) },
    });
    expect(followedBy(mitigated(), resolve({ reason: "cliente confirmou" }), { at: later(89) }).incident.state).toBe(
      "resolved",
    );
    expect(followedBy(mitigated(), resolve(), { at: later(90) }).incident.state).toBe("resolved");
  });

  test("an N1 that was never mitigated needs somebody to confirm that service is back", () => {
    expect(refusalOf(followedBy(declared(), resolve()))).toBe("restore-not-confirmed");
    expect(followedBy(declared(), resolve({ restoredConfirmed: true })).incident.state).toBe("resolved");
    expect(followedBy(declared(aDeclaration({ level: 3 })), resolve()).incident.state).toBe("resolved");
  });

  test("needs a statement about the customers' data", () => {
    expect(followedBy(mitigated(3), resolve({ data: null })).last).toEqual({
      ok: false,
      refusal: { reason: "missing", fields: ["data"] },
    });
  });

  test("again is refused with who did it and when", () => {
    const story = resolved();
    expect(followedBy(story, resolve(), { actor: by("carla"), at: later(95) }).last).toEqual({
      ok: false,
      refusal: { reason: "already-in-state", state: "resolved", by: "bruno", at: later(90) },
    });
  });
});

describe("reopening", () => {
  const reopen: IncidentCommand = { type: "reopen", reason: "voltou", onCall: fullRoster };

  test("inside the window starts a new cycle that nobody has taken", () => {
    const story = followedBy(resolved(), reopen, { at: later(90 + 72 * 60) });
    expect(story.incident).toMatchObject({ state: "investigating", taken: null, resolvedAt: null });
    expect(story.incident.reopenedAt).toEqual([later(90 + 72 * 60)]);
  });

  test("after the window is refused: it is a new incident", () => {
    expect(refusalOf(followedBy(resolved(), reopen, { at: later(90 + 72 * 60 + 0.001) }))).toBe("reopen-window-over");
  });

  test("an N3 has five business days, not five days", () => {
    const story = resolved(3);
    // Resolved on Monday at 11:01; the fifth business day ends on the next Monday at the same time.
    const nextMonday = new Date("2026-11-30T14:01:00.000Z");
    expect(followedBy(story, reopen, { at: nextMonday }).incident.state).toBe("investigating");
    expect(refusalOf(followedBy(story, reopen, { at: new Date(nextMonday.getTime() + 1) }))).toBe("reopen-window-over");
  });

  test("a reviewed incident loses its review", () => {
    const reviewed = followedBy(
      resolved(),
      { type: "review", review: "Índice ausente na migração." },
      { at: later(100) },
    );
    expect(reviewed.incident.state).toBe("reviewed");
    expect(followedBy(reviewed, reopen, { at: later(200) }).incident.review).toBeNull();
  });
});

describe("closing", () => {
  test("an N1 needs its review; then the record is frozen", () => {
    const story = resolved();
    expect(followedBy(story, { type: "close" }).last).toEqual({
      ok: false,
      refusal: { reason: "checklist-open", items: ["review"] },
    });
    const closed = followedBy(followedBy(story, { type: "review", review: "Causa: índice ausente." }), {
      type: "close",
    });
    expect(closed.incident.state).toBe("closed");
    const commands: IncidentCommand[] = [
      { type: "take" },
      { type: "add-note", text: "x", happenedAt: null },
      { type: "reopen", reason: "x", onCall: fullRoster },
      {
        type: "classify",
        answers: { scope: "single", effect: "little", data: "none", exposure: "none" },
        cause: null,
        effectiveFrom: null,
        reason: null,
        onCall: fullRoster,
      },
    ];
    for (const command of commands) expect(refusalOf(followedBy(closed, command))).toBe("not-in-this-state");
  });

  test("an N4 waits three business days", () => {
    const story = resolved(4);
    expect(followedBy(story, { type: "close" }, { at: later(1000) }).last).toMatchObject({
      ok: false,
      refusal: { items: ["waiting-period"] },
    });
    expect(followedBy(story, { type: "close" }, { at: new Date("2026-11-26T14:01:00.000Z") }).incident.state).toBe(
      "closed",
    );
  });
});

describe("cancelling and merging", () => {
  test("a false alarm is for the commander or a lead, and voids the clocks", () => {
    const cancel: IncidentCommand = { type: "cancel", reason: "false-alarm", text: "monitor mal configurado" };
    expect(refusalOf(followedBy(declared(), cancel, { actor: by("carla") }))).toBe("needs-authority");
    expect(followedBy(declared(), cancel, { actor: by("diego") }).incident.state).toBe("cancelled");
  });

  const child = (with_: object = {}): IncidentCommand => ({
    type: "merge",
    child: {
      id: "i2" as IncidentId,
      code: "INC-2",
      kind: "real",
      state: "investigating",
      customers: [customer("vida")],
      ...with_,
    },
  });

  test("a merge brings the other's customers over, each once", () => {
    const story = followedBy(declared(), child({ customers: [customer("vida"), customer("aurora")] }), {
      actor: by("diego"),
    });
    expect(story.incident.customers.map((c) => c.id)).toEqual(["aurora", "vida"]);
    expect(story.last.ok && story.last.effects[0]).toMatchObject({ kind: "merge-child", child: "i2" });
  });

  test("a real incident never merges with a drill, nor with itself, nor with one that has ended", () => {
    const merge = (with_: object) => refusalOf(followedBy(declared(), child(with_), { actor: by("diego") }));
    expect(merge({ kind: "drill" })).toBe("real-and-drill");
    expect(merge({ id: "i1" })).toBe("merge-with-itself");
    expect(merge({ state: "closed" })).toBe("cannot-merge");
  });

  test("only the merge itself ends the other incident", () => {
    const become: IncidentCommand = { type: "become-merged", parent: "i2" as IncidentId, parentCode: "INC-2" };
    expect(refusalOf(followedBy(declared(), become, { actor: by("diego") }))).toBe("cannot-merge");
    const merged = followedBy(declared(), become, { actor: { kind: "system", name: "merge" } });
    expect(merged.incident.mergedInto?.code).toBe("INC-2");
  });
});

describe("a refusal says what is possible", () => {
  test("the state and the commands that it allows are named", () => {
    expect(followedBy(resolved(), { type: "mitigate", action: "x" }).last).toMatchObject({
      refusal: {
        reason: "not-in-this-state",
        state: "resolved",
        allowed: ["reopen", "review", "close", "classify", "add-note", "assign-role", "compose-notice"],
      },
    });
  });

  test("pausing is for N3 and N4, and never because of a supplier unless the contract says so", () => {
    const pause: IncidentCommand = {
      type: "pause",
      reason: "waiting-customer",
      customers: null,
      question: "Pode testar?",
    };
    expect(refusalOf(followedBy(declared(), pause))).toBe("never-pauses");
    const n3 = declared(aDeclaration({ level: 3 }));
    expect(followedBy(n3, pause, { at: later(5) }).last.ok).toBe(true);
    expect(refusalOf(followedBy(n3, { ...pause, reason: "waiting-third-party" }))).toBe("supplier-never-pauses");
    expect(refusalOf(followedBy(n3, { type: "resume", customers: null }))).toBe("not-paused");
  });

  test("resuming a customer who is not affected is refused by name", () => {
    const pause: IncidentCommand = { type: "pause", reason: "waiting-customer", customers: null, question: "Qual?" };
    const paused = followedBy(declared(aDeclaration({ level: 3 })), pause, { at: later(5) });
    expect(followedBy(paused, { type: "resume", customers: ["padaria"] }).last).toEqual({
      ok: false,
      refusal: { reason: "unknown-customer", customer: "padaria" },
    });
    expect(followedBy(paused, { type: "resume", customers: ["aurora"] }).last.ok).toBe(true);
  });

  test("lowering an N1 asks for a commander or lead and a reason that can be read later", () => {
    const lower: IncidentCommand = {
      type: "classify",
      answers: { scope: "single", effect: "little", data: "none", exposure: "none" },
      cause: "lowered",
      effectiveFrom: null,
      reason: null,
      onCall: fullRoster,
    };
    expect(refusalOf(followedBy(declared(), lower, { actor: by("carla") }))).toBe("needs-authority");
    expect(refusalOf(followedBy(declared(), lower, { actor: by("diego") }))).toBe("reason-too-short");
    expect(
      followedBy(declared(), { ...lower, reason: "Só um usuário de teste." }, { actor: by("diego") }).incident.level,
    ).toBe(4);
  });
});
