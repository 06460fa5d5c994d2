// The Events API: which events the bot gets, their envelope, and the retries when it does not acknowledge.
import { slackDeadlines } from "../../limits/slack.js";
import { type SlackEventName, slackEventScopes } from "../../limits/slack-methods.js";
import type { BotLine, Delivery } from "./bot-line.js";
import type { Json } from "./wire.js";
import type { Workspace, WorkspaceEvent } from "./workspace.js";

/** What the sender of events needs. */
export interface EventSenderOptions {
  readonly ws: Workspace;
  readonly line: BotLine;
  readonly subscribed: readonly SlackEventName[];
  readonly scopes: readonly string[];
}

/** Every event that the workspace can send. */
export const allEvents = Object.keys(slackEventScopes) as readonly SlackEventName[];

const memberEvents = /^(message|app_mention|pin_|reaction_|member_)/;

/** Starts sending the workspace's events to the bot; the returned function stops pending retries. */
export function startEventSender(options: EventSenderOptions): { stop: () => void } {
  const { ws, line } = options;
  const timers = new Set<NodeJS.Timeout>();

  ws.onEvent((event) => {
    if (!line.connected()) return;
    for (const wanted of [event, mentionEvent(ws, event)]) {
      if (wanted && isWanted(options, wanted)) deliver(envelope(ws, wanted), 0);
    }
  });

  function deliver(payload: Json, attempt: number, reason = ""): void {
    const headers: Record<string, string> =
      attempt === 0 ? {} : { "x-slack-retry-num": String(attempt), "x-slack-retry-reason": reason };
    const delivery: Delivery = { kind: "event", payload };
    void line.send(delivery, headers).then((answer) => {
      recordEvent(ws, payload, answer.status, answer.error);
      const delay = slackDeadlines.eventRetryDelaysMs[attempt];
      if (!answer.error || delay === undefined || answer.headers["x-slack-no-retry"] === "1") return;
      const timer = setTimeout(() => {
        timers.delete(timer);
        deliver(payload, attempt + 1, retryReason(answer.error));
      }, delay);
      timer.unref();
      timers.add(timer);
    });
  }

  return {
    stop() {
      for (const timer of timers) clearTimeout(timer);
      ws.onEvent(() => {});
    },
  };
}

/** Slack's word for why it sends an event again. */
function retryReason(error: string | undefined): string {
  if (error === "operation_timeout") return "http_timeout";
  return error === "dispatch_failed" ? "connection_failed" : "http_error";
}

/** The envelope in which an event travels. */
function envelope(ws: Workspace, event: WorkspaceEvent): Json {
  return {
    token: "sandbox",
    team_id: ws.teamId,
    api_app_id: ws.appId,
    event,
    type: "event_callback",
    event_id: ws.nextId("Ev"),
    event_time: ws.seconds(),
    is_ext_shared_channel: false,
    authorizations: [
      { enterprise_id: null, team_id: ws.teamId, user_id: ws.botUserId, is_bot: true, is_enterprise_install: false },
    ],
  };
}

function isWanted({ ws, subscribed, scopes }: EventSenderOptions, event: WorkspaceEvent): boolean {
  const name = eventName(event);
  if (!name || !subscribed.includes(name)) return false;
  const scope = slackEventScopes[name];
  if (scope !== "" && !scopes.includes(scope)) return false;
  if (!memberEvents.test(event.type)) return true;
  const channel = ws.channels.get(channelIdOf(event));
  return channel?.members.has(ws.botUserId) ?? false;
}

function channelIdOf(event: WorkspaceEvent): string {
  const item = event["item"] as { channel?: string } | undefined;
  return String(event["channel"] ?? event["channel_id"] ?? item?.channel ?? "");
}

const messageEvents: Readonly<Record<string, SlackEventName>> = {
  channel: "message.channels",
  group: "message.groups",
  im: "message.im",
};

function eventName(event: WorkspaceEvent): SlackEventName | undefined {
  if (event.type === "message") return messageEvents[String(event["channel_type"])];
  return allEvents.find((name) => name === event.type);
}

/** The app_mention that goes with a person's message naming the bot; direct messages have none. */
function mentionEvent(ws: Workspace, event: WorkspaceEvent): WorkspaceEvent | undefined {
  const said = event.type === "message" && event["subtype"] === undefined && event["bot_id"] === undefined;
  const named = String(event["text"] ?? "").includes(`<@${ws.botUserId}>`);
  if (!said || !named || event["channel_type"] === "im") return undefined;
  const { channel_type: _type, ...rest } = event;
  return { ...rest, type: "app_mention" };
}

function recordEvent(ws: Workspace, payload: Json, status: number, error: string | undefined): void {
  const event = payload["event"] as WorkspaceEvent;
  ws.transcript.add({
    kind: "request",
    what: `event ${event.type}`,
    by: "workspace",
    status,
    body: payload,
    ...(error ? { error } : {}),
  });
}
