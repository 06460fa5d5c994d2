// What Teams and its client would refuse or not show of an Adaptive Card. What this workspace cannot show is refused by name.
import { adaptiveCardLimits } from "../../limits/adaptive-cards.js";
import { teamsCardParts } from "../../limits/teams.js";
import { isJson, type Json } from "../slack/wire.js";
import { mentionTexts, objectsIn, textIn } from "./card-text.js";

type Report = (problem: string) => void;

/** Everything that is wrong with a card; dialogs take no Action.Execute. */
export function cardProblems(card: unknown, place: "message" | "dialog" = "message"): readonly string[] {
  const problems: string[] = [];
  const ids = new Set<string>();
  const check = { report: (problem: string) => void problems.push(problem), ids, place };
  if (!isJson(card)) return ["the card is not an object"];
  checkVersion(card, check.report);
  checkCard(card, check);
  checkMentions(card, check.report);
  checkRefresh(card["refresh"], check.report);
  return problems;
}

interface Checking {
  readonly report: Report;
  readonly ids: Set<string>;
  readonly place: "message" | "dialog";
}

function checkVersion({ version }: Json, report: Report): void {
  const known = typeof version === "string" && /^1\.\d$/.test(version) && version <= adaptiveCardLimits.version;
  if (!known) report(`version ${String(version)} is not one up to ${adaptiveCardLimits.version}`);
}

function checkCard(card: Json, check: Checking): void {
  if (card["type"] !== "AdaptiveCard") check.report(`the type of a card is AdaptiveCard, not ${String(card["type"])}`);
  checkElements(card["body"], "body", check);
  if (card["actions"] !== undefined) checkActions(card["actions"], "actions", check);
}

function checkElements(elements: unknown, at: string, check: Checking): void {
  if (elements === undefined) return;
  if (!Array.isArray(elements)) {
    check.report(`${at} is not a list`);
    return;
  }
  elements.forEach((element, index) => {
    checkElement(element, `${at}/${index}`, check);
  });
}

function checkElement(element: unknown, at: string, check: Checking): void {
  if (!isJson(element)) {
    check.report(`${at} is not an object`);
    return;
  }
  const type = textIn(element["type"]);
  if (type.startsWith("Input.")) {
    checkInput(element, at, check);
    return;
  }
  const known: readonly string[] = teamsCardParts.elements;
  if (!known.includes(type)) {
    check.report(`${at}: no element ${type || "without a type"} in this workspace`);
    return;
  }
  requireTexts(element, requiredTexts[type] ?? [], at, check.report);
  if (type === "FactSet") checkFacts(element, at, check.report);
  if (type === "Container") checkElements(element["items"], `${at}/items`, check);
  if (type === "ActionSet") checkActions(element["actions"], `${at}/actions`, check);
  if (type !== "ColumnSet") return;
  objectsIn(element["columns"]).forEach((column, index) => {
    checkElements(column["items"], `${at}/columns/${index}`, check);
  });
}

const requiredTexts: Readonly<Record<string, readonly string[]>> = {
  TextBlock: ["text"],
  Image: ["url", "altText"],
};

function requireTexts(element: Json, names: readonly string[], at: string, report: Report): void {
  for (const name of names) if (textIn(element[name]).trim() === "") report(`${at}: ${name} is missing or empty`);
}

function checkFacts(element: Json, at: string, report: Report): void {
  const facts = objectsIn(element["facts"]);
  if (facts.length === 0) report(`${at}: no facts`);
  facts.forEach((fact, index) => {
    requireTexts(fact, ["title", "value"], `${at}/facts/${index}`, report);
  });
}

function checkInput(input: Json, at: string, check: Checking): void {
  const type = textIn(input["type"]);
  const known: readonly string[] = teamsCardParts.inputs;
  if (!known.includes(type)) {
    check.report(`${at}: no input ${type} in this workspace`);
    return;
  }
  requireTexts(input, ["id", "label"], at, check.report);
  const id = textIn(input["id"]);
  if (check.ids.has(id)) check.report(`${at}: the id ${id} exists twice`);
  check.ids.add(id);
  if (input["isRequired"] === true) requireTexts(input, ["errorMessage"], at, check.report);
  if (type === "Input.Toggle") requireTexts(input, ["title"], at, check.report);
  if (type === "Input.ChoiceSet") checkChoices(input, at, check.report);
}

function checkChoices(input: Json, at: string, report: Report): void {
  const choices = objectsIn(input["choices"]);
  if (choices.length === 0 && !isJson(input["choices.data"])) report(`${at}: no choices`);
  const values = choices.map(({ value }) => value);
  if (new Set(values).size < values.length) report(`${at}: a value stands for two choices`);
  choices.forEach((choice, index) => {
    requireTexts(choice, ["title", "value"], `${at}/choices/${index}`, report);
    // The values of several choices travel in one string, with commas between them.
    if (textIn(choice["value"]).includes(",") && input["isMultiSelect"] === true)
      report(`${at}: a comma in the value ${textIn(choice["value"])}`);
  });
}

function checkActions(actions: unknown, at: string, check: Checking): void {
  if (!Array.isArray(actions) || actions.length === 0) {
    check.report(`${at} is not a list of actions`);
    return;
  }
  const { actionsPerSet } = adaptiveCardLimits;
  if (actions.length > actionsPerSet) check.report(`${at}: more than ${actionsPerSet} actions`);
  actions.forEach((action, index) => {
    checkAction(action, `${at}/${index}`, check);
  });
}

function checkAction(action: unknown, at: string, check: Checking): void {
  const { report } = check;
  if (!isJson(action)) {
    report(`${at} is not an object`);
    return;
  }
  const type = textIn(action["type"]);
  const known: readonly string[] = teamsCardParts.actions;
  if (!known.includes(type)) {
    report(`${at}: no action ${type || "without a type"} in this workspace`);
    return;
  }
  requireTexts(action, ["title"], at, report);
  if (["positive", "destructive"].includes(textIn(action["style"]))) report(`${at}: Teams shows no action styles`);
  if (type === "Action.Execute") {
    if (check.place === "dialog") report(`${at}: a dialog is sent with Action.Submit`);
    if (isJson(action["fallback"])) checkAction(action["fallback"], `${at}/fallback`, check);
  }
  if (type === "Action.OpenUrl" && !/^https?:\/\//.test(textIn(action["url"]))) report(`${at}: url is not an address`);
  if (type !== "Action.ShowCard") return;
  if (isJson(action["card"])) checkCard(action["card"], check);
  else report(`${at}: card is missing`);
}

/** Teams finds people by the text of their mention, and refuses a card in which that text is not. */
function checkMentions(card: Json, report: Report): void {
  const teams = isJson(card["msteams"]) ? card["msteams"] : {};
  const body = JSON.stringify(card["body"] ?? []);
  for (const text of mentionTexts(teams["entities"])) {
    if (!body.includes(JSON.stringify(text).slice(1, -1))) report(`the mention ${text} is not in the card`);
  }
}

function checkRefresh(refresh: unknown, report: Report): void {
  if (refresh === undefined) return;
  if (!isJson(refresh)) {
    report("refresh is not an object");
    return;
  }
  const action = isJson(refresh["action"]) ? refresh["action"] : {};
  if (action["type"] !== "Action.Execute") report("refresh: the action is not an Action.Execute");
  const { userIds } = refresh;
  const most = teamsCardParts.refreshUserIds;
  if (Array.isArray(userIds) && userIds.length > most) report(`refresh: more than ${most} userIds`);
}
