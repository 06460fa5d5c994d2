/** A text that a voice can read: XML 1.0 characters only, no emoji, no line breaks, at most `max` characters. */
export function spokenText(text: string, max: number): string {
  const plain = text
    .normalize("NFC")
    .replace(/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|[\uFE0E\uFE0F\u20E3]/gu, " ")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, " ")
    // What is left of format characters, lone surrogates, private and unassigned code points says nothing aloud.
    .replace(/[\p{Cf}\p{Cs}\p{Co}\p{Cn}]/gu, "")
    .replace(/\s+/gu, " ")
    .trim();
  return clipSpoken(plain, max);
}

// Cut at a word where there is one near the end; a voice stumbles over half a word.
function clipSpoken(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, max).replace(/[\uD800-\uDBFF]$/, "");
  const space = cut.lastIndexOf(" ");
  return (space > max * 0.7 ? cut.slice(0, space) : cut).trim();
}
