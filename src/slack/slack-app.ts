// The Slack door put together: one Bolt app, one listener for each kind of payload.
import { App } from "@slack/bolt";
import { dispatchAction } from "./dispatch-action.js";
import { type Ack, dispatchCommand } from "./dispatch-command.js";
import { dispatchMention } from "./dispatch-mention.js";
import { dispatchSubmission } from "./dispatch-submission.js";
import type { DoorDeps } from "./door-deps.js";
import { unescapeMrkdwn } from "./mrkdwn.js";
import type { Payload } from "./parse-payload.js";
import { quietLogger } from "./quiet-logger.js";
import { record } from "./read-view.js";
import type { SlackMessage } from "./render-block-kit.js";
import { messageModal } from "./render-modal.js";
import { createReplies } from "./replies.js";
import { clientOptions } from "./slack-clients.js";
import type { SlackIdentity } from "./slack-identity.js";
import type { DoorAnswers, SlackReceiver } from "./slack-receiver.js";

/** Connects a receiver with the dispatchers. */
export function connectSlackApp(deps: DoorDeps, receiver: SlackReceiver, identity: () => SlackIdentity | null): App {
  const app = new App({
    receiver,
    // Asked for each request: only memory may answer. Without ids Bolt would ask Slack every time.
    authorize: async () => ({
      botToken: deps.settings.botToken.reveal(),
      botId: identity()?.botId ?? "not-known-yet",
      botUserId: identity()?.botUserId ?? "not-known-yet",
    }),
    convoStore: false,
    ignoreSelf: true,
    tokenVerificationEnabled: false,
    clientOptions: clientOptions(deps.settings),
    logger: quietLogger,
  });
  const acking = (ack: unknown): Ack => ack as Ack;
  app.command(/^\//, async ({ body, ack }) => dispatchCommand(deps, body, acking(ack)));
  app.action(/^/, async ({ body, ack }) => dispatchAction(deps, body, acking(ack)));
  app.view(/^/, async ({ body, ack }) => dispatchSubmission(deps, body, acking(ack)));
  app.event("app_mention", async ({ body }) => dispatchMention(deps, body, identity()?.botUserId ?? null));
  return app;
}

/** What the receiver says when a dispatcher did not in time, or nobody listens. */
export function doorAnswers(deps: DoorDeps): DoorAnswers {
  const repliesTo = (payload: Payload) => {
    const body = "body" in payload ? payload.body : {};
    const userId = String(body["user_id"] ?? record(body["user"])["id"] ?? "");
    return createReplies(deps, { userId });
  };
  const answer = (payload: Payload, title: "notConfirmedTitle" | "notDoneTitle", message: SlackMessage): unknown => {
    if (payload.kind === "command") return { response_type: "ephemeral", ...message };
    if (payload.kind !== "submission") return undefined;
    const { words } = repliesTo(payload);
    return {
      response_action: "update",
      view: messageModal(words(title), unescapeMrkdwn(message.text), words("close")),
    };
  };
  return {
    late: (payload) => answer(payload, "notConfirmedTitle", repliesTo(payload).late()),
    broke: (payload, reference) => answer(payload, "notDoneTitle", repliesTo(payload).broke(reference)),
    unheard(payload) {
      if (payload.kind !== "command") return undefined;
      return { response_type: "ephemeral", ...repliesTo(payload).sentence("unheard") };
    },
  };
}
