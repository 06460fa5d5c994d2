// Questions about people and duties, answered from memory.
import type { PersonId, Platform } from "../domain/incident/ids.js";
import type { OnCallSnapshot } from "../domain/incident/incident.js";
import { type OnCallRoster, whoIsOn } from "../domain/oncall/who-is-on.js";
import type { Role } from "../domain/policy/policy.js";
import type { PersonCard } from "../ports/directory.js";
import { type PersonDocument, toCard } from "./directory-documents.js";

/** An installation without duties. */
export const EMPTY_ROSTER: OnCallRoster = { default: {}, services: {} };

const ROLES = Object.keys({
  primary: true,
  secondary: true,
  responder: true,
  "incident-commander": true,
  "communications-lead": true,
  "support-owner": true,
  "on-call-lead": true,
  "engineering-manager": true,
  director: true,
  executive: true,
} satisfies Record<Role, true>) as readonly Role[];

/** People and duties at one moment, indexed. */
export type DirectoryView = {
  person(id: PersonId): PersonCard | null;
  byChat(platform: Platform, userId: string): PersonCard | null;
  all(): readonly PersonCard[];
  onDuty(serviceId: string | null, at: Date): OnCallSnapshot;
};

/** Indexes people and duties. */
export function createDirectoryView(people: readonly PersonDocument[], roster: OnCallRoster): DirectoryView {
  const adminsAreNamed = people.some(({ admin }) => admin === true);
  const cards = people.map((document) => toCard(document, adminsAreNamed));
  const byId = new Map(cards.map((card) => [card.id, card]));
  const byIdentity = new Map(cards.flatMap((card) => identitiesOf(card).map((identity) => [identity, card] as const)));
  const admins = cards.filter(({ admin }) => admin).map(({ id }) => id);
  return {
    person: (id) => byId.get(id) ?? null,
    byChat: (platform, userId) => byIdentity.get(`${platform}:${userId}`) ?? null,
    all: () => cards,
    onDuty: (serviceId, at) => {
      const byRole = Object.fromEntries(
        ROLES.map((role) => [role, whoIsOn(roster, { role, serviceId, at }).personIds as readonly PersonId[]]),
      );
      const people = new Set([...Object.values(byRole).flat(), ...admins]);
      const byPhone = [...people].filter((id) => (byId.get(id)?.phone ?? null) !== null);
      return { byRole, fallback: admins, ...(byPhone.length === 0 ? {} : { byPhone }) };
    },
  };
}

function identitiesOf(card: PersonCard): string[] {
  return Object.entries(card.chat).map(([platform, userId]) => `${platform}:${userId}`);
}
