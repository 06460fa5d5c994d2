import type { Workspace } from "../slack/workspace.js";
import { html, type SafeHtml, trusted } from "./html.js";
import { pageScript } from "./page-script.js";
import { pageStyle } from "./page-style.js";
import { type PageTexts, pageTexts } from "./page-texts.js";
import type { SideName } from "./side-looking.js";
import { sideScript } from "./side-script.js";
import { sideStyle } from "./side-style.js";
import { type SideTexts, sideTexts } from "./side-texts.js";

/** Who looks first, at what, and what stands beside the workspace. */
export interface PageStart {
  readonly as: string;
  readonly place: string;
  readonly nonce: string;
  readonly sides: readonly SideName[];
}

/** The page before anything is drawn into it; the nonce is the only permission that its script and style have. */
export function pageHtml(ws: Workspace, first: PageStart): string {
  const texts = pageTexts[ws.language];
  const words = sideTexts[ws.language];
  const beside = first.sides.length > 0;
  const people = [...ws.users.values()].filter((user) => !user.isBot);
  const options = people.map(
    (user) => html`<option value="${user.handle}" ${user.handle === first.as && html`selected`}>${user.name}</option>`,
  );
  return html`<!doctype html>
<html lang="${ws.language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${texts.title} · ${ws.teamName}</title><link rel="icon" href="data:,">
<style nonce="${first.nonce}">${trusted(pageStyle)}${beside && trusted(sideStyle)}</style></head>
<body data-place="${first.place}" ${beside && html`class="beside" data-view="slack"`}>
<nav aria-label="${texts.channels}"><h1>${texts.title}</h1>
<label for="who">${texts.you}</label><select id="who" autocomplete="off">${options}</select>
${beside && html`<h2 class="only-wide">${words.beside}</h2>${sideButtons(first.sides, words)}`}
<h2 id="channels-title">${texts.channels}</h2><div id="channels"></div></nav>
<main><div id="heading"></div>
<div id="messages" role="log" aria-live="polite" aria-label="${texts.messages}" tabindex="0"></div>
<form id="composer" autocomplete="off"><p id="threadnote" hidden>${texts.replying} <button type="button" id="nothread" class="quiet">${texts.cancel}</button></p>
<div class="line"><label for="say">${texts.compose}</label><input id="say" placeholder="${texts.composeHint}" autocomplete="off">
<button id="send" class="primary">${texts.send}</button></div><p id="trouble" role="alert"></p></form>
<details id="logbox"><summary>${texts.log}</summary><pre id="log"></pre></details></main>
${beside && sideHtml(words, texts)}
<dialog id="form" aria-labelledby="form-title"></dialog>
<dialog id="ask" aria-labelledby="ask-title"><form method="dialog" class="ask"><h2 id="ask-title"></h2><p></p>
<footer><button value="no"></button><button value="yes"></button></footer></form></dialog>
<script nonce="${first.nonce}">${trusted(pageScript)}${beside && trusted(sideScript)}</script></body></html>`.safe;
}

function sideButtons(sides: readonly SideName[], words: SideTexts): SafeHtml {
  const buttons = sides.map(
    (side) => html`<li><button type="button" data-side="${side}" aria-pressed="false">${words[side]}</button></li>`,
  );
  return html`<ul id="sides"><li class="only-narrow"><button type="button" data-side="slack">${words.slack}</button></li>${buttons}</ul>`;
}

function sideHtml(words: SideTexts, texts: PageTexts): SafeHtml {
  return html`<aside id="side" aria-label="${words.beside}"><div id="side-heading"></div>
<input id="filter" type="search" aria-label="${words.filter}" placeholder="${words.filter}" autocomplete="off" hidden>
<div id="pieces" role="log" aria-live="polite" aria-label="${words.beside}" tabindex="0"></div>
<form id="teams-composer" autocomplete="off" hidden><p id="teams-threadnote" hidden>${texts.replying} <button type="button" id="teams-nothread" class="quiet">${texts.cancel}</button></p>
<div class="line"><button type="button" id="teams-mention">${words.mention}</button><input id="teams-say" aria-label="${words.teamsCompose}" placeholder="${words.teamsHint}" autocomplete="off">
<button class="primary">${texts.send}</button></div></form><p id="side-trouble" role="alert"></p></aside>
<dialog id="teams-form" aria-labelledby="teams-form-title"></dialog>`;
}
