// From an ask to its outcome: the person enters the directory, mentioned people are resolved, the application decides.
import type { ChangeAsk, DeclareAsk, PersonToken } from "../chat/asks.js";
import { personNamed } from "../chat/person-named.js";
import { respondsNow } from "../chat/responds-now.js";
import type { CommandId, PersonId } from "../domain/incident/ids.js";
import type { ChangeRequest, Envelope, Outcome, Target } from "../ports/command-handler.js";
import type { PersonCard } from "../ports/directory.js";
import type { Asked, DoorDeps } from "./door-deps.js";

/** Something to decide. */
export type Ask =
  | { readonly kind: "declare"; readonly request: DeclareAsk }
  | { readonly kind: "change"; readonly target: Target; readonly request: ChangeAsk | ChangeRequest };

/** What became of an ask; an outsider may ask nothing. */
export type Carried = Outcome | { readonly kind: "outsider" };

/** Carries out an ask. */
export async function carryOut(deps: DoorDeps, asked: Asked, ask: Ask): Promise<Carried> {
  const person = await deps.people.enter(asked);
  if (person === null) return { kind: "outsider" };
  const envelope: Envelope = { personId: person.id, commandId: asked.commandId as CommandId, door: "teams" };
  if (ask.kind === "declare") return deps.handler.declare(ask.request, envelope, asked.origin);
  const request = await resolved(deps, asked, person, ask.request);
  return "refusal" in request
    ? { kind: "refused", refusal: request.refusal, snapshot: null }
    : deps.handler.change(ask.target, request.request, envelope);
}

type Resolved =
  | { readonly request: ChangeRequest }
  | {
      readonly refusal: { readonly reason: "role-for-a-person" } | { readonly reason: "unknown-person"; text: string };
    };

async function resolved(
  deps: DoorDeps,
  asked: Asked,
  self: PersonCard,
  request: ChangeAsk | ChangeRequest,
): Promise<Resolved> {
  if (request.type !== "assign-role" || typeof request.person === "string") {
    return { request: request as ChangeRequest };
  }
  const token = request.person;
  const person = await personOf(deps, asked, self, token);
  if (person !== null) return { request: { ...request, person } };
  // An id that Teams gave and nobody has belongs to an app, or to somebody outside the company.
  if ("mention" in token && /^2[89]:/.test(token.mention)) return { refusal: { reason: "role-for-a-person" } };
  const text = "mention" in token ? token.mention : "name" in token ? token.name : "";
  return { refusal: { reason: "unknown-person", text } };
}

async function personOf(deps: DoorDeps, asked: Asked, self: PersonCard, token: PersonToken): Promise<PersonId | null> {
  if ("self" in token) return self.id;
  if ("name" in token) return personNamed(deps.directory.all(), token.name)?.id ?? null;
  // A form offers people of the directory by their own id, or lets their name be typed.
  const listed = deps.directory.person(token.mention as PersonId) ?? personNamed(deps.directory.all(), token.mention);
  if (listed !== null) return listed.id;
  return (await deps.people.mentioned(token.mention, asked.row))?.id ?? null;
}

/** Tells whether a person is on duty now to respond, so that declaring means taking. */
export function isOnDuty(deps: DoorDeps, person: PersonCard | null): boolean {
  if (person === null) return false;
  return respondsNow(deps.directory.onDuty(null, deps.clock.now()), person.id);
}
