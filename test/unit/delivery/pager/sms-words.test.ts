import fc from "fast-check";
import { expect, test } from "vitest";
import { type SmsAnswer, smsAnswerText } from "../../../../src/render/page-sms.js";

const code = fc.integer({ min: 1, max: 999_999_999 }).map((number) => `INC-${number}`);
const answer: fc.Arbitrary<SmsAnswer> = fc.oneof(
  fc.record({ kind: fc.constantFrom("took", "yours", "over"), code }),
  fc.record({ kind: fc.constant("taken"), code, by: fc.string({ unit: "binary", maxLength: 300 }) }),
  fc.record({ kind: fc.constant("which"), codes: fc.array(code, { minLength: 2, maxLength: 60 }) }),
  fc.record({ kind: fc.constantFrom("no-page", "not-confirmed", "not-understood") }),
  fc.record({ kind: fc.constant("no-such-page"), code }),
) as fc.Arbitrary<SmsAnswer>;

test("every answer by SMS is one segment of printable ASCII", () => {
  fc.assert(
    fc.property(answer, fc.constantFrom("pt-BR", "en"), (one, language) => {
      const text = smsAnswerText(one, { language, platform: "Slack" });
      expect(text).toMatch(/^[ -~]{1,160}$/);
    }),
  );
});
