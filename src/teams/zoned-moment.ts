// Date and time as people write them in their own zone. Teams asks for both apart and knows no zones.

/** A moment's date and time of day in a zone. */
export function toZoned(at: Date, zone: string): { readonly date: string; readonly time: string } {
  const local = new Date(at.getTime() + offsetMs(at, zone)).toISOString();
  return { date: local.slice(0, 10), time: local.slice(11, 16) };
}

/** The moment of a date and time of day in a zone; null when they are none. */
export function fromZoned(date: string, time: string, zone: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !/^\d{2}:\d{2}(?::\d{2})?$/.test(time)) return null;
  const asUtc = new Date(`${date}T${time.slice(0, 5)}:00.000Z`);
  if (Number.isNaN(asUtc.getTime()) || !asUtc.toISOString().startsWith(date)) return null;
  // The offset may change between the guess and the moment; after a second look it is that of the moment.
  const guess = new Date(asUtc.getTime() - offsetMs(asUtc, zone));
  return new Date(asUtc.getTime() - offsetMs(guess, zone));
}

function offsetMs(at: Date, zone: string): number {
  const parts = formatFor(zone).formatToParts(at);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value ?? 0);
  const local = Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"), part("second"));
  return local - Math.floor(at.getTime() / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatFor(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  formats.set(timeZone, made);
  return made;
}
