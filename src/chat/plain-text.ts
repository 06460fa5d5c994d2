import type { Line } from "./card.js";
import { instantWords } from "./time-words.js";
import type { Voice } from "./voice.js";

/** A line as plain words, for notifications, topics and screen readers. */
export function plainText(line: Line, voice: Voice): string {
  return line
    .map((span) => {
      if (span.kind === "text") return span.text;
      if (span.kind === "person") return voice.personName(span.person);
      if (span.kind === "instant") return instantWords(span.at, span.style === "time" ? "time" : "date-time", voice);
      return span.kind === "link" ? span.label : "";
    })
    .join("");
}
