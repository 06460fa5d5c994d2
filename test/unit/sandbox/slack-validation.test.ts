import { describe, expect, it } from "vitest";
import { messageBlockProblems, viewProblems } from "../../../src/sandbox/slack/validate-blocks.js";

const plain = (length: number) => ({ type: "plain_text", text: "x".repeat(length) });
const mrkdwn = (length: number) => ({ type: "mrkdwn", text: "x".repeat(length) });
const times = <Value>(count: number, make: (index: number) => Value): Value[] =>
  Array.from({ length: count }, (_unused, index) => make(index));
const divider = { type: "divider" };
const button = (more: object = {}) => ({ type: "button", action_id: "a", text: plain(5), ...more });
const actions = (...elements: object[]) => ({ type: "actions", elements });
const section = (more: object) => ({ type: "section", ...more });
const option = (index: number) => ({ text: plain(5), value: `v${index}` });
const select = (more: object) => actions({ type: "static_select", action_id: "a", ...more });
const input = (element: object, more: object = {}) => ({ type: "input", label: plain(5), element, ...more });

describe("a number at its limit is accepted and one more is refused", () => {
  const cases: [string, number, (size: number) => object[]][] = [
    ["blocks", 50, (size) => times(size, () => divider)],
    ["section text", 3000, (size) => [section({ text: mrkdwn(size) })]],
    ["section fields", 10, (size) => [section({ fields: times(size, () => mrkdwn(5)) })]],
    ["section field text", 2000, (size) => [section({ fields: [mrkdwn(size)] })]],
    ["header text", 150, (size) => [{ type: "header", text: plain(size) }]],
    ["context elements", 10, (size) => [{ type: "context", elements: times(size, () => mrkdwn(5)) }]],
    ["actions", 25, (size) => [actions(...times(size, (index) => button({ action_id: `a${index}` })))]],
    ["button text", 75, (size) => [actions(button({ text: plain(size) }))]],
    ["button value", 2000, (size) => [actions(button({ value: "x".repeat(size) }))]],
    ["button address", 3000, (size) => [actions(button({ url: `https://a.example/${"x".repeat(size - 18)}` }))]],
    ["action id", 255, (size) => [actions(button({ action_id: "x".repeat(size) }))]],
    ["block id", 255, (size) => [{ ...divider, block_id: "x".repeat(size) }]],
    ["select options", 100, (size) => [select({ options: times(size, option) })]],
    ["option text", 75, (size) => [select({ options: [{ text: plain(size), value: "v" }] })]],
    ["option value", 150, (size) => [select({ options: [{ text: plain(5), value: "x".repeat(size) }] })]],
    ["placeholder", 150, (size) => [select({ options: [option(1)], placeholder: plain(size) })]],
    ["overflow options", 5, (size) => [actions({ type: "overflow", action_id: "a", options: times(size, option) })]],
    ["checkboxes", 10, (size) => [actions({ type: "checkboxes", action_id: "a", options: times(size, option) })]],
    ["input label", 2000, (size) => [{ ...input({ type: "plain_text_input", action_id: "a" }), label: plain(size) }]],
    ["input hint", 2000, (size) => [input({ type: "plain_text_input", action_id: "a" }, { hint: plain(size) })]],
    ["input max_length", 3000, (size) => [input({ type: "plain_text_input", action_id: "a", max_length: size })]],
    ["markdown", 12_000, (size) => [{ type: "markdown", text: "x".repeat(size) }]],
    ["confirm title", 100, (size) => [actions(button({ confirm: { ...confirm, title: plain(size) } }))]],
    ["confirm text", 300, (size) => [actions(button({ confirm: { ...confirm, text: plain(size) } }))]],
    ["confirm yes", 30, (size) => [actions(button({ confirm: { ...confirm, confirm: plain(size) } }))]],
  ];
  const confirm = { title: plain(5), text: plain(5), confirm: plain(5), deny: plain(5) };

  it.each(cases)("%s: %i", (_what, limit, blocks) => {
    expect(messageBlockProblems(blocks(limit))).toEqual([]);
    expect(messageBlockProblems(blocks(limit + 1))).not.toEqual([]);
  });
});

describe("structure that Slack refuses", () => {
  const twice = [
    { ...divider, block_id: "b" },
    { ...divider, block_id: "b" },
  ];
  const cases: [string, unknown, string][] = [
    ["an unknown block type", [{ type: "sektion" }], "unsupported type: sektion"],
    ["a block type that this workspace does not draw", [{ type: "table", rows: [] }], "unsupported type: table"],
    ["a type from the prototype", [{ type: "constructor" }], "unsupported type: constructor"],
    ["a section without text", [section({})], "missing required field: text (or fields)"],
    ["an empty text", [section({ text: mrkdwn(0) })], "must be more than 0 characters"],
    ["mrkdwn in a header", [{ type: "header", text: mrkdwn(5) }], "must be of type plain_text"],
    ["mrkdwn on a button", [actions(button({ text: mrkdwn(5) }))], "must be of type plain_text"],
    ["a made-up field", [section({ text: mrkdwn(5), colour: "red" })], "invalid additional property: colour"],
    ["a made-up button style", [actions(button({ style: "warning" }))], "must be one of: primary, danger"],
    ["a button that runs script", [actions(button({ url: "javascript:alert(1)" }))], "must be a valid URL"],
    ["the same block id twice", twice, "block_id b already exists"],
    ["the same action id twice in a block", [actions(button(), button())], "action_id a already exists"],
    ["a select without options", [select({})], "exactly one of options and option_groups"],
    [
      "an initial option that is not offered",
      [select({ options: [option(1)], initial_option: option(2) })],
      "not among",
    ],
    ["a text input among buttons", [actions({ type: "plain_text_input", action_id: "a" })], "not a actions element"],
    ["blocks that are not a list", {}, "must be an array"],
    ["a block that is not an object", ["text"], "must be an object"],
  ];
  it.each(cases)("%s", (_what, blocks, problem) => {
    expect(messageBlockProblems(blocks).join("\n")).toContain(problem);
  });

  it("a problem names the place by JSON pointer", () => {
    const blocks = [divider, actions(button({ text: plain(76) }))];
    expect(messageBlockProblems(blocks)).toEqual([
      "must be less than 76 characters [json-pointer:/blocks/1/elements/0/text/text]",
    ]);
  });

  it("the same action id in two blocks is allowed", () => {
    expect(messageBlockProblems([actions(button()), actions(button())])).toEqual([]);
  });
});

describe("views", () => {
  const modal = (more: object) => ({ type: "modal", title: plain(5), blocks: [], ...more });
  const cases: [string, number, (size: number) => object][] = [
    ["title", 24, (size) => modal({ title: plain(size) })],
    ["submit", 24, (size) => modal({ submit: plain(size) })],
    ["close", 24, (size) => modal({ close: plain(size) })],
    ["blocks", 100, (size) => modal({ blocks: times(size, () => divider) })],
    ["private metadata", 3000, (size) => modal({ private_metadata: "x".repeat(size) })],
    ["callback id", 255, (size) => modal({ callback_id: "x".repeat(size) })],
    ["external id", 255, (size) => modal({ external_id: "x".repeat(size) })],
  ];
  it.each(cases)("%s: %i is accepted and one more refused", (_what, limit, view) => {
    expect(viewProblems(view(limit), "modal")).toEqual([]);
    expect(viewProblems(view(limit + 1), "modal")).not.toEqual([]);
  });

  it("a form with inputs needs a submit button", () => {
    const blocks = [input({ type: "plain_text_input", action_id: "a" })];
    expect(viewProblems(modal({ blocks }), "modal").join()).toContain("missing required field: submit");
    expect(viewProblems(modal({ blocks, submit: plain(5) }), "modal")).toEqual([]);
  });

  it("only one element may take the focus", () => {
    const blocks = times(2, () => input({ type: "plain_text_input", action_id: "a", focus_on_load: true }));
    expect(viewProblems(modal({ blocks, submit: plain(5) }), "modal").join()).toContain("only one element");
  });

  it("a home tab has no title, and a modal is not a home tab", () => {
    expect(viewProblems({ type: "home", blocks: [divider] }, "home")).toEqual([]);
    expect(viewProblems(modal({}), "home")).not.toEqual([]);
  });
});
