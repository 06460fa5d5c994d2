// A typed command: what it means and what to say back.
import { parseCommand } from "../chat/parse-command.js";
import type { Parsed, TypedTarget } from "../chat/parsed.js";
import type { Target } from "../ports/command-handler.js";
import { type Ask, carryOut, isOnDuty } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { createReplies, NO_INCIDENT, type Reply } from "./replies.js";

/** What is to be done about a typed text: something from memory, or work on the store. */
export type Answer =
  | { readonly kind: "said"; readonly reply: Reply }
  | { readonly kind: "work"; readonly work: () => Promise<Reply> };

type FormParsed = Extract<Parsed, { readonly kind: "open-form" }>;

/** Most incidents that a list shows. */
const LISTED = 20;

/** Understands a typed text. */
export function answerTyped(deps: DoorDeps, asked: Asked, text: string): Answer {
  // Most verbs need neither the customers nor the roster, so these are read only when they are asked for.
  const parsed = parseCommand(text, {
    entities: true,
    get customers() {
      return deps.catalogue.customers();
    },
    get onDuty() {
      return isOnDuty(deps, deps.directory.byChat("teams", asked.userId));
    },
  });
  return answerParsed(deps, asked, parsed);
}

function answerParsed(deps: DoorDeps, asked: Asked, parsed: Parsed): Answer {
  const replies = () => createReplies(deps, asked.userId);
  switch (parsed.kind) {
    case "problem":
      return { kind: "said", reply: replies().problem(parsed.problem) };
    case "open-form":
      if (parsed.form === "declare") return { kind: "said", reply: replies().formButton(NO_INCIDENT, "declare") };
      return { kind: "work", work: () => offerForm(deps, asked, parsed) };
    case "declare":
      return decide(deps, asked, { kind: "declare", request: parsed.request });
    case "request":
      return decide(deps, asked, { kind: "change", target: targetOf(parsed.target, asked), request: parsed.request });
    case "query": {
      if (parsed.query === "help") return { kind: "said", reply: replies().help(parsed.verb) };
      if (parsed.query === "list") return { kind: "work", work: () => list(deps, asked) };
      const { query, target } = parsed;
      return { kind: "work", work: () => look(deps, asked, targetOf(target, asked), query) };
    }
  }
}

function decide(deps: DoorDeps, asked: Asked, ask: Ask): Answer {
  return { kind: "work", work: () => decideNow(deps, asked, ask) };
}

/** Carries out an ask and says what became of it. */
export async function decideNow(deps: DoorDeps, asked: Asked, ask: Ask): Promise<Reply> {
  const outcome = await carryOut(deps, asked, ask);
  return createReplies(deps, asked.userId).outcome(ask, outcome);
}

/** Shows something of an incident. */
export async function look(
  deps: DoorDeps,
  asked: Asked,
  target: Target,
  what: "sla" | "timeline" | "more",
): Promise<Reply> {
  const found = await deps.handler.look(target);
  const replies = createReplies(deps, asked.userId);
  if (found === null) return replies.refusal({ reason: missing(target) }, null);
  return replies.view(what, found.snapshot, found.places?.room ?? null);
}

/** A message opens no dialog, so the form waits behind a button that names its incident. */
async function offerForm(deps: DoorDeps, asked: Asked, { form, target }: FormParsed): Promise<Reply> {
  const meant = targetOf(target, asked);
  const found = await deps.handler.look(meant);
  const replies = createReplies(deps, asked.userId);
  if (found === null) return replies.refusal({ reason: missing(meant) }, null);
  return replies.formButton(found.snapshot.incident.id, form);
}

async function list(deps: DoorDeps, asked: Asked): Promise<Reply> {
  const rows = await deps.handler.list(LISTED);
  return createReplies(deps, asked.userId).list(rows);
}

const missing = (target: Target) => (target.by === "room" ? "not-in-an-incident-channel" : "unknown-incident");

/** The incident that a typed target means here: a thread is the room of one incident. */
function targetOf(target: TypedTarget, asked: Asked): Exclude<Target, { by: "id" }> {
  if (target.by === "code") return target;
  const roomId = target.by === "room-mention" ? target.roomId : asked.row.conversationId;
  return { by: "room", platform: "teams", roomId };
}
