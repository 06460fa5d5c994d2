import { gsm7Basic, gsm7Extension, smsSegmentSizes } from "../../limits/twilio.js";

const basic = new Set(gsm7Basic);
const extension = new Set(gsm7Extension);
const clusters = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Counts the parts that a text takes as an SMS: GSM-7 if every character is in it, else UCS-2, never splitting a character. */
export function countSegments(text: string): number {
  const septets = septetsOf(text);
  if (septets) return parts(septets, smsSegmentSizes.gsm7);
  return parts(unitsOf(text), smsSegmentSizes.ucs2);
}

/** The septets of each character, or undefined when one is not in GSM-7. */
function septetsOf(text: string): number[] | undefined {
  const sizes: number[] = [];
  for (const character of text) {
    if (basic.has(character)) sizes.push(1);
    else if (extension.has(character)) sizes.push(2);
    else return undefined;
  }
  return sizes;
}

/** The code units of each visible character; a line break of two characters may be split. */
function unitsOf(text: string): number[] {
  return [...clusters.segment(text)].flatMap(({ segment }) => (segment === "\r\n" ? [1, 1] : [segment.length]));
}

function parts(sizes: readonly number[], { single, part }: { single: number; part: number }): number {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total <= single) return 1;
  let count = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      count += 1;
      used = 0;
    }
    used += size;
  }
  return count;
}
