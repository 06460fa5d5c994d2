// The part of Twilio's REST API that the stand-in speaks: messages, calls and the account itself.
import { timingSafeEqual } from "node:crypto";
import type { ServerResponse } from "node:http";
import { answerJson } from "../slack/http-exchange.js";
import { type Account, note } from "./account.js";
import { type CallDesk, talkSeconds } from "./calls.js";
import type { FaultyServer } from "./faults.js";
import { type RequestHandler, readBytes } from "./loopback-server.js";
import type { MessageDesk } from "./messages.js";
import { cutPage, withinDates } from "./paging.js";
import { tidyNumber } from "./phone-numbers.js";
import { apiVersion, type CallRecord, callJson, type MessageRecord, messageJson, newSid } from "./records.js";
import { TwilioRefusal } from "./refusal.js";

/** What the API works on. */
export interface ApiDeps {
  readonly account: Account;
  readonly messages: MessageDesk;
  readonly calls: CallDesk;
  readonly faults: FaultyServer;
  /** Requests a second that are served; the others get 429. No limit unless set. */
  readonly requestsPerSecond: number | undefined;
  /** Real milliseconds for which lists do not show what was just created. */
  readonly listLagMs: () => number;
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const longestRequest = 1024 * 1024;
const resourcePath = new RegExp(`^/${apiVersion}/Accounts/(\\w+)(?:/(Messages|Calls)(?:/(\\w+))?)?\\.json$`);
const formType = "application/x-www-form-urlencoded";

/** Creates the handler of the API. */
export function createTwilioApi(deps: ApiDeps): RequestHandler {
  const { account, faults } = deps;
  const credentials = Buffer.from(`Basic ${Buffer.from(`${account.sid}:${account.authToken}`).toString("base64")}`);
  const overLimit = perSecond(deps.requestsPerSecond);
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const bytes = await readBytes(request, longestRequest);
    const isForm = (request.headers["content-type"] ?? "").startsWith(formType);
    const form = new URLSearchParams(isForm && bytes ? bytes.toString("utf8") : "");
    const asked: Asked = { method: request.method ?? "GET", path: url.pathname, query: url.searchParams, form };
    const tooMany = (seconds: number): void => {
      const refusal = new TwilioRefusal(20_429, "Too Many Requests", 429);
      send(response, { status: 429, body: refusal.toJson() }, { "retry-after": String(seconds) });
    };
    const authorised = isSame(credentials, Buffer.from(request.headers.authorization ?? ""));
    const perform = (): (() => void) => {
      const answer = answerOf(deps, asked, authorised);
      return () => send(response, answer);
    };
    if (overLimit()) return tooMany(1);
    await faults.serve({ request, response, creates: createsSomething(asked), perform, tooMany });
  };
}

function perSecond(most: number | undefined): () => boolean {
  let second = 0;
  let count = 0;
  return () => {
    const now = Math.floor(Date.now() / 1000);
    count = now === second ? count + 1 : 1;
    second = now;
    return most !== undefined && count > most;
  };
}

function isSame(expected: Buffer, given: Buffer): boolean {
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function createsSomething({ method, path }: Asked): boolean {
  return method === "POST" && /\/(?:Messages|Calls)\.json$/.test(path);
}

function send(response: ServerResponse, { status, body }: Answer, headers: Record<string, string> = {}): void {
  answerJson(response, status, body, {
    "twilio-request-id": newSid("RQ"),
    "twilio-concurrent-requests": "1",
    ...headers,
  });
}

function answerOf(deps: ApiDeps, asked: Asked, authorised: boolean): Answer {
  try {
    if (!authorised) throw new TwilioRefusal(20_003, "Authenticate", 401);
    return route(deps, asked);
  } catch (error) {
    if (!(error instanceof TwilioRefusal)) throw error;
    const number = asked.form.get("To");
    const who = number ? { number } : {};
    note(deps.account, { kind: "request", what: "refused", code: error.code, text: error.message, ...who });
    return { status: error.status, body: error.toJson() };
  }
}

function route(deps: ApiDeps, asked: Asked): Answer {
  const { account } = deps;
  const path = resourcePath.exec(asked.path);
  const [, accountSid, kind, sid] = path ?? [];
  if (accountSid !== undefined && accountSid !== account.sid) throw new TwilioRefusal(20_003, "Authenticate", 401);
  if (accountSid === undefined) throw notFound(asked);
  if (kind === "Messages") return routeMessages(deps, asked, sid);
  if (kind === "Calls") return routeCalls(deps, asked, sid);
  if (asked.method !== "GET") throw notAllowed(asked);
  const uri = `/${apiVersion}/Accounts/${account.sid}.json`;
  return { status: 200, body: { sid: account.sid, friendly_name: "Sandbox", status: "active", type: "Full", uri } };
}

function notFound({ path }: Asked): TwilioRefusal {
  return new TwilioRefusal(20_404, `The requested resource ${path} was not found`, 404);
}

function notAllowed({ path }: Asked): TwilioRefusal {
  return new TwilioRefusal(20_004, `Method not allowed on ${path}`, 405);
}

function routeMessages(deps: ApiDeps, asked: Asked, sid: string | undefined): Answer {
  const { account } = deps;
  const json = (message: MessageRecord): unknown => messageJson(account.sid, message);
  if (sid === undefined && asked.method === "POST")
    return { status: 201, body: json(deps.messages.create(asked.form)) };
  if (asked.method !== "GET") throw notAllowed(asked);
  if (sid === undefined) return { status: 200, body: listMessages(deps, asked, json) };
  const message = account.messages.get(sid);
  if (!message) throw notFound(asked);
  return { status: 200, body: json(message) };
}

function listMessages(deps: ApiDeps, { path, query }: Asked, json: (message: MessageRecord) => unknown): unknown {
  const { account } = deps;
  const to = query.get("To");
  const from = query.get("From");
  const some = to === null ? [...account.messages.values()] : (account.messagesTo.get(tidyNumber(to)) ?? []);
  const found = some.filter(
    (message) =>
      (from === null || message.from === tidyNumber(from)) &&
      withinDates(query, "DateSent", message.sentAt) &&
      isListed(deps, message),
  );
  const { items, envelope } = cutPage(path, query, found.reverse());
  return { ...envelope, messages: items.map(json) };
}

function isListed({ account, listLagMs }: ApiDeps, { createdAt }: { readonly createdAt: Date }): boolean {
  const lag = listLagMs();
  return lag === 0 || createdAt.getTime() <= account.now().getTime() - lag;
}

function routeCalls(deps: ApiDeps, asked: Asked, sid: string | undefined): Answer {
  const { account } = deps;
  const json = (call: CallRecord): unknown => callJson(account.sid, call, talkSeconds(account, call));
  if (sid === undefined) {
    if (asked.method === "POST") return { status: 201, body: json(deps.calls.create(asked.form)) };
    if (asked.method !== "GET") throw notAllowed(asked);
    return { status: 200, body: listCalls(deps, asked, json) };
  }
  const call = account.calls.get(sid);
  if (!call) throw notFound(asked);
  if (asked.method === "POST") deps.calls.update(call, asked.form);
  else if (asked.method !== "GET") throw notAllowed(asked);
  return { status: 200, body: json(call) };
}

function listCalls(deps: ApiDeps, { path, query }: Asked, json: (call: CallRecord) => unknown): unknown {
  const wanted = (name: string, value: string): boolean => [null, value].includes(query.get(name));
  const found = [...deps.account.calls.values()].filter(
    (call) =>
      wanted("To", call.to) &&
      wanted("From", call.from) &&
      wanted("Status", call.status) &&
      withinDates(query, "StartTime", call.startedAt) &&
      isListed(deps, call),
  );
  const { items, envelope } = cutPage(path, query, found.reverse());
  return { ...envelope, calls: items.map(json) };
}
