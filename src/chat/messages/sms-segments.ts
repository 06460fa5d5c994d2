// How many segments a text takes: 160 septets of GSM-7 alone or 153 each, else 70 units of UCS-2 or 67 each.
// https://www.twilio.com/docs/glossary/what-is-gsm-7-character-encoding

const BASIC = new Set(
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
);
const EXTENDED = new Set("\f^{}\\[~]|€");

/** The encoding that a text needs, its length in that encoding's units, and its segments. */
export function smsSegments(text: string): { encoding: "GSM-7" | "UCS-2"; units: number; segments: number } {
  const characters = [...text];
  if (characters.every((character) => BASIC.has(character) || EXTENDED.has(character)))
    return counted(
      "GSM-7",
      characters.map((character) => (EXTENDED.has(character) ? 2 : 1)),
      { one: 160, each: 153 },
    );
  return counted(
    "UCS-2",
    characters.map((character) => character.length),
    { one: 70, each: 67 },
  );
}

// A character of two units is never split between segments.
function counted<E extends "GSM-7" | "UCS-2">(
  encoding: E,
  sizes: readonly number[],
  max: { one: number; each: number },
) {
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= max.one) return { encoding, units, segments: units === 0 ? 0 : 1 };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > max.each) {
      segments += 1;
      used = 0;
    }
    used += size;
  }
  return { encoding, units, segments };
}
