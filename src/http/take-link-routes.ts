// The link in the SMS of a page. Opening it only asks, because phones, mail and chat programs open links by
// themselves; the button takes.
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { StaffLanguage } from "../ports/directory.js";
import type { PageAnswers, PageSight } from "../ports/page-answers.js";
import { platformName } from "../render/page-sms.js";
import { type TakePageState, takeLinkPage } from "../render/pages.js";
import type { Route } from "./listener.js";

/** What the routes work with. */
export type TakeLinkOptions = {
  readonly answers: Pick<PageAnswers, "look" | "take">;
  readonly orgLanguage: StaffLanguage;
  /** Chat platform to name when the incident is not known. */
  readonly platform: string;
};

/** GET /t/:token asks, POST /t/:token takes. */
export function takeLinkRoutes(options: TakeLinkOptions): readonly Route[] {
  const { answers } = options;
  const path = "/t/:token";
  return [
    {
      method: "GET",
      path,
      async handle(_, response, token) {
        sendPage(response, isToken(token) ? await answers.look(token) : { kind: "unknown" }, options);
      },
    },
    {
      method: "POST",
      path,
      async handle(request, response, token) {
        discardBody(request);
        const mark = { commandId: `link:${nameOf(token)}`, door: "link" };
        sendPage(response, isToken(token) ? await answers.take(token, mark) : { kind: "unknown" }, options);
      },
    },
  ];
}

const isToken = (text: string): boolean => /^[\w-]{11}$/.test(text);

/** The command is kept for ever, so it names the link without being one. */
const nameOf = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** The form sends nothing that matters; what a stranger sends must not pile up. */
function discardBody(request: IncomingMessage): void {
  request.resume();
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "x-robots-tag": "noindex, nofollow",
  "referrer-policy": "no-referrer",
  "content-security-policy":
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
} as const;

function sendPage(response: ServerResponse, sight: PageSight, { orgLanguage, platform }: TakeLinkOptions): void {
  const { status, state } = pageFor(sight);
  const language = sight.kind === "unknown" ? orgLanguage : sight.language;
  const home = sight.kind === "found" ? platformName(sight.snapshot.incident.home) : platform;
  const page = takeLinkPage(state, { language, platform: home });
  response.writeHead(status, { ...HEADERS, "content-length": Buffer.byteLength(page) });
  response.end(page);
}

function pageFor(sight: PageSight): { readonly status: number; readonly state: TakePageState } {
  switch (sight.kind) {
    case "unknown":
      return { status: 404, state: { kind: "unknown" } };
    case "expired":
      return { status: 410, state: { kind: "unknown" } };
    case "not-confirmed":
      return { status: 503, state: { kind: "not-confirmed", incident: null } };
    case "found":
      return pageForStanding(sight);
  }
}

function pageForStanding({ standing, snapshot: { incident } }: Extract<PageSight, { kind: "found" }>): {
  readonly status: number;
  readonly state: TakePageState;
} {
  switch (standing.kind) {
    case "open":
      return { status: 200, state: { kind: "ask", incident } };
    case "took":
      return { status: 200, state: { kind: "taken", incident } };
    case "yours":
      return { status: 200, state: { kind: "already-yours", incident } };
    case "taken":
      return { status: 200, state: { kind: "already-taken", incident, by: standing.by } };
    case "over":
      return { status: 410, state: { kind: "closed", incident } };
  }
}
