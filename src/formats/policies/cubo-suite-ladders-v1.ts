// The escalation ladders of version 1 of Cubo Suite's policy, by level and percent of the target consumed.
import type { How, Ladder, Level, Role, RungStep } from "../../domain/policy/policy.js";

const each = (how: How, roles: readonly Role[]): RungStep[] => roles.map((role) => ({ role, how }));
const page = (...roles: Role[]) => each("page", roles);
const inform = (...roles: Role[]) => each("inform", roles);
const remind = (...roles: Role[]) => each("remind", roles);

/** Who is reached at each rung, for each level. */
export const cuboSuiteLaddersV1: Readonly<Record<Level, Ladder>> = {
  1: {
    "0": [
      ...page("primary", "incident-commander", "communications-lead"),
      ...inform("on-call-lead", "engineering-manager", "director"),
    ],
    "50": page("secondary", "on-call-lead"),
    "75": page("engineering-manager"),
    "90": page("director"),
    "100": [...page("director"), ...inform("executive")],
    repeat: page("director", "executive"),
  },
  2: {
    "0": [...page("primary"), ...inform("on-call-lead", "engineering-manager")],
    "50": page("secondary"),
    "75": page("on-call-lead"),
    "90": page("engineering-manager"),
    "100": page("director"),
    repeat: [...page("director", "engineering-manager"), { role: "executive", how: "page", fromRepeat: 4 }],
  },
  3: {
    "0": inform("responder"),
    "50": remind("responder"),
    "75": [{ role: "on-call-lead", how: "page", onlyBusinessHours: true }],
    "90": inform("engineering-manager"),
    "100": page("engineering-manager"),
    repeat: [...page("engineering-manager"), { role: "director", how: "page", fromRepeat: 3 }],
  },
  4: {
    "0": inform("support-owner"),
    "50": remind("support-owner"),
    "75": inform("on-call-lead"),
    "90": page("on-call-lead"),
    "100": inform("engineering-manager"),
    repeat: page("engineering-manager"),
  },
};
