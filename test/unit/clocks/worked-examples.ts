// Worked examples of single clocks, agreed with the policy owner: thresholds of 50, 75, 90 and 100 percent.
import type { Story } from "./scenario.js";

/** An example: what is given, and the thresholds expected of the last row of each clock. */
export type Example = Story & { readonly title: string; readonly response?: string; readonly resolution?: string };

const RECESS = { "2026-12-24": ["09:00", "14:00"], "2026-12-31": ["09:00", "14:00"] };
const CARNIVAL = { "2027-02-08": null, "2027-02-09": null, "2027-02-10": ["14:00", "18:00"] };

function companyCalendar(exceptions: object): readonly object[] {
  const week = { zone: "America/Sao_Paulo", open: "09:00", close: "18:00", days: [1, 2, 3, 4, 5], holidays: "BR" };
  return [{ id: "A", tier: "padrao", calendar: { ...week, exceptions } }];
}

/** The examples, by their agreed ids. */
export const WORKED_EXAMPLES: Readonly<Record<string, Example>> = {
  E01: {
    title: "N1 on a business day",
    level: 1,
    declared: "11-23 10:00",
    response: "11-23 10:07:30 · 11-23 10:11:15 · 11-23 10:13:30 · 11-23 10:15",
    resolution: "11-23 12:00 · 11-23 13:00 · 11-23 13:36 · 11-23 14:00",
  },
  E02: {
    title: "N1 on Sunday before dawn",
    level: 1,
    declared: "11-22 03:00",
    response: "11-22 03:07:30 · 11-22 03:11:15 · 11-22 03:13:30 · 11-22 03:15",
    resolution: "11-22 05:00 · 11-22 06:00 · 11-22 06:36 · 11-22 07:00",
  },
  E03: {
    title: "N2 on the night of a national holiday",
    level: 2,
    declared: "11-20 22:00",
    response: "11-20 22:15 · 11-20 22:22:30 · 11-20 22:27 · 11-20 22:30",
    resolution: "11-21 02:00 · 11-21 04:00 · 11-21 05:12 · 11-21 06:00",
  },
  E04: {
    title: "N3 on Friday afternoon crosses a weekend",
    level: 3,
    declared: "11-13 16:00",
    response: "11-13 18:00 · 11-16 10:00 · 11-16 10:36 · 11-16 11:00",
    resolution: "11-17 11:30 · 11-18 09:15 · 11-18 13:18 · 11-18 16:00",
  },
  E05: {
    title: "N3 on the eve of a Friday holiday",
    level: 3,
    declared: "11-19 15:00",
    response: "11-19 17:00 · 11-19 18:00 · 11-23 09:36 · 11-23 10:00",
    resolution: "11-24 10:30 · 11-24 17:15 · 11-25 12:18 · 11-25 15:00",
  },
  E06: {
    title: "N3 declared on a Saturday",
    level: 3,
    declared: "11-21 11:00",
    response: "11-23 11:00 · 11-23 12:00 · 11-23 12:36 · 11-23 13:00",
    resolution: "11-24 13:30 · 11-25 11:15 · 11-25 15:18 · 11-25 18:00",
  },
  E07: {
    title: "N4 across Christmas and New Year",
    level: 4,
    declared: "12-23 14:00",
    response: "12-24 09:30 · 12-24 11:45 · 12-24 13:06 · 12-24 14:00",
    resolution: "12-31 14:00 · 2027-01-06 09:30 · 2027-01-07 14:00 · 2027-01-08 14:00",
  },
  E08: {
    title: "N4 with a calendar that closes at 14:00 on 24 and 31 December",
    level: 4,
    declared: "12-23 14:00",
    customers: companyCalendar(RECESS),
    response: "12-24 09:30 · 12-24 11:45 · 12-24 13:06 · 12-24 14:00",
    resolution: "2027-01-04 13:00 · 2027-01-06 17:30 · 2027-01-08 13:00 · 2027-01-11 13:00",
  },
  E09: {
    title: "N3 before Carnaval, which is working time",
    level: 3,
    declared: "2027-02-05 17:00",
    response: "2027-02-08 10:00 · 2027-02-08 11:00 · 2027-02-08 11:36 · 2027-02-08 12:00",
    resolution: "2027-02-09 12:30 · 2027-02-10 10:15 · 2027-02-10 14:18 · 2027-02-10 17:00",
  },
  E10: {
    title: "N3 before Carnaval with a calendar that closes for it",
    level: 3,
    declared: "2027-02-05 17:00",
    customers: companyCalendar(CARNIVAL),
    response: "2027-02-10 15:00 · 2027-02-10 16:00 · 2027-02-10 16:36 · 2027-02-10 17:00",
    resolution: "2027-02-11 17:30 · 2027-02-12 15:15 · 2027-02-15 10:18 · 2027-02-15 13:00",
  },
  E11: {
    title: "N3 before Good Friday",
    level: 3,
    declared: "04-02 13:30",
    response: "04-02 15:30 · 04-02 16:30 · 04-02 17:06 · 04-02 17:30",
    resolution: "04-06 18:00 · 04-07 15:45 · 04-08 10:48 · 04-08 13:30",
  },
  E13: {
    title: "N3 declared one minute before closing",
    level: 3,
    declared: "11-24 17:59",
    response: "11-25 10:59 · 11-25 11:59 · 11-25 12:35 · 11-25 12:59",
    resolution: "11-26 13:29 · 11-27 11:14 · 11-27 15:17 · 11-27 17:59",
  },
  E19: {
    title: "raised N3 to N1 because it worsened at 16:00",
    level: 3,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:15", "taken"],
      ["11-23 16:00", "reclassified", { level: 1, cause: "worsened", effectiveFrom: "2026-11-23T16:00:00-03:00" }],
    ],
    resolution: "11-23 18:00 · 11-23 19:00 · 11-23 19:36 · 11-23 20:00",
  },
  E20: {
    title: "raised N3 to N2 because it always was",
    level: 3,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:15", "taken"],
      ["11-23 12:30", "reclassified", { level: 2, cause: "corrected" }],
    ],
    resolution: "11-23 14:00 · 11-23 16:00 · 11-23 17:12 · 11-23 18:00",
  },
  E22: {
    title: "lowered N1 to N3 before the breach",
    level: 1,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:04", "taken"],
      ["11-23 11:00", "reclassified", { level: 3, cause: "lowered" }],
    ],
    resolution: "11-24 14:30 · 11-25 12:15 · 11-25 16:18 · 11-26 10:00",
  },
  E23: {
    title: "lowered N1 to N3 after the breach",
    level: 1,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:04", "taken"],
      ["11-23 15:00", "reclassified", { level: 3, cause: "lowered" }],
    ],
    resolution: "11-24 14:30 · 11-25 12:15 · 11-25 16:18 · 11-26 10:00",
  },
  E24: {
    title: "N3 paused for the customer from Monday 15:00 to Tuesday 14:00",
    level: 3,
    declared: "11-23 09:30",
    events: [
      ["11-23 09:50", "taken"],
      ["11-23 15:00", "paused", { reason: "waiting-customer" }],
      ["11-24 14:00", "resumed"],
    ],
    resolution: "11-25 13:00 · 11-26 10:45 · 11-26 14:48 · 11-26 17:30",
  },
  E26: {
    title: "N1 whose pause is refused",
    level: 1,
    declared: "11-25 20:00",
    events: [
      ["11-25 20:05", "taken"],
      ["11-25 21:00", "paused", { reason: "waiting-third-party" }],
    ],
    resolution: "11-25 22:00 · 11-25 23:00 · 11-25 23:36 · 11-26 00:00",
  },
  E29: {
    title: "N2 restored on Monday and reopened on Tuesday",
    level: 2,
    declared: "11-23 08:00",
    events: [
      ["11-23 08:10", "taken"],
      ["11-23 11:00", "mitigated"],
      ["11-23 11:30", "resolved"],
      ["11-24 09:00", "reopened"],
    ],
    response: "11-24 09:15 · 11-24 09:22:30 · 11-24 09:27 · 11-24 09:30",
    resolution: "11-24 10:00 · 11-24 12:00 · 11-24 13:12 · 11-24 14:00",
  },
  E32: {
    title: "declared 20 minutes after the alert fired",
    level: 1,
    declared: "11-25 10:00",
    detected: "11-25 09:40",
    events: [["11-25 10:03", "taken"]],
    response: "11-25 09:47:30 · 11-25 09:51:15 · 11-25 09:53:30 · 11-25 09:55",
    resolution: "11-25 11:40 · 11-25 12:40 · 11-25 13:16 · 11-25 13:40",
  },
  E34: {
    title: "N2 Premium whose contract resolves within 180 minutes",
    level: 2,
    declared: "11-23 10:00",
    customers: [{ id: "A", tier: "premium", targets: { "2": { resolution: { minutes: 180 } } } }],
    resolution: "11-23 11:30 · 11-23 12:15 · 11-23 12:42 · 11-23 13:00",
  },
  E37: {
    title: "N3 worsened to N1 at 11:00 and improved to N3 at 13:00",
    level: 3,
    declared: "11-23 10:00",
    events: [
      ["11-23 10:15", "taken"],
      ["11-23 11:00", "reclassified", { level: 1, cause: "worsened" }],
      ["11-23 13:00", "reclassified", { level: 3, cause: "lowered" }],
    ],
    resolution: "11-24 14:30 · 11-25 12:15 · 11-25 16:18 · 11-26 10:00",
  },
  E39: {
    title: "N3 paused for a customer who never answers",
    level: 3,
    declared: "11-26 15:00",
    events: [
      ["11-26 15:10", "taken"],
      ["11-26 16:00", "paused", { reason: "waiting-customer" }],
    ],
    resolution: "12-03 10:30 · 12-03 17:15 · 12-04 12:18 · 12-04 15:00",
  },
};
