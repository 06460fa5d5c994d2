// Pages behind the signed link of a page. They work without script and load nothing, since they are read on a phone
// at night; opening one changes nothing, because mail and chat programs open links by themselves.
import { spokenText } from "../chat/messages/spoken-text.js";
import type { Language } from "../chat/voice.js";
import type { IncidentKind } from "../domain/incident/incident.js";
import type { Level } from "../domain/policy/policy.js";
import { type Html, html } from "./escape-html.js";
import { pageStyle } from "./page-style.js";
import { takePageTexts } from "./take-page-texts.js";

/** What the pages say of the incident. */
export type PageIncident = {
  readonly code: string;
  readonly level: Level;
  readonly title: string;
  readonly kind: IncidentKind;
};

/** What the link finds: somebody may take, took, or there is nothing to take any more. */
export type TakePageState =
  | { readonly kind: "ask"; readonly incident: PageIncident }
  | { readonly kind: "taken"; readonly incident: PageIncident }
  | { readonly kind: "already-taken"; readonly incident: PageIncident; readonly by: string }
  | { readonly kind: "already-yours"; readonly incident: PageIncident }
  | { readonly kind: "closed"; readonly incident: PageIncident }
  /** The store did not answer in time: it may or may not be taken, and trying again is safe. */
  | { readonly kind: "not-confirmed"; readonly incident: PageIncident | null }
  | { readonly kind: "unknown" };

/** The page for a state of the link; its only form posts to the address of the page itself. */
export function takeLinkPage(
  state: TakePageState,
  { language, platform }: { readonly language: Language; readonly platform: string },
): string {
  const words = takePageTexts[language];
  const incident = "incident" in state ? state.incident : null;
  const by = state.kind === "already-taken" ? spokenText(state.by, 80) || words.somebody : words.somebody;
  const { heading, text } = words.states[state.kind]({ by, platform });
  const asks = state.kind === "ask" || state.kind === "not-confirmed";
  const button = state.kind === "ask" ? words.take : words.again;
  const page = html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${incident === null ? heading : `${incident.code}: ${heading}`}</title>
${pageStyle}
</head>
<body>
<main>
<h1>${heading}</h1>
${incident === null ? html`` : incidentPart(incident, language)}
<p>${text}</p>
${asks ? html`<form method="post"><button type="submit">${button}</button></form>` : html``}
</main>
</body>
</html>
`;
  return page.markup;
}

function incidentPart(incident: PageIncident, language: Language): Html {
  const words = takePageTexts[language];
  const drill = incident.kind === "drill" ? html`<p class="drill">${words.drill}</p>` : html``;
  return html`${drill}
<p class="incident"><span class="level">N${incident.level}</span> <strong>${incident.code}</strong><br>${
    spokenText(incident.title, 300) || words.untitled
  }</p>`;
}
