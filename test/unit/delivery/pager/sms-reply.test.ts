import fc from "fast-check";
import { expect, test } from "vitest";
import { readSmsReply } from "../../../../src/delivery/twilio/sms-reply.js";

test.each([
  ["1", null],
  ["ASSUMIR INC-1042", "1042"],
  ["assumo 7!", "7"],
  ["Acepto: inc12", "12"],
  ["ok#5", "5"],
  ["１", null],
  ["o\u200Dk", null],
  ["ack 007", "7"],
])("%j takes %s", (body, number) => expect(readSmsReply(body)).toEqual({ kind: "take", number }));

test.each(["12", "11", "1a", "1042", "ok ok", "ok mas não sei", "não assumo", "1 1 1", "1 1234567890", "", "0", "2"])(
  "%j takes nothing",
  (body) => expect(readSmsReply(body).kind).toBe("other"),
);

test.each(["STOP", "stop.", "Cancel", "PARE", "parar", "SAIR!", "cancelar", "OptOut"])("%s ends", (body) =>
  expect(readSmsReply(body).kind).toBe("stop"),
);
test.each(["START", "unstop", "Yes"])("%s begins again", (body) => expect(readSmsReply(body).kind).toBe("start"));

test("whatever is written is read, and only a word of the grammar at its beginning takes", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (body) => {
      const reply = readSmsReply(body);
      if (reply.kind !== "take") return;
      const bare = body
        .normalize("NFKC")
        .normalize("NFD")
        .replace(/[\p{M}\p{Cf}\p{Cs}]/gu, "")
        .trim();
      expect(bare).toMatch(/^(1|ack|ok|assum|acepto|take)/i);
    }),
  );
});

test("an incident written behind a word and a separator is found, however it is written", () => {
  const word = fc.constantFrom("1", "ack", "OK", "Assumir", "assumo", "ACEPTO", "take");
  const between = fc.constantFrom(" ", "  ", " #", ": ", "-", " INC-", " inc", "#INC-");
  fc.assert(
    fc.property(word, between, fc.integer({ min: 1, max: 999_999_999 }), (said, gap, number) => {
      expect(readSmsReply(`${said}${gap}${number}.`)).toEqual({ kind: "take", number: String(number) });
    }),
  );
});
