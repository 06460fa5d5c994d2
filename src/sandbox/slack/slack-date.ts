// Renders <!date^...> tokens in a reader's zone and language.

/** Who reads: the language and zone in which dates are shown, and the present for "today". */
export interface DateReader {
  readonly language: "pt-BR" | "en";
  readonly timezone: string;
  readonly now: Date;
}

const words = {
  "pt-BR": { today: "hoje", yesterday: "ontem", tomorrow: "amanhã" },
  en: { today: "today", yesterday: "yesterday", tomorrow: "tomorrow" },
} as const;

/** Fills a date format such as `{date_short} {time}`; an unknown token makes the whole fall back, as in Slack. */
export function slackDate(seconds: number, format: string, fallback: string, reader: DateReader): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  let known = true;
  const filled = format.replace(/\{([a-z_]+)\}/g, (_whole, token: string) => {
    const value = tokenText(token, date, reader);
    if (value === undefined) known = false;
    return value ?? "";
  });
  return known ? filled : fallback;
}

function tokenText(token: string, date: Date, reader: DateReader): string | undefined {
  const locale = reader.language === "en" ? "en-US" : "pt-BR";
  const show = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locale, { timeZone: reader.timezone, ...options }).format(date);
  const isoDay = (day: Date): string => new Intl.DateTimeFormat("en-CA", { timeZone: reader.timezone }).format(day);
  const hour12 = reader.language === "en";
  const long = { month: "long", day: "numeric", year: "numeric" } as const;
  const short = { month: "short", day: "numeric", year: "numeric" } as const;
  const weekday = { weekday: "long", ...long } as const;
  switch (token) {
    case "date_num":
      return isoDay(date);
    case "date":
      return show(long);
    case "date_short":
      return show(short);
    case "date_long":
      return show(weekday);
    case "date_pretty":
      return nearDay(date, reader, isoDay) ?? show(long);
    case "date_short_pretty":
      return nearDay(date, reader, isoDay) ?? show(short);
    case "date_long_pretty":
      return nearDay(date, reader, isoDay) ?? show(weekday);
    case "time":
      return show({ hour: "2-digit", minute: "2-digit", hour12 });
    case "time_secs":
      return show({ hour: "2-digit", minute: "2-digit", second: "2-digit", hour12 });
    case "ago":
      return ago(date, reader, locale);
    default:
      return undefined;
  }
}

function nearDay(date: Date, reader: DateReader, isoDay: (day: Date) => string): string | undefined {
  const day = 86_400_000;
  const wanted = isoDay(date);
  const { today, yesterday, tomorrow } = words[reader.language];
  if (wanted === isoDay(reader.now)) return today;
  if (wanted === isoDay(new Date(reader.now.getTime() - day))) return yesterday;
  if (wanted === isoDay(new Date(reader.now.getTime() + day))) return tomorrow;
  return undefined;
}

function ago(date: Date, reader: DateReader, locale: string): string {
  const minutes = Math.round((date.getTime() - reader.now.getTime()) / 60_000);
  const format = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  if (Math.abs(minutes) < 60) return format.format(minutes, "minute");
  if (Math.abs(minutes) < 1440) return format.format(Math.round(minutes / 60), "hour");
  return format.format(Math.round(minutes / 1440), "day");
}
