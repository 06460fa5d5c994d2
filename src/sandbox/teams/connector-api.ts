// The HTTP side of the stand-in: OpenID metadata, keys, tokens, and the v3 operations behind the bearer token.
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson, pause, readBody } from "../slack/http-exchange.js";
import { isJson, type Json, parseJson } from "../slack/wire.js";
import { ConnectorRefusal } from "./connector-refusal.js";
import { type ConnectorGround, connectorCall } from "./connector-routes.js";
import type { ConnectorAnswer } from "./connector-writes.js";
import type { MisbehaviourOrders, Operation, Trouble } from "./misbehaviour.js";
import type { SigningKeys } from "./signing-keys.js";
import type { Throttle } from "./throttle.js";
import type { TokenEndpoint } from "./token-endpoint.js";

/** The parts that requests go through. */
export interface ConnectorParts extends ConnectorGround {
  readonly tokens: TokenEndpoint;
  readonly keys: SigningKeys;
  readonly misbehaviour: MisbehaviourOrders;
  readonly throttle: Throttle;
}

/** Handles a request below the connector's address, and answers false when the path is nothing of its own. */
export type ConnectorApi = (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Path under which everything of the stand-in lies. */
export const teamsPath = "/teams";

/** Who signs the tokens that the bot gets. */
export const connectorIssuer = "https://api.botframework.com";

/** Creates the routes. */
export function createConnectorApi(parts: ConnectorParts): ConnectorApi {
  return async (url, request, response) => {
    if (!url.pathname.startsWith(`${teamsPath}/`)) return false;
    const asked = await askedFor(parts, url, request);
    if (asked === undefined) return false;
    const trouble = parts.misbehaviour.take(asked.operation);
    if (trouble.delayMs > 0) await pause(trouble.delayMs);
    if (trouble.drop === "before") {
      record(parts, asked, { status: 0, body: { error: { code: "dropped before" } } });
      response.destroy();
      return true;
    }
    const answer = trouble.status ? troubled(trouble.status) : carriedOut(asked);
    record(parts, asked, answer);
    if (trouble.drop === "after") response.destroy();
    else if (answer.body === undefined) response.writeHead(answer.status, answer.headers).end();
    else answerJson(response, answer.status, answer.body, answer.headers);
    return true;
  };
}

interface Asked {
  readonly operation: Operation;
  readonly body: string;
  readonly what: string;
  run(): ConnectorAnswer;
}

type Answer = ConnectorAnswer & { readonly headers?: Readonly<Record<string, string>> };

async function askedFor(parts: ConnectorParts, url: URL, request: IncomingMessage): Promise<Asked | undefined> {
  const path = url.pathname.slice(teamsPath.length + 1);
  const method = request.method ?? "GET";
  const what = `${method} /${path}`;
  if (method === "GET" && path === ".well-known/openidconfiguration") {
    return { operation: "metadata", body: "", what, run: () => ({ status: 200, body: metadata(parts) }) };
  }
  if (method === "GET" && path === "keys") {
    return { operation: "keys", body: "", what, run: () => ({ status: 200, body: parts.keys.published() }) };
  }
  const body = await readBody(request);
  const tenantId = /^([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1];
  if (method === "POST" && tenantId !== undefined) {
    return { operation: "token", body: "", what, run: () => parts.tokens.ask(tenantId, body) };
  }
  if (!path.startsWith("v3/")) return undefined;
  return v3(parts, { url, method, body, what, authorization: request.headers.authorization });
}

function v3(
  parts: ConnectorParts,
  asked: { url: URL; method: string; body: string; what: string; authorization: string | undefined },
): Asked | undefined {
  const { url, method, body, what, authorization } = asked;
  const call = connectorCall(parts, method, url.pathname.slice(`${teamsPath}/v3/`.length), url.searchParams);
  if (call === undefined) {
    parts.tenant.transcript.addUnknownMethod(what);
    return undefined;
  }
  return {
    operation: call.operation,
    body,
    what,
    run() {
      if (!parts.tokens.knows(authorization)) {
        return { status: 401, body: { message: "Authorization has been denied for this request." } };
      }
      if (!parts.throttle(call.kind, call.conversation(body))) {
        throw new ConnectorRefusal(429, "Throttled", "Too many requests.");
      }
      return call.run(body);
    },
  };
}

function metadata({ serviceUrl }: ConnectorParts): Json {
  return {
    issuer: connectorIssuer,
    authorization_endpoint: "https://invalid.botframework.com",
    jwks_uri: `${serviceUrl()}keys`,
    id_token_signing_alg_values_supported: ["RS256"],
    token_endpoint_auth_methods_supported: ["private_key_jwt"],
  };
}

function carriedOut(asked: Asked): Answer {
  try {
    return asked.run();
  } catch (error) {
    if (!(error instanceof ConnectorRefusal)) throw error;
    return refusal(error.status, error.code, error.message);
  }
}

function troubled({ status, code, retryAfterSeconds }: NonNullable<Trouble["status"]>): Answer {
  const answer = refusal(status, code, "This answer was ordered from the sandbox.");
  return retryAfterSeconds === undefined
    ? answer
    : { ...answer, headers: { "retry-after": String(retryAfterSeconds) } };
}

function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

function record(parts: ConnectorParts, asked: Asked, answer: Answer): void {
  const ok = answer.status >= 200 && answer.status < 300;
  const { error, message } = ok ? { error: undefined, message: "" } : errorOf(answer);
  const body = parseJson(asked.body);
  const { transcript } = parts.tenant;
  transcript.add({
    kind: "call",
    what: asked.what,
    by: "bot",
    method: asked.operation,
    ok,
    status: answer.status,
    ...(isJson(body) ? { body } : {}),
    ...(error === undefined ? {} : { error }),
  });
  if (error !== undefined) transcript.addRefusal({ method: asked.operation, error, messages: [message] });
}

function errorOf({ status, body }: Answer): { error: string; message: string } {
  const said = isJson(body) ? body : {};
  const error = isJson(said["error"]) ? said["error"] : {};
  const code = error["code"] ?? said["error"] ?? status;
  return {
    error: String(code),
    message: String(error["message"] ?? said["error_description"] ?? said["message"] ?? ""),
  };
}
