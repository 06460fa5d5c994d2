import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clipText } from "../../../src/chat/clip-text.js";
import { editDistance } from "../../../src/chat/edit-distance.js";
import { foldText } from "../../../src/chat/fold-text.js";
import { moment } from "../../../src/chat/spans.js";
import { durationWords, instantWords, targetWords } from "../../../src/chat/time-words.js";

const MINUTE = 60_000;

describe("time in words", () => {
  test.each([
    [0, "menos de 1 min"],
    [59_999, "menos de 1 min"],
    [12 * MINUTE, "12 min"],
    [-12 * MINUTE, "12 min"],
    [60 * MINUTE, "1 h"],
    [125 * MINUTE, "2 h 05 min"],
    [47 * 60 * MINUTE, "47 h"],
    [49 * 60 * MINUTE, "2 d 01 h"],
    [72 * 60 * MINUTE, "3 d"],
  ])("%i ms is %s", (ms, words) => {
    expect(durationWords(ms, "pt-BR")).toBe(words);
  });

  test("a target says what it is counted by", () => {
    expect(targetWords(240, "24x7", "pt-BR")).toBe("4 h, 24x7");
    expect(targetWords(1_620, "BR-COMERCIAL", "pt-BR")).toBe("27 h úteis (BR-COMERCIAL)");
    expect(targetWords(90, "custom", "en")).toBe("1 h 30 min of business time (custom)");
  });

  test("an instant is in the reader's zone, with the zone's name", () => {
    const at = new Date("2026-11-23T15:30:00Z");
    expect(instantWords(at, "date-time", { language: "pt-BR", zone: "America/Sao_Paulo" })).toBe(
      "23/11/2026, 12:30 (horário de Brasília)",
    );
    expect(instantWords(at, "date-time", { language: "en", zone: "America/Sao_Paulo" })).toBe(
      "23 Nov 2026, 12:30 (Brasilia time)",
    );
    expect(instantWords(at, "time", { language: "en", zone: "America/New_York" })).toBe("10:30 (Eastern time)");
  });

  test("midnight is 00:00", () => {
    const at = new Date("2026-11-23T03:00:00Z");
    expect(instantWords(at, "time", { language: "en", zone: "America/Sao_Paulo" })).toMatch(/^00:00 /u);
  });

  test("the date is shown when the day is another one for the reader", () => {
    const evening = new Date("2026-11-24T01:00:00Z");
    const night = new Date("2026-11-24T03:30:00Z");
    expect(moment(night, evening, "America/Sao_Paulo")).toMatchObject({ style: "date-time" });
    expect(moment(night, evening, "UTC")).toMatchObject({ style: "time" });
  });
});

describe("clipping", () => {
  test("never exceeds the bound nor breaks a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 0, max: 40 }), (text, max) => {
        const clipped = clipText(text, max);
        expect(clipped.length).toBeLessThanOrEqual(max);
        expect(clipped).toBe(Buffer.from(clipped, "utf8").toString("utf8"));
        if (text.length <= max) expect(clipped).toBe(text);
      }),
    );
  });

  test("ends in an ellipsis when something is missing", () => {
    expect(clipText("checkout down", 9)).toBe("checkout…");
    expect(clipText("🔥🔥", 3)).toBe("🔥…");
    expect(clipText("x", 0)).toBe("");
  });
});

describe("edit distance", () => {
  test.each([
    ["note", "note", 0],
    ["nto", "not", 1],
    ["reslove", "resolve", 1],
    ["clasificar", "classificar", 1],
    ["take", "merge", 3],
  ])("from %s to %s is %i, at most 3", (one, other, distance) => {
    expect(editDistance(one, other, 2)).toBe(distance);
  });

  test("is the same both ways", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (one, other) => {
        expect(editDistance(one, other, 8)).toBe(editDistance(other, one, 8));
      }),
    );
  });
});

test("folding removes accents, capitals and extra spaces", () => {
  expect(foldText("  Análise  DE\tCausa ")).toBe("analise de causa");
});
