import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  customerDuration,
  customerInstant,
  observationWords,
  shortInstant,
} from "../../../src/chat/messages/customer-time.js";
import { LANGUAGES, SAO_PAULO } from "./a-message.js";

const AT = new Date("2026-11-23T15:30:00.000Z");
const MAY = new Date("2026-05-05T03:05:00.000Z");

describe("an instant for a customer", () => {
  test.each([
    ["pt-BR", SAO_PAULO, "23/11/2026, 12:30 (horário de Brasília)"],
    ["en", SAO_PAULO, "23 Nov 2026, 12:30 (Brasília time)"],
    ["es", SAO_PAULO, "23/11/2026, 12:30 (hora de Brasilia)"],
    ["pt-BR", "America/Fortaleza", "23/11/2026, 12:30 (horário de Brasília)"],
    ["pt-BR", "America/Manaus", "23/11/2026, 11:30 (horário do Amazonas, GMT-4)"],
    ["pt-BR", "America/Rio_Branco", "23/11/2026, 10:30 (horário do Acre, GMT-5)"],
    ["es", "America/Mexico_City", "23/11/2026, 09:30 (hora central, GMT-6)"],
    ["en", "America/New_York", "23 Nov 2026, 10:30 (Eastern time, GMT-5)"],
    ["en", "Asia/Kolkata", "23 Nov 2026, 21:00 (India time, GMT+5:30)"],
    ["en", "UTC", "23 Nov 2026, 15:30 (UTC)"],
    ["es", "Etc/GMT+3", "23/11/2026, 12:30 (GMT-3)"],
  ] as const)("in %s in %s: %s", (language, zone, words) => {
    expect(customerInstant(AT, language, zone)).toBe(words);
  });

  test("midnight is 00, and a day of one digit has no zero in English", () => {
    expect(customerInstant(MAY, "en", SAO_PAULO)).toBe("5 May 2026, 00:05 (Brasília time)");
    expect(customerInstant(MAY, "pt-BR", SAO_PAULO)).toBe("05/05/2026, 00:05 (horário de Brasília)");
  });

  test("the offset follows daylight saving time", () => {
    expect(customerInstant(new Date("2026-07-01T12:00:00Z"), "en", "America/New_York")).toContain("GMT-4");
  });

  test("in an SMS it is 11 ASCII characters at most, and in English the month has a name", () => {
    expect(shortInstant(AT, "pt-BR", SAO_PAULO)).toBe("23/11 12:30");
    expect(shortInstant(MAY, "en", SAO_PAULO)).toBe("05May 00:05");
    fc.assert(
      fc.property(
        fc.date({ min: new Date("2020-01-01"), max: new Date("2040-01-01"), noInvalidDate: true }),
        fc.constantFrom(...LANGUAGES),
        (at, language) => {
          expect(shortInstant(at, language, SAO_PAULO)).toMatch(/^[ -~]{11}$/);
        },
      ),
    );
  });
});

describe("how long it took", () => {
  test.each([
    [59_999, "menos de 1 min"],
    [60_000, "1 min"],
    [3_600_000, "1 h"],
    [5_700_000, "1 h 35 min"],
    [7_500_000, "2 h 05 min"],
    [172_799_999, "47 h 59 min"],
    [172_800_000, "2 dias"],
    [273_600_000, "3 dias e 4 h"],
    [-5, "menos de 1 min"],
  ])("%i ms is %s", (ms, words) => {
    expect(customerDuration(ms, "pt-BR")).toBe(words);
  });

  test("it fits its slot in every language", () => {
    for (const language of LANGUAGES) {
      expect(customerDuration(364 * 86_400_000 + 23 * 3_600_000, language).length).toBeLessThanOrEqual(18);
      for (const minutes of [0, 5, 60, 90, 1_440])
        expect(observationWords(minutes, language).length).toBeLessThanOrEqual(12);
    }
  });
});
