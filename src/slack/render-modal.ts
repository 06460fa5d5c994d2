// Form -> modal view. Each field is a block whose id is the field's id, so that values and errors find their way back.
import type { InputBlock, KnownBlock, ModalView, PlainTextOption } from "@slack/types";
import type { Field, Form, Option } from "../chat/form.js";
import { slackBlockLimits, slackElementLimits, slackSurfaceLimits } from "../limits/slack.js";
import { plain } from "./buttons.js";
import { cleanText, ellipsize } from "./mrkdwn.js";
import { quoteBlocks } from "./render-block-kit.js";

/** Action id of every form element; live ones send it when they change. */
const FIELD_ACTION_ID = "field";
/** Longer words than this are cut: nobody reads them in a form. */
const MOST_PIECES = 5;

/** What a modal carries from its opening to its submission. */
export type ModalMemory = {
  /** The form's own context, unchanged. */
  readonly form: Readonly<Record<string, string>>;
  /** Conversation in which it was asked for, when there is one. */
  readonly channel: string | null;
  readonly thread: string | null;
  /** Address at which the request can still be answered where it was made, also where the bot is no member. */
  readonly responseUrl: string | null;
};

/** Renders a form; `userIdOf` turns the preset of a person field into a Slack id. */
export function renderModal(form: Form, memory: ModalMemory, userIdOf: (person: string) => string | null): ModalView {
  const blocks = form.parts.flatMap((part): KnownBlock[] =>
    part.kind === "words" ? wordsBlocks(part) : fieldBlock(part.field, userIdOf),
  );
  const privateMetadata = JSON.stringify(memory);
  if (blocks.length > slackSurfaceLimits.modalBlocks || privateMetadata.length > slackSurfaceLimits.privateMetadata) {
    throw new Error(`The form ${form.name} is larger than a Slack modal.`);
  }
  return {
    type: "modal",
    callback_id: form.name,
    title: plain(form.title, slackSurfaceLimits.modalTitle),
    ...(form.inert === true ? {} : { submit: plain(form.submit, slackSurfaceLimits.modalSubmit) }),
    close: plain(form.cancel, slackSurfaceLimits.modalClose),
    private_metadata: privateMetadata,
    blocks,
  };
}

/** A modal that only says something, for outcomes that fit no field. */
export function messageModal(title: string, text: string, close: string): ModalView {
  return {
    type: "modal",
    callback_id: "message",
    title: plain(title, slackSurfaceLimits.modalTitle),
    close: plain(close, slackSurfaceLimits.modalClose),
    blocks: wordsBlocks({ id: "message", text }),
  };
}

/** Words in as many blocks as they need; a quotation is marked as one. */
function wordsBlocks({ id, text, quote }: { id: string; text: string; quote?: boolean }): KnownBlock[] {
  if (cleanText(text).trim() === "") return [];
  const blocks = quote === true ? quoteBlocks(text) : inPieces(text).map(plainSection);
  return blocks.map((block, at) => ({ ...block, block_id: at === 0 ? id : `${id}-${at + 1}` }));
}

const plainSection = (text: string): KnownBlock => ({
  type: "section",
  text: plain(text, slackBlockLimits.sectionText),
});

/** A text in pieces that each fit a block, cut between lines where there are some. */
function inPieces(text: string): string[] {
  const max = slackBlockLimits.sectionText;
  const pieces: string[] = [];
  let left = cleanText(text).trim();
  while (left.length > max && pieces.length < MOST_PIECES) {
    const end = Math.max(left.lastIndexOf("\n", max), 0) || max;
    const piece = ellipsize(left.slice(0, end), max);
    pieces.push(piece);
    left = left.slice(end).trimStart();
  }
  return left === "" ? pieces : [...pieces, left];
}

function fieldBlock(field: Field, userIdOf: (person: string) => string | null): KnownBlock[] {
  const element = fieldElement(field, userIdOf);
  if (element === null) return [];
  return [
    {
      type: "input",
      block_id: field.id,
      label: plain(field.label, slackBlockLimits.inputLabel),
      element,
      ...(field.hint === undefined ? {} : { hint: plain(field.hint, slackBlockLimits.inputHint) }),
      ...(field.optional ? { optional: true } : {}),
      ...(field.live ? { dispatch_action: true } : {}),
    },
  ];
}

function fieldElement(field: Field, userIdOf: (person: string) => string | null): InputBlock["element"] | null {
  const action_id = FIELD_ACTION_ID;
  switch (field.kind) {
    case "line":
    case "text":
      return textElement(field);
    case "choice":
      return choiceElement(field);
    case "choices":
      return choicesElement(field);
    case "person": {
      const user = field.value === undefined ? null : userIdOf(field.value);
      return { type: "users_select", action_id, ...(user === null ? {} : { initial_user: user }) };
    }
    case "moment": {
      const seconds = field.value === undefined ? Number.NaN : Math.floor(field.value.getTime() / 1000);
      return { type: "datetimepicker", action_id, ...(Number.isNaN(seconds) ? {} : { initial_date_time: seconds }) };
    }
  }
}

function textElement(field: Extract<Field, { kind: "line" | "text" }>): InputBlock["element"] {
  const max = Math.min(field.max, slackElementLimits.plainTextInputLength);
  const value = ellipsize(cleanText(field.value ?? ""), max);
  return {
    type: "plain_text_input",
    action_id: FIELD_ACTION_ID,
    multiline: field.kind === "text",
    max_length: max,
    ...(value === "" ? {} : { initial_value: field.kind === "line" ? value.replace(/\s*\n\s*/g, " ") : value }),
    ...(field.placeholder ? { placeholder: plain(field.placeholder, slackElementLimits.placeholder) } : {}),
  };
}

/** Null without options: Slack refuses an empty list, and there is nothing to choose. */
function choiceElement(field: Extract<Field, { kind: "choice" }>): InputBlock["element"] | null {
  const options = field.options.map(slackOption);
  const preset = options.find((option) => option.value === field.value);
  const initial = preset === undefined ? {} : { initial_option: preset };
  if (options.length === 0) return null;
  if (field.expanded && options.length <= slackElementLimits.choiceOptions) {
    return { type: "radio_buttons", action_id: FIELD_ACTION_ID, options, ...initial };
  }
  return { type: "static_select", action_id: FIELD_ACTION_ID, ...grouped(options), ...initial };
}

function choicesElement(field: Extract<Field, { kind: "choices" }>): InputBlock["element"] | null {
  const options = field.options.map(slackOption);
  const presets = options.filter((option) => field.values?.includes(option.value ?? ""));
  const initial = presets.length === 0 ? {} : { initial_options: presets };
  if (options.length === 0) return null;
  if (field.expanded && options.length <= slackElementLimits.choiceOptions) {
    return { type: "checkboxes", action_id: FIELD_ACTION_ID, options, ...initial };
  }
  return { type: "multi_static_select", action_id: FIELD_ACTION_ID, ...grouped(options), ...initial };
}

function slackOption(option: Option): PlainTextOption {
  if (option.value.length > slackElementLimits.optionValue || option.value === "") {
    throw new Error("A choice has a value that Slack cannot carry.");
  }
  return {
    text: plain(option.label, slackElementLimits.optionText),
    value: option.value,
    ...(option.description ? { description: plain(option.description, slackElementLimits.optionDescription) } : {}),
  };
}

type Grouped =
  | { options: PlainTextOption[] }
  | { option_groups: { label: { type: "plain_text"; text: string }; options: PlainTextOption[] }[] };

/** A menu holds 100 options, or 100 groups of 100: longer lists are cut into groups named by their first and last entry. */
function grouped(options: PlainTextOption[]): Grouped {
  const size = slackElementLimits.selectOptions;
  if (options.length <= size) return { options };
  if (options.length > size * slackElementLimits.optionGroups) throw new Error("A form offers too many choices.");
  const groups = Array.from({ length: Math.ceil(options.length / size) }, (_, at) => {
    const group = options.slice(at * size, (at + 1) * size);
    const [first, last] = [group[0]?.text.text ?? "", group.at(-1)?.text.text ?? ""];
    return {
      label: plain(`${ellipsize(first, 35)} – ${ellipsize(last, 35)}`, slackElementLimits.optionGroupLabel),
      options: group,
    };
  });
  return { option_groups: groups };
}
