// The only door to the time-zone library: offsets of an IANA zone as spans in which they do not change.
import { IANAZone } from "luxon";
import { DAY_MS } from "./day-number.js";

/** A half-open span of instants in which a zone keeps one offset from UTC. */
export type OffsetSpan = { readonly from: number; readonly to: number; readonly offsetMs: number };

/** Offset from UTC of a zone at an instant, in milliseconds. */
export function zoneOffsetMs(zone: string, at: number): number {
  return Math.round(IANAZone.create(zone).offset(at) * 60_000);
}

const spansByZoneYear = new Map<string, readonly OffsetSpan[]>();

/** Spans of constant offset that cover a year of UTC without gaps. */
export function offsetSpansOfYear(zone: string, year: number): readonly OffsetSpan[] {
  const key = `${zone} ${year}`;
  const known = spansByZoneYear.get(key);
  if (known !== undefined) return known;
  if (!IANAZone.isValidZone(zone)) throw new RangeError(`Unknown time zone: ${zone}`);
  const spans = offsetSpans(zone, Date.UTC(year, 0), Date.UTC(year + 1, 0));
  spansByZoneYear.set(key, spans);
  return spans;
}

/** Offsets are sampled daily: no zone undoes a transition within a day. */
function offsetSpans(zone: string, from: number, to: number): OffsetSpan[] {
  const spans: OffsetSpan[] = [];
  let start = from;
  let offsetMs = zoneOffsetMs(zone, from);
  for (let at = from; at < to; at += DAY_MS) {
    const next = Math.min(at + DAY_MS, to);
    const nextOffset = zoneOffsetMs(zone, next);
    if (nextOffset === offsetMs) continue;
    const change = transition(zone, { from: at, to: next, offsetMs });
    spans.push({ from: start, to: change, offsetMs });
    start = change;
    offsetMs = nextOffset;
  }
  if (start < to) spans.push({ from: start, to, offsetMs });
  return spans;
}

/** First instant of (from, to] whose offset is no longer the given one. */
function transition(zone: string, within: OffsetSpan): number {
  let before = within.from;
  let after = within.to;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (zoneOffsetMs(zone, middle) === within.offsetMs) before = middle;
    else after = middle;
  }
  return after;
}
