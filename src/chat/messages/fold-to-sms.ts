// Text as every carrier delivers it: printable ASCII, each character one septet of GSM-7. One accented letter would
// make the message three times as long, and some Brazilian carriers garble what is not ASCII.

const SPELLED: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "´": "'",
  "`": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "‐": "-",
  "‑": "-",
  "‒": "-",
  "–": "-",
  "—": "-",
  "―": "-",
  "−": "-",
  "~": "-",
  "·": "-",
  "•": "-",
  "…": "...",
  "[": "(",
  "{": "(",
  "]": ")",
  "}": ")",
  "|": "/",
  "\\": "/",
  "^": " ",
  "€": "EUR",
  º: "o",
  ª: "a",
  "°": "o",
  "№": "No.",
  "×": "x",
  ß: "ss",
  æ: "ae",
  Æ: "AE",
  œ: "oe",
  Œ: "OE",
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ð: "d",
  þ: "th",
  ı: "i",
};

const bare = (character: string): string => SPELLED[character] ?? (/^[ -~]$/.test(character) ? character : "");

/** The text in printable ASCII on one line; what has no ASCII form, such as an emoji, is left out. */
export function foldToSms(text: string): string {
  const spaced = text.normalize("NFC").replace(/[\p{Cc}\p{Z}]+/gu, " ");
  const folded = [...spaced].map(
    (character) => SPELLED[character] ?? [...character.normalize("NFD")].map(bare).join(""),
  );
  return folded.join("").replace(/ {2,}/g, " ").trim();
}

/** Whether folding keeps every letter and digit, so that a name can still be recognised. */
export function foldsWhole(text: string): boolean {
  return [...text.normalize("NFC")].every(
    (character) => !/[\p{L}\p{N}]/u.test(character) || foldToSms(character) !== "",
  );
}
