// Domain time that moves only when a test moves it.
import type { Clock } from "../../src/ports/clock.js";

/** A clock that stands still until it is moved; what was set for an instant fires as it is reached. */
export type ManualClock = Clock & { moveTo(at: Date): void };

type Alarm = { readonly at: number; readonly order: number; readonly fire: () => void };

/** Creates a clock that shows `start`. */
export const createManualClock = (start: Date): ManualClock => {
  let now = start.getTime();
  let order = 0;
  const alarms = new Set<Alarm>();
  const nextDue = (until: number): Alarm | undefined =>
    [...alarms].filter((alarm) => alarm.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0];
  const moveTo = (at: Date): void => {
    if (at.getTime() < now)
      throw new Error(`Time does not go back from ${new Date(now).toISOString()} to ${at.toISOString()}.`);
    for (let alarm = nextDue(at.getTime()); alarm !== undefined; alarm = nextDue(at.getTime())) {
      now = Math.max(now, alarm.at);
      alarms.delete(alarm);
      alarm.fire();
    }
    now = at.getTime();
  };
  return {
    now: () => new Date(now),
    after: (realMs) => new Date(now + realMs),
    at(instant, fire) {
      order += 1;
      const alarm = { at: instant.getTime(), order, fire };
      // What is due already fires in a turn of its own, as a real timer would.
      if (alarm.at <= now) {
        let cancelled = false;
        setImmediate(() => {
          if (!cancelled) fire();
        });
        return () => {
          cancelled = true;
        };
      }
      alarms.add(alarm);
      return () => alarms.delete(alarm);
    },
    moveTo,
  };
};
