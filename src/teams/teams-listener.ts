// POST /api/messages: body, guard, and only then the SDK.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { CloudAdapter, TurnContext } from "botbuilder";
import type { ConnectorGuard, RawActivity } from "./connector-guard.js";
import type { VerifiedClaims } from "./preverified-auth.js";
import { record } from "./read-field.js";
import type { TeamsReporter } from "./teams-settings.js";

/** What the listener works with. */
export type TeamsListenerDeps = {
  readonly guard: ConnectorGuard;
  readonly verified: VerifiedClaims;
  readonly adapter: CloudAdapter;
  readonly run: (context: TurnContext) => Promise<void>;
  readonly reporter: TeamsReporter;
};

const BODY_LIMIT = 256 * 1024;

/** Creates the listener. Whatever is refused gets a JSON answer that does not tell why. */
export function createTeamsListener(deps: TeamsListenerDeps) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const refuse = (status: number, reason: string): void => {
      deps.reporter.requestRefused({ status, reason });
      if (!response.destroyed) sendJson(response, status, { error: ERRORS[status] ?? "refused" });
    };
    const body = await readBody(request);
    if (body === "broken-off") return refuse(400, "broken-off");
    if (body === "too-large") {
      response.setHeader("connection", "close");
      return refuse(413, "too-large");
    }
    const activity = activityIn(body);
    if (activity === null) return refuse(400, "not-an-activity");
    const verdict = await deps.guard(request.headers.authorization, activity);
    if (verdict.kind === "refused") return refuse(verdict.status, verdict.reason);
    deps.verified.set(activity, verdict.claims);
    const { method, headers } = request;
    await deps.adapter.process(
      { ...(method === undefined ? {} : { method }), headers, body: activity },
      answerTo(response),
      deps.run,
    );
  };
}

const ERRORS: Readonly<Record<number, string>> = {
  400: "bad-request",
  401: "unauthorized",
  413: "too-large",
  503: "try-again-later",
};

/** The activity in a body, or null. */
function activityIn(body: Buffer): RawActivity | null {
  try {
    const activity = record(JSON.parse(body.toString("utf8")));
    return typeof activity["type"] === "string" && activity["type"] !== "" ? (activity as RawActivity) : null;
  } catch {
    return null;
  }
}

function readBody(request: IncomingMessage): Promise<Buffer | "too-large" | "broken-off"> {
  if (Number(request.headers["content-length"] ?? 0) > BODY_LIMIT) return Promise.resolve("too-large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= BODY_LIMIT) return void chunks.push(chunk);
      request.pause();
      request.removeAllListeners("data");
      resolve("too-large");
    });
    request.once("end", () => resolve(Buffer.concat(chunks)));
    request.once("error", () => resolve("broken-off"));
    request.once("close", () => resolve("broken-off"));
  });
}

/** The response in the shape that the SDK writes to. */
function answerTo(response: ServerResponse) {
  const answer = {
    socket: response.socket,
    status(code: number) {
      response.statusCode = code;
      return answer;
    },
    header(name: string, value: unknown) {
      response.setHeader(name, String(value));
      return answer;
    },
    send(body: unknown) {
      // Plain words come only from the SDK's own mistakes, and are nobody's business.
      if (typeof body === "object" && body !== null) sendJson(response, response.statusCode, body);
      return answer;
    },
    end() {
      if (!response.writableEnded) response.end();
      return answer;
    },
  };
  return answer;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}
