import fc from "fast-check";
import { SegmentedMessage } from "sms-segments-calculator";
import { describe, expect, it } from "vitest";
import { countSegments } from "../../../src/sandbox/twilio/segments.js";

const gsm = fc.constantFrom(...'aZ09 @£éàÉÇüñ¿\n\r{}[]~|\\^€"');
const accented = fc.constantFrom(..."ãçõâêôáíóúªº’–");
const simpleEmoji = fc.constantFrom("🚨", "✅", "🔥", "👍");

describe("the parts of an SMS", () => {
  it.each([
    ["a".repeat(160), 1],
    ["a".repeat(161), 2],
    ["a".repeat(306), 2],
    ["a".repeat(307), 3],
    ["€".repeat(80), 1],
    ["ã".repeat(70), 1],
    ["ã".repeat(71), 2],
    ["ã".repeat(100), 2],
    [`${"a".repeat(152)}€${"a".repeat(20)}`, 2],
  ])("of %j are as many as Twilio counts", (text, parts) => {
    expect(countSegments(text)).toBe(parts);
  });

  it("are as many as Twilio's own calculator finds", () => {
    const texts = fc.oneof(
      fc.string({ unit: gsm, maxLength: 500 }),
      fc.string({ unit: fc.oneof(gsm, accented), maxLength: 300 }),
      fc.string({ unit: fc.oneof(gsm, accented, simpleEmoji), maxLength: 300 }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(countSegments(text)).toBe(new SegmentedMessage(text).segmentsCount);
      }),
      { numRuns: 400 },
    );
  });
});
