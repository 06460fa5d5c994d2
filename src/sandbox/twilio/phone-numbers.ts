// What the stand-in for Twilio knows of phone numbers: enough to refuse what Twilio refuses.

/** What a number is, as far as its digits tell. */
export type NumberKind = "invalid" | "landline" | "mobile";

/** Takes away what people put between digits; anything else stays and makes the number invalid. */
export function tidyNumber(text: string): string {
  return text.replace(/[ ().-]/g, "");
}

/** Classifies a number by its digits; outside Brazil a landline cannot be told from a mobile. */
export function kindOfNumber(number: string): NumberKind {
  if (!/^\+[1-9]\d{6,14}$/.test(number)) return "invalid";
  if (number.startsWith("+55")) return kindOfBrazilian(number.slice(3));
  if (number.startsWith("+1")) return /^[2-9]\d{2}[2-9]\d{6}$/.test(number.slice(2)) ? "mobile" : "invalid";
  return "mobile";
}

/** Area code without a zero, then nine digits from 9 for mobiles or eight digits from 2 to 5 for landlines. */
function kindOfBrazilian(national: string): NumberKind {
  if (/^[1-9]{2}9\d{8}$/.test(national)) return "mobile";
  return /^[1-9]{2}[2-5]\d{7}$/.test(national) ? "landline" : "invalid";
}
