// response_url: how the bot answers a command or a button later, a few times and for a while.
import { randomBytes } from "node:crypto";
import { slackDeadlines } from "../../limits/slack.js";
import { addMessage, changeMessage, removeMessage } from "./message-changes.js";
import { messageContent } from "./message-content.js";
import { SlackRefusal } from "./refusal.js";
import { isJson, type Json, parseJson } from "./wire.js";
import type { Channel, Message, Workspace } from "./workspace.js";

/** What a response_url answers to. */
export interface ResponseTarget {
  readonly channel: Channel;
  readonly user: string;
  /** The message whose element was used, when there was one. */
  readonly message: Message | undefined;
}

/** An answer over HTTP. */
export interface ResponseUrlAnswer {
  readonly status: number;
  readonly body: string;
}

/** Gives out response_urls and takes what is posted to them. */
export interface ResponseUrls {
  issue(target: ResponseTarget): string;
  post(id: string, contentType: string, body: string): ResponseUrlAnswer;
}

/** Records and words the refusal of what was posted to a response_url. */
function refused(ws: Workspace, error: string, messages: readonly string[] = []): ResponseUrlAnswer {
  const method = "response_url";
  const status = ["used_url", "expired_url", "not_found"].includes(error) ? 404 : 400;
  ws.transcript.addRefusal({ method, error, messages });
  ws.transcript.add({ kind: "call", what: method, by: "bot", method, ok: false, status, error });
  return { status, body: JSON.stringify({ ok: false, error }) };
}

/** Creates the register of response_urls; lifetimes run in real time, as Slack's do. */
export function createResponseUrls(ws: Workspace, baseUrl: () => string): ResponseUrls {
  const issued = new Map<string, ResponseTarget & { readonly at: number; uses: number }>();

  return {
    issue(target) {
      for (const [old, { at }] of issued) {
        if (Date.now() - at <= 2 * slackDeadlines.responseUrlLifetimeMs) break;
        issued.delete(old);
      }
      const id = randomBytes(12).toString("hex");
      issued.set(id, { ...target, at: Date.now(), uses: 0 });
      return `${baseUrl()}/slack/response/${id}`;
    },
    post(id, contentType, body) {
      const target = issued.get(id);
      if (!target) return refused(ws, "not_found");
      if (Date.now() - target.at > slackDeadlines.responseUrlLifetimeMs) return refused(ws, "expired_url");
      if (target.uses >= slackDeadlines.responseUrlUses) return refused(ws, "used_url");
      const parsed = contentType.startsWith("application/json") ? parseJson(body) : undefined;
      if (!isJson(parsed)) return refused(ws, "invalid_payload");
      target.uses += 1;
      try {
        applyResponse(ws, target, parsed);
      } catch (error) {
        if (!(error instanceof SlackRefusal)) throw error;
        return refused(ws, error.code, (error.details["errors"] as readonly string[] | undefined) ?? []);
      }
      ws.transcript.add({
        kind: "call",
        what: "response_url",
        by: "bot",
        method: "response_url",
        ok: true,
        body: parsed,
      });
      return { status: 200, body: "ok" };
    },
  };
}

/** Does what the body of an acknowledgement or of a response_url asks for. */
export function applyResponse(ws: Workspace, target: ResponseTarget, body: Json): void {
  const { channel, message } = target;
  const source = message && channel.messages.includes(message) ? message : undefined;
  if (body["delete_original"] === true) {
    if (!source) throw new SlackRefusal("message_not_found");
    removeMessage(ws, channel, source);
    return;
  }
  const content = messageContent(ws, body, "post");
  if (body["replace_original"] === true && source) {
    changeMessage(ws, channel, source, content);
    return;
  }
  const everyone = body["response_type"] === "in_channel";
  const threadTs = typeof body["thread_ts"] === "string" ? body["thread_ts"] : undefined;
  addMessage(ws, channel, {
    ...content,
    user: ws.botUserId,
    threadTs,
    ephemeralTo: everyone ? undefined : target.user,
  });
}
