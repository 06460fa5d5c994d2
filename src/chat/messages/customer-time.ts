// Instants and spans as customers read them: the day first, and always the zone (requirements 5.4).
import type { CustomerLanguage } from "../../domain/customers/customer.js";

const MINUTE = 60_000;
const MAIN_ZONE = "America/Sao_Paulo";

/** An instant with its zone, such as "23/11/2026, 12:30 (horário de Brasília)". */
export function customerInstant(at: Date, language: CustomerLanguage, zone: string): string {
  const { day, month, year, time } = partsOf(at, language, zone);
  const date = language === "en" ? `${Number(day)} ${month} ${year}` : `${day}/${month}/${year}`;
  return `${date}, ${time} (${zoneWords(at, language, zone)})`;
}

/** The same in the 11 ASCII characters of an SMS; English names the month, since 03/04 has two readings there. */
export function shortInstant(at: Date, language: CustomerLanguage, zone: string): string {
  const { day, month, time } = partsOf(at, language, zone);
  return language === "en" ? `${day}${month} ${time}` : `${day}/${month} ${time}`;
}

/** How long something took, rounded down to whole minutes. */
export function customerDuration(ms: number, language: CustomerLanguage): string {
  const minutes = Math.floor(Math.max(0, ms) / MINUTE);
  if (minutes < 1) return LESS_THAN_A_MINUTE[language];
  const hours = Math.floor(minutes / 60);
  if (hours < 1) return `${minutes} min`;
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  const days = `${Math.floor(hours / 24)} ${DAYS[language]}`;
  return hours % 24 === 0 ? days : `${days} ${AND[language]} ${hours % 24} h`;
}

/** How long the service is watched; without a fixed time it only says that it is. */
export function observationWords(minutes: number, language: CustomerLanguage): string {
  return minutes > 0 ? customerDuration(minutes * MINUTE, language) : A_WHILE[language];
}

const LESS_THAN_A_MINUTE: Words = { "pt-BR": "menos de 1 min", en: "less than 1 min", es: "menos de 1 min" };
const DAYS: Words = { "pt-BR": "dias", en: "days", es: "días" };
const AND: Words = { "pt-BR": "e", en: "and", es: "y" };
const A_WHILE: Words = { "pt-BR": "algum tempo", en: "a while", es: "un tiempo" };

type Words = Readonly<Record<CustomerLanguage, string>>;
type Parts = { readonly day: string; readonly month: string; readonly year: string; readonly time: string };
type Formats = {
  readonly instant: Intl.DateTimeFormat;
  readonly name: Intl.DateTimeFormat;
  readonly offset: Intl.DateTimeFormat;
};

function partsOf(at: Date, language: CustomerLanguage, zone: string): Parts {
  const parts = formatsFor(language, zone).instant.formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((p) => p.type === type)?.value ?? "";
  return { day: part("day"), month: part("month"), year: part("year"), time: `${part("hour")}:${part("minute")}` };
}

// "Central time" is three different times; only the company's own zone is clear by its name alone.
function zoneWords(at: Date, language: CustomerLanguage, zone: string): string {
  const name = zoneName(at, language, zone);
  if (name === zoneName(at, language, MAIN_ZONE)) return name;
  const offset = zonePart(formatsFor(language, zone).offset, at);
  if (name.startsWith("GMT")) return offset === "GMT" ? "UTC" : offset;
  return `${name}, ${offset}`;
}

function zoneName(at: Date, language: CustomerLanguage, zone: string): string {
  // Where the clocks never change, the generic name is that of standard time.
  const full = zonePart(formatsFor(language, zone).name, at).replace(/ (?:Padrão|Standard|estándar)(?= |$)/u, "");
  if (language === "en") return full.replace(/ Time$/u, " time").replace(/^Brasilia /u, "Brasília ");
  return full.replace(/^H(?=or)/u, "h");
}

function zonePart(format: Intl.DateTimeFormat, at: Date): string {
  const name = format.formatToParts(at).find((part) => part.type === "timeZoneName")?.value ?? "GMT";
  return name === "GMT+0" ? "GMT" : name;
}

const formats = new Map<string, Formats>();

function formatsFor(language: CustomerLanguage, zone: string): Formats {
  const key = `${language} ${zone}`;
  const found = formats.get(key);
  if (found) return found;
  const timeZone = zone;
  const made: Formats = {
    instant: new Intl.DateTimeFormat(language === "en" ? "en-US" : language, {
      timeZone,
      year: "numeric",
      month: language === "en" ? "short" : "2-digit",
      day: "2-digit",
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    }),
    name: new Intl.DateTimeFormat(language, { timeZone, timeZoneName: "longGeneric" }),
    offset: new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "shortOffset" }),
  };
  formats.set(key, made);
  return made;
}
