// The Web API over HTTP: token, scope, rate and misbehaviour first, then the method.
import type { IncomingMessage, ServerResponse } from "node:http";
import { type SlackMethodFacts, slackMethodFacts } from "../../limits/slack-methods.js";
import { answerJson, pause, readBody } from "./http-exchange.js";
import { type MethodCall, parseArgs, type SlackMethod } from "./method-call.js";
import { chatMethods } from "./methods-chat.js";
import { conversationReadMethods } from "./methods-conversation-reads.js";
import { conversationMethods } from "./methods-conversations.js";
import { markMethods } from "./methods-marks.js";
import { peopleMethods } from "./methods-people.js";
import { viewMethods } from "./methods-views.js";
import type { Fault, MisbehaviourOrders } from "./misbehaviour.js";
import type { RateLimiter } from "./rate-limiter.js";
import { SlackRefusal } from "./refusal.js";
import { checkScopes } from "./scope-check.js";
import type { Tokens } from "./tokens.js";
import type { Triggers } from "./triggers.js";
import type { Json } from "./wire.js";
import type { Workspace } from "./workspace.js";

/** What the Web API needs from the rest of the workspace. */
export interface WebApiParts {
  readonly ws: Workspace;
  readonly tokens: Tokens;
  readonly triggers: Triggers;
  readonly rateLimiter: RateLimiter;
  readonly misbehaviour: MisbehaviourOrders;
  readonly pageUrl: () => string;
  /** Gives out the address of a Socket Mode connection point. */
  readonly openSocket: () => string;
}

interface Answer {
  readonly status: number;
  readonly body: Json;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Creates the handler of `POST <apiUrl><method>`. */
export function createWebApi(
  parts: WebApiParts,
): (method: string, request: IncomingMessage, response: ServerResponse) => Promise<void> {
  const methods: Readonly<Record<string, SlackMethod>> = {
    ...chatMethods,
    ...conversationMethods,
    ...conversationReadMethods,
    ...markMethods,
    ...peopleMethods,
    ...viewMethods,
    "apps.connections.open": () => ({ url: parts.openSocket() }),
  };

  return async (method, request, response) => {
    const faults = parts.misbehaviour.take(method);
    const body = await readBody(request);
    const slow = faults.find((fault) => fault.kind === "slow");
    if (slow?.kind === "slow") await pause(slow.ms);
    if (drops(faults, "before")) return void response.destroy();
    const answer = faulty(faults) ?? perform(parts, methods, { method, request, body });
    record(parts, method, answer, argsForRecord(request, body));
    if (drops(faults, "after")) return void response.destroy();
    answerJson(response, answer.status, answer.body, answer.headers);
  };
}

function drops(faults: readonly Fault[], when: "before" | "after"): boolean {
  return faults.some((fault) => fault.kind === "drop" && fault.when === when);
}

/** The answer that misbehaviour orders in place of the method's own. */
function faulty(faults: readonly Fault[]): Answer | undefined {
  for (const fault of faults) {
    if (fault.kind === "rate-limit") return rateLimited(fault.retryAfterSeconds);
    if (fault.kind === "error") return { status: 200, body: { ok: false, error: fault.code } };
    if (fault.kind === "status") return { status: fault.status, body: { ok: false, error: "internal_error" } };
  }
  return undefined;
}

function rateLimited(seconds: number): Answer {
  return { status: 429, body: { ok: false, error: "ratelimited" }, headers: { "retry-after": String(seconds) } };
}

interface Received {
  readonly method: string;
  readonly request: IncomingMessage;
  readonly body: string;
}

function perform(parts: WebApiParts, methods: Readonly<Record<string, SlackMethod>>, received: Received): Answer {
  const { method, request, body } = received;
  try {
    const facts = slackMethodFacts(method);
    const run = Object.hasOwn(methods, method) ? methods[method] : undefined;
    if (!facts || !run) throw new SlackRefusal("unknown_method", { req_method: method });
    const args = parseArgs(String(request.headers["content-type"] ?? ""), body);
    const grant = parts.tokens.grant(request.headers.authorization, args["token"]);
    const wait = parts.rateLimiter(method, grant.token, facts, String(args["channel"] ?? ""));
    if (wait > 0) return rateLimited(wait);
    checkScopes(parts.ws, facts, grant, args);
    const { ws, triggers } = parts;
    const call: MethodCall = { ws, args, scopes: grant.scopes, triggers, pageUrl: parts.pageUrl() };
    return { status: 200, body: { ok: true, ...run(call) }, headers: scopeHeaders(facts, grant.scopes) };
  } catch (error) {
    if (!(error instanceof SlackRefusal)) throw error;
    return { status: 200, body: { ok: false, error: error.code, ...error.details } };
  }
}

function scopeHeaders(facts: SlackMethodFacts, granted: ReadonlySet<string>): Record<string, string> {
  return { "x-oauth-scopes": [...granted].join(","), "x-accepted-oauth-scopes": facts.scopes.join(",") };
}

function argsForRecord(request: IncomingMessage, body: string): Json {
  try {
    const { token: _token, ...args } = parseArgs(String(request.headers["content-type"] ?? ""), body);
    return args;
  } catch {
    return {};
  }
}

function record(parts: WebApiParts, method: string, answer: Answer, args: Json): void {
  const { transcript } = parts.ws;
  const ok = answer.body["ok"] === true;
  const error = ok ? undefined : String(answer.body["error"]);
  const channel = args["channel"] ?? args["channel_id"];
  transcript.add({
    kind: "call",
    what: method,
    by: "bot",
    method,
    ok,
    status: answer.status,
    body: args,
    ...(channel ? { channel: String(channel) } : {}),
    ...(error ? { error } : {}),
  });
  if (!error) return;
  const details = answer.body["response_metadata"] as { messages?: readonly string[] } | undefined;
  transcript.addRefusal({ method, error, messages: details?.messages ?? [] });
  if (error === "unknown_method") transcript.addUnknownMethod(method);
}
