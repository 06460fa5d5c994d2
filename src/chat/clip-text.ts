/** Cuts a text to at most `max` UTF-16 units, ending in an ellipsis, never through the middle of a character. */
export function clipText(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = Math.max(0, max - 1);
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return max <= 0 ? "" : `${text.slice(0, end).trimEnd()}…`;
}
