// The raw bytes of a verified request, as one of the payload kinds that this door takes. Bolt assumes that fields are
// there, so everything that it and our listeners read is checked here.
import { parseObject } from "./buttons.js";
import { record } from "./read-view.js";

/** What Slack sent. */
export type Payload =
  | { readonly kind: "url-verification"; readonly challenge: string }
  | { readonly kind: "command" | "action" | "submission" | "closed" | "other"; readonly body: Record<string, unknown> }
  | { readonly kind: "event"; readonly eventId: string; readonly body: Record<string, unknown> }
  | { readonly kind: "unreadable"; readonly reason: string };

/** The media type of a request without its parameters. */
export function mediaType(header: string | undefined): string {
  return (header ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Tells whether a request is Slack's probe of the certificate, which carries no signature. */
export function isSslCheck(bytes: Buffer, type: string): boolean {
  // The probe has two short fields; nothing longer is looked at before its signature.
  if (type !== "application/x-www-form-urlencoded" || bytes.length > 500 || !bytes.includes("ssl_check")) return false;
  return new URLSearchParams(bytes.toString("utf8")).get("ssl_check") === "1";
}

/** Parses a body of one of the two media types that Slack uses. */
export function parsePayload(bytes: Buffer, type: string): Payload {
  const text = bytes.toString("utf8");
  if (type === "application/json") {
    const body = parseObject(text);
    return body === null ? unreadable("malformed-json") : parseEvent(body);
  }
  const fields = Object.fromEntries(new URLSearchParams(text));
  if (fields["payload"] === undefined) return parseCommand(fields);
  const body = parseObject(fields["payload"]);
  return body === null ? unreadable("malformed-payload") : parseInteraction(body);
}

const unreadable = (reason: string): Payload => ({ kind: "unreadable", reason });
const isText = (value: unknown): value is string => typeof value === "string" && value !== "";

function parseCommand(body: Record<string, unknown>): Payload {
  const missing = ["command", "user_id", "channel_id", "trigger_id"].find((field) => !isText(body[field]));
  if (missing !== undefined) return unreadable(`missing-${missing}`);
  const text = typeof body["text"] === "string" ? body["text"] : "";
  return { kind: "command", body: { ...body, text } };
}

function parseEvent(body: Record<string, unknown>): Payload {
  if (body["type"] === "url_verification") {
    return isText(body["challenge"])
      ? { kind: "url-verification", challenge: body["challenge"] }
      : unreadable("missing-challenge");
  }
  if (body["type"] !== "event_callback") return unreadable("unknown-type");
  if (!isText(body["event_id"])) return unreadable("missing-event_id");
  if (!isText(record(body["event"])["type"])) return unreadable("missing-event");
  return { kind: "event", eventId: body["event_id"], body };
}

function parseInteraction(body: Record<string, unknown>): Payload {
  if (!isText(record(body["user"])["id"])) return unreadable("missing-user");
  switch (body["type"]) {
    case "block_actions": {
      const actions = Array.isArray(body["actions"]) ? body["actions"].map(record) : [];
      const complete = actions.length > 0 && actions.every((one) => isText(one["action_id"]) && isText(one["type"]));
      return complete ? { kind: "action", body: { ...body, actions } } : unreadable("missing-actions");
    }
    case "view_submission":
    case "view_closed": {
      const view = record(body["view"]);
      if (!isText(view["id"]) || !isText(view["callback_id"])) return unreadable("missing-view");
      return { kind: body["type"] === "view_submission" ? "submission" : "closed", body };
    }
    case "shortcut":
    case "message_action":
    case "block_suggestion":
      return { kind: "other", body };
    default:
      return unreadable("unknown-type");
  }
}
