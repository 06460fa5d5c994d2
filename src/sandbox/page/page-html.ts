import type { Workspace } from "../slack/workspace.js";
import { html, trusted } from "./html.js";
import { pageScript } from "./page-script.js";
import { pageStyle } from "./page-style.js";
import { pageTexts } from "./page-texts.js";

/** The page before anything is drawn into it; the nonce is the only permission that its script and style have. */
export function pageHtml(ws: Workspace, first: { as: string; place: string; nonce: string }): string {
  const texts = pageTexts[ws.language];
  const people = [...ws.users.values()].filter((user) => !user.isBot);
  const options = people.map(
    (user) => html`<option value="${user.handle}" ${user.handle === first.as && html`selected`}>${user.name}</option>`,
  );
  return html`<!doctype html>
<html lang="${ws.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${texts.title} · ${ws.teamName}</title><link rel="icon" href="data:,">
<style nonce="${first.nonce}">${trusted(pageStyle)}</style></head>
<body data-place="${first.place}">
<nav aria-label="${texts.channels}"><h1>${texts.title}</h1>
<label for="who">${texts.you}</label><select id="who" autocomplete="off">${options}</select>
<h2>${texts.channels}</h2><div id="channels"></div></nav>
<main><div id="heading"></div>
<div id="messages" role="log" aria-live="polite" aria-label="${texts.messages}" tabindex="0"></div>
<form id="composer" autocomplete="off"><p id="threadnote" hidden>${texts.replying} <button type="button" id="nothread" class="quiet">${texts.cancel}</button></p>
<div class="line"><label for="say">${texts.compose}</label><input id="say" placeholder="${texts.composeHint}" autocomplete="off">
<button id="send" class="primary">${texts.send}</button></div><p id="trouble" role="alert"></p></form>
<details id="logbox"><summary>${texts.log}</summary><pre id="log"></pre></details></main>
<dialog id="form" aria-labelledby="form-title"></dialog>
<dialog id="ask" aria-labelledby="ask-title"><form method="dialog" class="ask"><h2 id="ask-title"></h2><p></p>
<footer><button value="no"></button><button value="yes"></button></footer></form></dialog>
<script nonce="${first.nonce}">${trusted(pageScript)}</script></body></html>`.safe;
}
