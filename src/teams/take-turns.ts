// Each kind of activity with its dispatcher. Whatever breaks behind them is reported, and the person is told so.
import { randomUUID } from "node:crypto";
import { dispatchMessage } from "./dispatch-message.js";
import { dispatchPresence } from "./dispatch-presence.js";
import { dispatchDialog, dispatchExecute, dispatchFetch } from "./dispatch-press.js";
import { askedBy, type DoorDeps } from "./door-deps.js";
import { openForm } from "./open-form.js";
import type { Arrival } from "./read-activity.js";
import { createReplies, plainCard } from "./replies.js";
import { sendReply } from "./send-reply.js";
import type { TaskAnswer } from "./task-answer.js";
import type { Turns } from "./teams-bot.js";

/** Makes the turns of the door. */
export function takeTurns(deps: DoorDeps): Turns {
  /** The words about something of ours that broke. */
  function broken(what: string, { userId }: Arrival, err: unknown): string {
    const reference = randomUUID().slice(0, 8);
    deps.reporter.broke({ what, reference, err });
    return createReplies(deps, userId).words("broke", { reference });
  }

  async function inDialog(what: string, arrival: Arrival, work: () => Promise<TaskAnswer>): Promise<TaskAnswer> {
    try {
      return await work();
    } catch (err) {
      return { kind: "text", text: broken(what, arrival, err) };
    }
  }

  return {
    seen({ row }) {
      if (row.kind === "personal" && row.userId === null) return;
      // Nobody waits for this, and the next activity tells it again.
      const kept = deps.conversations.remember(row).catch(() => {
        deps.reporter.callFailed({ what: "remember", code: "store" });
      });
      void deps.running.add(kept);
    },
    async message(arrival, activity) {
      try {
        await dispatchMessage(deps, arrival, activity);
      } catch (err) {
        const reply = { card: plainCard(broken("message", arrival, err)), room: null };
        void deps.running.add(sendReply(deps, arrival, reply));
      }
    },
    async presence(arrival, what) {
      try {
        await dispatchPresence(deps, arrival, what);
      } catch {
        deps.reporter.callFailed({ what: "presence", code: "store" });
      }
    },
    async execute(arrival, data) {
      try {
        return await dispatchExecute(deps, arrival, data);
      } catch (err) {
        return broken("press", arrival, err);
      }
    },
    fetch: (arrival, data) => inDialog("dialog", arrival, () => dispatchFetch(deps, arrival, data)),
    submit: (arrival, data) => inDialog("form", arrival, () => dispatchDialog(deps, arrival, data)),
    compose: (arrival) =>
      inDialog("compose", arrival, async () => {
        const asked = askedBy(arrival, "compose");
        if (asked === null) return { kind: "text", text: createReplies(deps, null).words("outsider") };
        return openForm(deps, asked, { name: "declare", target: null, values: {} });
      }),
  };
}
