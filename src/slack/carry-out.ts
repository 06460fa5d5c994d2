// From an ask to its outcome: the person enters the directory, mentioned people are resolved, the application decides.
import type { ChangeAsk, DeclareAsk, PersonToken } from "../chat/asks.js";
import { personNamed } from "../chat/person-named.js";
import { respondsNow } from "../chat/responds-now.js";
import type { CommandId, PersonId } from "../domain/incident/ids.js";
import type { ChangeRequest, Envelope, Outcome, Target } from "../ports/command-handler.js";
import type { PersonCard } from "../ports/directory.js";
import type { RoomRef } from "../ports/places.js";
import type { Asked, DoorDeps } from "./door-deps.js";

/** Something to decide. */
export type Ask =
  | { readonly kind: "declare"; readonly request: DeclareAsk }
  | { readonly kind: "change"; readonly target: Target; readonly request: ChangeAsk | ChangeRequest };

/** A mention is an app, or no user of this workspace. */
const NO_ROLE = { reason: "role-for-a-person" } as const;

/** Carries out an ask. */
export async function carryOut(deps: DoorDeps, asked: Asked, ask: Ask): Promise<Outcome> {
  const person = await deps.people.enter(asked.userId, asked.userName);
  const envelope: Envelope = { personId: person.id, commandId: asked.commandId as CommandId, door: "slack" };
  if (ask.kind === "declare") return deps.handler.declare(ask.request, envelope, originOf(asked));
  const request = await resolved(deps, person, ask.request);
  if (request === null) {
    const token = "person" in ask.request && typeof ask.request.person === "object" ? ask.request.person : null;
    if (token !== null && "mention" in token) return { kind: "refused", refusal: NO_ROLE, snapshot: null };
    return { kind: "refused", refusal: { reason: "unknown-person", text: wordsOf(token) }, snapshot: null };
  }
  return deps.handler.change(ask.target, request, envelope);
}

/** Where it was declared; in a conversation between people the bot cannot write. */
function originOf({ channel }: Asked): RoomRef | null {
  return channel === null || channel.startsWith("D") ? null : { platform: "slack", roomId: channel };
}

async function resolved(
  deps: DoorDeps,
  self: PersonCard,
  request: ChangeAsk | ChangeRequest,
): Promise<ChangeRequest | null> {
  if (request.type !== "assign-role" || typeof request.person === "string") return request as ChangeRequest;
  const person = await personOf(deps, self, request.person);
  return person === null ? null : { ...request, person };
}

async function personOf(deps: DoorDeps, self: PersonCard, token: PersonToken): Promise<PersonId | null> {
  if ("self" in token) return self.id;
  if ("mention" in token) {
    if (!/^[UW][A-Z0-9]+$/.test(token.mention)) return null;
    return (await deps.people.mentioned(token.mention))?.id ?? null;
  }
  return personNamed(deps.directory.all(), token.name)?.id ?? null;
}

const wordsOf = (token: PersonToken | null): string => (token !== null && "name" in token ? token.name : "");

/** Tells whether a person is on duty now to respond, so that declaring means taking. */
export function isOnDuty(deps: DoorDeps, person: PersonCard | null): boolean {
  if (person === null) return false;
  return respondsNow(deps.directory.onDuty(null, deps.clock.now()), person.id);
}
