// Calendars that the tests of business time share.
import type { BusinessCalendar } from "../../../src/domain/policy/policy.js";

/** Monday to Friday 09:00 to 18:00 in São Paulo with the national holidays. */
export const saoPaulo: BusinessCalendar = {
  zone: "America/Sao_Paulo",
  open: "09:00",
  close: "18:00",
  days: [1, 2, 3, 4, 5],
  holidays: "BR",
};

/** Monday to Friday 08:00 to 17:00 in Lisbon, where clocks change, without holidays. */
export const lisbon: BusinessCalendar = {
  zone: "Europe/Lisbon",
  open: "08:00",
  close: "17:00",
  days: [1, 2, 3, 4, 5],
  holidays: "none",
};

/** Every day from midnight to midnight. */
export const allDay: BusinessCalendar = {
  zone: "America/New_York",
  open: "00:00",
  close: "24:00",
  days: [1, 2, 3, 4, 5, 6, 7],
  holidays: "none",
};
