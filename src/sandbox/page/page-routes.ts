// The page over HTTP: the document, its state, its stream of changes, and what the person does.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { joinChannel } from "../slack/channel-changes.js";
import type { Desk } from "../slack/desk.js";
import { directChannel, userByHandle } from "../slack/directory.js";
import type { Entered } from "../slack/element-values.js";
import { answerJson, answerText, readBody } from "../slack/http-exchange.js";
import { createPerson } from "../slack/person.js";
import { closeForm, enterField, openForm, submitForm } from "../slack/person-forms.js";
import { press } from "../slack/person-presses.js";
import { typeLine } from "../slack/person-typing.js";
import { fieldsOf } from "../slack/sights.js";
import { isJson, type Json, parseJson } from "../slack/wire.js";
import type { User } from "../slack/workspace.js";
import { answerMail } from "./mail-pane.js";
import { pageHtml } from "./page-html.js";
import { drawPanes, placeChannel } from "./panes.js";
import { performBeside } from "./side-acts.js";
import type { PageSources } from "./side-looking.js";
import { drawSide, sidesOf } from "./side-pane.js";

/** Handles the page's requests, and answers false for a path that is not the page's. */
export type PageRoutes = (url: URL, request: IncomingMessage, response: ServerResponse) => Promise<boolean>;

/** Creates the routes of the page. */
export function createPageRoutes(sources: PageSources): PageRoutes {
  return async (url, request, response) => {
    const known = url.pathname === "/" || /^\/(page|archives)\//.test(url.pathname);
    if (!known) return false;
    // Another site in the same browser must not reach the page through a name that points here.
    if (!isLocalHost(request.headers.host)) answerText(response, 403, "Only this machine");
    else if (url.pathname === "/page/stream") stream(sources, request, response);
    else if (url.pathname === "/page/state") state(sources, url, response);
    else if (url.pathname === "/page/mail") answerMail(sources.sendgrid, url.searchParams.get("key") ?? "", response);
    else if (url.pathname === "/page/do" && request.method === "POST") await receive(sources, request, response);
    else if (url.pathname.startsWith("/page/")) answerText(response, 404, "Not found");
    else page(sources, url, response);
    return true;
  };
}

function isLocalHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");
}

function page(sources: PageSources, url: URL, response: ServerResponse): void {
  const { ws } = sources.slack;
  const people = [...ws.users.values()].filter((user) => !user.isBot);
  const user = userByHandle(ws, url.searchParams.get("as") ?? "") ?? people[0];
  const general = [...ws.channels.values()].find((channel) => channel.general) ?? [...ws.channels.values()][0];
  const linked = /^\/archives\/(\w+)/.exec(url.pathname)?.[1];
  const place = linked ?? url.searchParams.get("place") ?? general?.id ?? "@bot";
  const nonce = randomBytes(16).toString("base64");
  const csp = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; connect-src 'self'; img-src data:; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": csp,
    "cache-control": "no-store",
  };
  response.writeHead(200, headers);
  response.end(pageHtml(ws, { as: user?.handle ?? "", place, nonce, sides: sidesOf(sources) }));
}

function state(sources: PageSources, url: URL, response: ServerResponse): void {
  const { ws } = sources.slack;
  const user = userByHandle(ws, url.searchParams.get("as") ?? "");
  if (!user || user.isBot) {
    answerText(response, 400, "Unknown person");
    return;
  }
  const place = url.searchParams.get("place") ?? "@bot";
  if (place === "@bot") directChannel(ws, user.id);
  const drawn = { ...drawPanes(ws, { user, place }), side: drawSide(sources, user, url.searchParams) };
  answerJson(response, 200, drawn, { "cache-control": "no-store" });
}

function stream(sources: PageSources, request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 500\n\n");
  const tell = (): void => void response.write("data: changed\n\n");
  const { slack, teams, twilio, sendgrid } = sources;
  const heard = [slack.ws.transcript, teams?.tenant.transcript, twilio?.log, sendgrid?.log];
  const ends = heard.map((record) => record?.subscribe(tell));
  request.on("close", () => {
    for (const end of ends) end?.();
  });
}

async function receive(sources: PageSources, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const desk = sources.slack;
  const isJsonBody = String(request.headers["content-type"]).startsWith("application/json");
  const body = isJsonBody ? parseJson(await readBody(request)) : undefined;
  const user = isJson(body) ? userByHandle(desk.ws, String(body["as"])) : undefined;
  if (!isJson(body) || !user || user.isBot) return answerText(response, 400, "Unknown person or unreadable request");
  try {
    if (!(await performBeside(sources, user, body))) await perform(desk, user, body);
    answerJson(response, 200, {});
  } catch (error) {
    answerText(response, 409, error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error));
  }
}

/** Does what the page asks in a person's name. */
async function perform(desk: Desk, user: User, body: Json): Promise<unknown> {
  const place = String(body["place"]);
  const thread = body["thread"] ? { thread: String(body["thread"]) } : {};
  switch (body["do"]) {
    case "type":
      return typeLine(desk, user, String(body["text"]), { in: place, ...thread });
    case "press":
    case "fill":
      return useElement(desk, user, place, body);
    case "submit":
      return submitForm(desk, user);
    case "close":
      return closeForm(desk, user);
    case "home":
      return createPerson(desk, user).opensHome();
    case "join": {
      const channel = placeChannel(desk.ws, user, String(body["channel"]));
      if (channel?.kind === "public" && !channel.archived) joinChannel(desk.ws, channel, user.id);
      return undefined;
    }
    default:
      throw new Error(`The page cannot do "${String(body["do"])}"`);
  }
}

async function useElement(desk: Desk, user: User, place: string, body: Json): Promise<unknown> {
  const { surface } = body;
  const [block, action] = [String(body["block"]), String(body["action"])];
  const entered = body["value"] as Entered;
  if (surface === "form" && body["do"] === "fill") {
    const view = openForm(desk.ws, user);
    const fields = fieldsOf(desk.ws, view.blocks, view.values);
    const field = fields.find((known) => known.blockId === block && known.actionId === action);
    // The form may have changed while the person was typing.
    return field && enterField(desk, user, view, { field, entered });
  }
  const where = surface === "message" ? { in: place, message: String(body["ts"]) } : { in: String(surface) };
  return press(desk, user, action, { ...where, block, option: entered });
}
