// Spans of time and instants in words. Cards carry instants as spans; these words are for plain sentences and topics.
import { say } from "./texts/say.js";
import type { Language, Voice } from "./voice.js";

const MINUTE_MS = 60_000;

/** A span of time in words, whole minutes rounded down: "12 min", "2 h 05 min", "3 d 04 h". */
export function durationWords(ms: number, language: Language): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE_MS);
  if (minutes < 1) return say(language, "time.less-than-a-minute");
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${two(minutes % 60)} min`;
  return hours % 24 === 0 ? `${hours / 24} d` : `${Math.floor(hours / 24)} d ${two(hours % 24)} h`;
}

/** A target in words, with what it is counted by: "4 h, 24x7" or "27 h úteis (BR-COMERCIAL)". */
export function targetWords(minutes: number, calendar: string, language: Language): string {
  if (calendar === "24x7") return say(language, "time.target-24x7", { span: spanOf(minutes) });
  return say(language, "time.target-business", { span: spanOf(minutes), calendar });
}

/** An instant in the reader's zone, with the zone's name. */
export function instantWords(at: Date, style: "time" | "date-time", voice: Pick<Voice, "language" | "zone">): string {
  const { clock, day, zoneName } = formatsFor(voice.language, voice.zone);
  const time = clock.format(at);
  const words = style === "time" ? time : `${day.format(at)}, ${time}`;
  const full = zoneName.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? voice.zone;
  // Where the clocks never change, the generic name is that of standard time.
  const name = full.replace(/ (?:Padrão|Standard)(?= )/u, "");
  return `${words} (${inSentence(name, voice.language)})`;
}

// Zone names are written as titles: "Brasilia Time", "Horário de Brasília".
function inSentence(name: string, language: Language): string {
  if (language === "en") return name.replace(/ Time$/u, " time");
  return name.replace(/^Horário /u, "horário ");
}

type Formats = {
  readonly clock: Intl.DateTimeFormat;
  readonly day: Intl.DateTimeFormat;
  readonly zoneName: Intl.DateTimeFormat;
};

const formats = new Map<string, Formats>();

function formatsFor(language: Language, zone: string): Formats {
  const key = `${language} ${zone}`;
  const known = formats.get(key);
  if (known) return known;
  const timeZone = zone;
  const made: Formats = {
    clock: new Intl.DateTimeFormat(language, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }),
    day: new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
      timeZone,
      day: "2-digit",
      month: language === "en" ? "short" : "2-digit",
      year: "numeric",
    }),
    zoneName: new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "longGeneric" }),
  };
  formats.set(key, made);
  return made;
}

// Business targets are longer than days by nature, so they stay in hours.
function spanOf(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${two(minutes % 60)} min`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
