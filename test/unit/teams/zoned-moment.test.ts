import fc from "fast-check";
import { expect, test } from "vitest";
import { fromZoned, toZoned } from "../../../src/teams/zoned-moment.js";

const ZONES = ["America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Asia/Kolkata", "Australia/Lord_Howe", "UTC"];

test("a date and a time are those of the zone", () => {
  expect(fromZoned("2026-11-23", "10:00", "America/Sao_Paulo")?.toISOString()).toBe("2026-11-23T13:00:00.000Z");
  expect(fromZoned("2026-07-01", "10:00", "America/New_York")?.toISOString()).toBe("2026-07-01T14:00:00.000Z");
});

test.each([
  ["2026-02-30", "10:00"],
  ["2026-02-03", "25:00"],
  ["2026-02-03", ""],
  ["", "10:00"],
  ["03/02/2026", "10:00"],
])("%s %s is no moment", (date, time) => {
  expect(fromZoned(date, time, "America/Sao_Paulo")).toBeNull();
});

test("what is shown of a moment leads back to it, but for the hour that clocks repeat", () => {
  const minutes = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
  fc.assert(
    fc.property(minutes, fc.constantFrom(...ZONES), (minute, zone) => {
      const at = new Date(minute * 60_000);
      const { date, time } = toZoned(at, zone);
      const back = fromZoned(date, time, zone);
      if (back === null) throw new Error("no moment");
      expect(toZoned(back, zone)).toEqual({ date, time });
      expect(Math.abs(back.getTime() - at.getTime())).toBeLessThanOrEqual(3_600_000);
    }),
  );
});
