// Decides whether blocks and views are what Slack would accept, and fills in the ids that Slack fills in.
import { slackSurfaceLimits as limits } from "../../limits/slack.js";
import { block } from "./block-shapes.js";
import { plainText } from "./composition-shapes.js";
import { boolean, type Check, list, object, oneOf, problemsOf, type Report, string } from "./shape.js";
import { isJson, type Json, type WireBlock } from "./wire.js";

/** Problems of the blocks of a message. */
export function messageBlockProblems(blocks: unknown, pointer = "/blocks"): string[] {
  const problems = problemsOf(list(block, 0, limits.messageBlocks), blocks, pointer);
  problems.push(...problemsOf(acrossBlocks, blocks, pointer));
  const markdown = asJsons(blocks).filter((entry) => entry["type"] === "markdown");
  const total = markdown.reduce((sum, entry) => sum + String(entry["text"] ?? "").length, 0);
  if (total > limits.markdownInMessage && markdown.length > 1) {
    problems.push(
      `markdown must be less than ${limits.markdownInMessage + 1} characters in all [json-pointer:${pointer}]`,
    );
  }
  return problems;
}

const viewFields = {
  private_metadata: string(limits.privateMetadata, 0),
  callback_id: string(limits.callbackId, 0),
  external_id: string(limits.externalId, 0),
};

const modal = object(
  { type: oneOf("modal"), title: plainText(limits.modalTitle), blocks: list(block, 0, limits.modalBlocks) },
  {
    ...viewFields,
    submit: plainText(limits.modalSubmit),
    close: plainText(limits.modalClose),
    clear_on_close: boolean,
    notify_on_close: boolean,
    submit_disabled: boolean,
  },
);

const home = object({ type: oneOf("home"), blocks: list(block, 0, limits.homeBlocks) }, viewFields);

/** Problems of a modal or home tab. */
export function viewProblems(view: unknown, expected: "modal" | "home"): string[] {
  const problems = problemsOf(expected === "modal" ? modal : home, view, "/view");
  if (!isJson(view)) return problems;
  problems.push(...problemsOf(acrossBlocks, view["blocks"], "/view/blocks"));
  const inputs = asJsons(view["blocks"]).some((entry) => entry["type"] === "input");
  if (expected === "modal" && inputs && view["submit"] === undefined) {
    problems.push("missing required field: submit (a view with input blocks needs it) [json-pointer:/view]");
  }
  return problems;
}

/** Rules that concern several blocks or elements at once. */
const acrossBlocks: Check = (blocks, at, report) => {
  const seen = new Set<unknown>();
  let focused = 0;
  asJsons(blocks).forEach((entry, index) => {
    const id = entry["block_id"];
    if (id !== undefined && seen.has(id)) report(`block_id ${String(id)} already exists`, `${at}/${index}/block_id`);
    seen.add(id);
    const elements = elementsOf(entry);
    focused += elements.filter((element) => element["focus_on_load"] === true).length;
    duplicateActions(elements, `${at}/${index}`, report);
  });
  if (focused > 1) report("only one element may have focus_on_load", at);
};

function duplicateActions(elements: readonly Json[], at: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const element of elements) {
    const id = element["action_id"];
    if (id !== undefined && seen.has(id)) report(`action_id ${String(id)} already exists`, at);
    seen.add(id);
  }
}

function elementsOf(entry: Json): Json[] {
  return [...asJsons(entry["elements"]), ...asJsons([entry["accessory"], entry["element"]])];
}

function asJsons(values: unknown): Json[] {
  return Array.isArray(values) ? values.filter(isJson) : [];
}

/** Blocks that passed validation, with the block and action ids that were left out filled in. */
export function completeBlocks(blocks: unknown, nextId: (prefix: string) => string): WireBlock[] {
  return asJsons(blocks).map((entry) => completeBlock(entry, nextId));
}

const staticElements = new Set(["image", "plain_text", "mrkdwn"]);

function completeBlock(entry: Json, nextId: (prefix: string) => string): WireBlock {
  const completeElement = (element: unknown): unknown => {
    if (!isJson(element) || staticElements.has(String(element["type"]))) return element;
    return { ...element, action_id: element["action_id"] ?? nextId("a") };
  };
  const completed: Json = { ...entry, block_id: entry["block_id"] ?? nextId("b") };
  if (Array.isArray(entry["elements"])) completed["elements"] = entry["elements"].map(completeElement);
  if (entry["element"] !== undefined) completed["element"] = completeElement(entry["element"]);
  if (entry["accessory"] !== undefined) completed["accessory"] = completeElement(entry["accessory"]);
  // The shape was checked by the validator.
  return completed as unknown as WireBlock;
}
