import { answerTyped } from "./answer-typed.js";
import type { Asked, DoorDeps } from "./door-deps.js";
import { openForm } from "./open-form.js";
import { record } from "./read-view.js";
import type { SlackMessage } from "./render-block-kit.js";
import { createReplies } from "./replies.js";
import { settleInTime } from "./settle-in-time.js";

/** Answers a request with a body, or with nothing to show. */
export type Ack = (body?: unknown) => Promise<void>;

/** Takes a slash command; the answer to the request is for the person alone. */
export async function dispatchCommand(deps: DoorDeps, body: unknown, ack: Ack): Promise<void> {
  const command = record(body);
  const asked = askedBy(command);
  const responseUrl = text(command["response_url"]);
  const answer = answerTyped(deps, asked, text(command["text"]) ?? "");
  switch (answer.kind) {
    case "said":
      return ack(ephemeral(answer.message));
    case "form": {
      const opened = await openForm(deps, asked, { triggerId: text(command["trigger_id"]), responseUrl }, answer.form);
      return opened ? ack() : ack(ephemeral(createReplies(deps, asked).sentence("formDidNotOpen")));
    }
    case "work": {
      const { message } = await settleInTime(deps, asked, answer.what, answer.work, responseUrl);
      return ack(ephemeral(message));
    }
  }
}

function askedBy(command: Record<string, unknown>): Asked {
  const userId = text(command["user_id"]) ?? "";
  return {
    userId,
    userName: text(command["user_name"]) ?? userId,
    channel: text(command["channel_id"]),
    thread: null,
    commandId: `slack:trigger:${text(command["trigger_id"]) ?? ""}`,
  };
}

const ephemeral = (message: SlackMessage) => ({ response_type: "ephemeral", ...message });
const text = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
