// A typed command, from either a slash command or a mention: what it means and what to say back.

import { parseCommand } from "../chat/parse-command.js";
import type { Parsed, TypedTarget } from "../chat/parsed.js";
import type { Target } from "../ports/command-handler.js";
import { type Ask, carryOut, isOnDuty } from "./carry-out.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import type { FormAsk } from "./form-view.js";
import type { SlackMessage } from "./render-block-kit.js";
import { createReplies } from "./replies.js";

/** What is to be done about a typed text. */
export type Answer =
  /** Needs nothing but memory. */
  | { readonly kind: "said"; readonly message: SlackMessage }
  | { readonly kind: "form"; readonly form: FormAsk }
  /** Needs the store. */
  | { readonly kind: "work"; readonly what: string; readonly work: () => Promise<SlackMessage> };

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
      return isOnDuty(deps, deps.directory.byChat("slack", asked.userId));
    },
  });
  return answerParsed(deps, asked, parsed);
}

function answerParsed(deps: DoorDeps, asked: Asked, parsed: Parsed): Answer {
  const replies = () => createReplies(deps, asked);
  switch (parsed.kind) {
    case "problem":
      return { kind: "said", message: replies().problem(parsed.problem) };
    case "open-form":
      return {
        kind: "form",
        form: {
          name: parsed.form,
          target: parsed.form === "declare" ? null : targetOf(parsed.target, asked),
          values: parsed.prefill,
        },
      };
    case "declare":
      return decide(deps, asked, { kind: "declare", request: parsed.request });
    case "request":
      return decide(deps, asked, { kind: "change", target: targetOf(parsed.target, asked), request: parsed.request });
    case "query": {
      if (parsed.query === "help") return { kind: "said", message: replies().help(parsed.verb) };
      if (parsed.query === "list") return { kind: "work", what: "list", work: () => list(deps, asked) };
      const { query, target } = parsed;
      return { kind: "work", what: query, work: () => look(deps, asked, targetOf(target, asked), query) };
    }
  }
}

function decide(deps: DoorDeps, asked: Asked, ask: Ask): Answer {
  return {
    kind: "work",
    what: ask.kind === "declare" ? "declare" : ask.request.type,
    work: () => decideNow(deps, asked, ask),
  };
}

/** Carries out an ask and says what became of it. */
export async function decideNow(deps: DoorDeps, asked: Asked, ask: Ask): Promise<SlackMessage> {
  const outcome = await carryOut(deps, asked, ask);
  return createReplies(deps, asked).outcome(ask, outcome);
}

/** Shows something of an incident. */
export async function look(
  deps: DoorDeps,
  asked: Asked,
  target: Target,
  what: "sla" | "timeline" | "more",
): Promise<SlackMessage> {
  const found = await deps.handler.look(target);
  const replies = createReplies(deps, asked);
  if (found === null) {
    const reason = target.by === "room" ? "not-in-an-incident-channel" : "unknown-incident";
    return replies.refusal({ reason }, null);
  }
  return replies.view(what, found.snapshot, found.places?.room?.roomId ?? null);
}

async function list(deps: DoorDeps, asked: Asked): Promise<SlackMessage> {
  const rows = await deps.handler.list(LISTED);
  return createReplies(deps, asked).list(rows);
}

/** The incident that a typed target means here. */
function targetOf(target: TypedTarget, asked: Asked): Exclude<Target, { by: "id" }> {
  if (target.by === "code") return target;
  const roomId = target.by === "room-mention" ? target.roomId : (asked.channel ?? "");
  const thread = target.by === "implied" ? asked.thread : null;
  return { by: "room", platform: "slack", roomId, ...(thread === null ? {} : { thread }) };
}
