import { describe, expect, test } from "vitest";
import { runSla } from "../../../src/cli/sla.js";
import { runWithFiles } from "../cli/run-command.js";

const scenario = {
  incident: {
    level: 3,
    kind: "real",
    detectedAt: "2026-11-23T10:00:00-03:00",
    declaredAt: "2026-11-23T10:00:00-03:00",
  },
  customers: [{ id: "A", tier: "padrao" }],
  events: [
    { at: "2026-11-23T10:20:00.500-03:00", type: "taken" },
    {
      at: "2026-11-23T11:00:00-03:00",
      type: "merged",
      customers: [{ id: "A", tier: "padrao", slaStartAt: "2026-11-23T09:00:00-03:00" }],
    },
    { at: "2026-11-23T12:00:00-03:00", type: "reopened" },
  ],
  until: "2026-11-25T13:00:00-03:00",
};

const sla = (args: readonly string[], input: unknown = scenario) =>
  runWithFiles(runSla, args, { "-": typeof input === "string" ? input : JSON.stringify(input) });

describe("sla --json", () => {
  test("prints the sheet in the published format", async () => {
    const { exitCode, stdout } = await sla(["--json"]);
    expect(exitCode).toBe(0);
    const sheet = JSON.parse(stdout) as { clocks: unknown[] };
    expect(Object.keys(sheet)).toEqual(["clocks", "governing", "escalations", "refusals"]);
    expect(sheet).toMatchObject({
      governing: { response: null, resolution: { customer: "A", dueAt: "2026-11-25T21:00:00.000Z" } },
      escalations: [
        {
          at: "2026-11-24T16:30:00.000Z",
          clock: "resolution",
          customer: "A",
          percent: 50,
          repeat: 0,
          collapsed: false,
          rungs: [{ role: "responder", how: "remind" }],
        },
        { at: "2026-11-25T14:15:00.000Z", percent: 75, rungs: [{ role: "on-call-lead", how: "page" }] },
      ],
      refusals: [{ at: "2026-11-23T15:00:00.000Z", type: "reopened", reason: "not-resolved" }],
    });
    expect(sheet.clocks[0]).toEqual({
      customer: "A",
      clock: "response",
      cycle: 1,
      epoch: 1,
      level: 3,
      targetMinutes: 240,
      calendar: "BR-COMERCIAL",
      startAt: "2026-11-23T13:00:00.000Z",
      thresholds: {
        "50": "2026-11-23T15:00:00.000Z",
        "75": "2026-11-23T16:00:00.000Z",
        "90": "2026-11-23T16:36:00.000Z",
        "100": "2026-11-23T17:00:00.000Z",
      },
      state: "met",
      stoppedAt: "2026-11-23T13:20:00.500Z",
      consumedMinutes: 20.008,
      breachAt: null,
      recognizedAt: null,
    });
  });

  test("names refused events as the scenario does", async () => {
    const merged = {
      at: "2026-11-23T09:00:00-03:00",
      type: "merged",
      customers: [{ id: "B", tier: "padrao", slaStartAt: "2026-11-23T09:00:00-03:00" }],
    };
    const { stdout } = await sla(["--json"], { ...scenario, events: [merged] });
    expect(JSON.parse(stdout)).toMatchObject({ refusals: [{ type: "merged", reason: "out-of-order" }] });
  });

  test("refuses a wrong scenario with every problem on standard output and exit code 2", async () => {
    const { exitCode, stdout, stderr } = await sla(["--json", "--lang", "en"], {
      incident: { level: 0 },
      customers: [{ id: "A", tier: "x" }],
    });
    expect(exitCode).toBe(2);
    expect(stderr).toBe("");
    const { errors } = JSON.parse(stdout) as { errors: Record<string, string>[] };
    expect(errors.map(({ path, code }) => `${path} ${code}`)).toEqual([
      "incident.level invalid-value",
      "incident.declaredAt missing",
      "customers.0.tier unknown-tier",
    ]);
    for (const error of errors) expect(Object.keys(error)).toEqual(["path", "code", "message", "remedy"]);
  });

  test.each(["", "{", "[]", "null", '"text"', "\u0000", "{}"])("refuses %j without an exception", async (input) => {
    expect((await sla(["--json"], input)).exitCode).toBe(2);
  });
});

describe("sla for a person", () => {
  test("prints a table, who governs, what escalated and what was refused", async () => {
    const { exitCode, stdout } = await sla([]);
    expect(exitCode).toBe(0);
    expect(stdout.split("\n")[0]).toMatch(/^Cliente +Relógio +Ciclo +Época +Nível/);
    expect(stdout).toMatch(
      /A +resolução +1 +2 +N3 +1\.620 +BR-COMERCIAL +2026-11-23 09:00 +2026-11-25 18:00 +em curso/,
    );
    expect(stdout).toContain("resolução: A, prazo 2026-11-25 18:00");
    expect(stdout).toContain("2026-11-24 13:30  resolução A 50 %: lembrar respondente");
    expect(stdout).toContain("2026-11-23 12:00  reopened: o incidente não está resolvido");
    expect(stdout).toContain("Horários de America/Sao_Paulo.");
  });

  test("explains with the thresholds and the days that counted", async () => {
    const { stdout } = await sla(["--explain", "--lang", "en"]);
    expect(stdout).toContain("thresholds: 50 % 2026-11-24 13:30 · 75 % 2026-11-25 11:15");
    expect(stdout).toContain("days counted: 2026-11-23 540 min, 2026-11-24 540 min, 2026-11-25 240 min");
    expect(stdout).toContain("stopped 2026-11-23 10:20");
  });

  test("explains the days of a hold, a pause and a breach", async () => {
    const events = [
      { at: "2026-11-20T12:00:00-03:00", type: "mitigated" },
      { at: "2026-11-23T15:00:00-03:00", type: "regressed" },
      { at: "2026-11-23T16:00:00-03:00", type: "paused", reason: "waiting-customer" },
      { at: "2026-11-24T10:00:00-03:00", type: "resumed" },
    ];
    const incident = { level: 3, declaredAt: "2026-11-19T16:00:00-03:00" };
    const { stdout } = await sla(["--explain"], {
      incident,
      customers: scenario.customers,
      events,
      until: "2026-11-24T11:00:00-03:00",
    });
    expect(stdout).toContain("dias contados: 2026-11-19 120 min, 2026-11-23 60 min, 2026-11-24 60 min");
    expect(stdout).toContain("violação 2026-11-23 11:00, reconhecida 2026-11-23 11:00");
  });

  test("cannot be disturbed by what an id contains", async () => {
    const { stdout } = await sla([], { ...scenario, customers: [{ id: "\u001b[2JA", tier: "padrao" }], events: [] });
    expect(stdout).not.toContain("\u001b");
  });

  test("tells problems on standard error", async () => {
    const { exitCode, stdout, stderr } = await sla([], {});
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("incident: ");
  });

  test("refuses arguments that it does not know", async () => {
    const { exitCode, stderr } = await sla(["--explian", "file.json"]);
    expect(exitCode).toBe(2);
    expect(stderr.trim().split("\n")).toHaveLength(2);
  });

  test("has a help", async () => {
    expect((await sla(["--help", "--lang", "en"])).stdout).toContain("plantao sla [--explain]");
  });
});
