// Shapes of Block Kit's composition objects: texts, options, confirmation dialogs.
import { slackElementLimits as limits } from "../../limits/slack.js";
import { all, boolean, byType, type Check, list, matching, object, oneOf, string, webAddress } from "./shape.js";
import { isJson } from "./wire.js";

/** Plain text of at most `max` characters. */
export function plainText(max: number): Check {
  const shape = object({ type: oneOf("plain_text"), text: string(max) }, { emoji: boolean });
  return (value, at, report) => {
    if (isJson(value) && value["type"] === "mrkdwn") report("must be of type plain_text", `${at}/type`);
    else shape(value, at, report);
  };
}

/** Plain text or mrkdwn of at most `max` characters. */
export function anyText(max: number): Check {
  return byType(
    {
      plain_text: plainText(max),
      mrkdwn: object({ type: oneOf("mrkdwn"), text: string(max) }, { verbatim: boolean }),
    },
    "text object",
  );
}

/** The question asked before an action. */
export const confirmDialog: Check = object(
  {
    title: plainText(limits.confirmTitle),
    text: anyText(limits.confirmText),
    confirm: plainText(limits.confirmConfirm),
    deny: plainText(limits.confirmDeny),
  },
  { style: oneOf(...limits.buttonStyles) },
);

function option(text: (max: number) => Check, url: Readonly<Record<string, Check>>): Check {
  return object(
    { text: text(limits.optionText), value: string(limits.optionValue) },
    { description: text(limits.optionDescription), ...url },
  );
}

/** A choice in a select menu. */
export const selectOption: Check = option(plainText, {});

/** A choice in an overflow menu, which may lead to an address. */
export const overflowOption: Check = option(plainText, { url: webAddress(limits.buttonUrl) });

/** A choice of a radio group or checkbox group, which may be mrkdwn. */
export const choiceOption: Check = option(anyText, {});

/** The options or option groups of a static select, of which exactly one must be present. */
const selectOptions: Check = (value, at, report) => {
  if (!isJson(value)) return;
  const { options, option_groups: groups } = value;
  if ((options === undefined) === (groups === undefined)) {
    report("exactly one of options and option_groups is required", at);
  }
};

/** Fields that hold the options of a static select. */
export const optionFields: Readonly<Record<string, Check>> = {
  options: list(selectOption, 1, limits.selectOptions),
  option_groups: list(
    object({ label: plainText(limits.optionGroupLabel), options: list(selectOption, 1, limits.selectOptions) }),
    1,
    limits.optionGroups,
  ),
};

function sameOption(left: unknown, right: unknown): boolean {
  return isJson(left) && isJson(right) && left["value"] === right["value"];
}

/** Initial options must be among the options. */
export const initialAmongOptions: Check = (value, at, report) => {
  if (!isJson(value)) return;
  const groups = Array.isArray(value["option_groups"]) ? value["option_groups"] : [];
  const grouped = groups.flatMap((group: unknown) => (isJson(group) ? group["options"] : []));
  const options = [...(Array.isArray(value["options"]) ? value["options"] : []), ...grouped];
  const many = Array.isArray(value["initial_options"]) ? value["initial_options"] : [];
  const initial = value["initial_option"] === undefined ? many : [value["initial_option"]];
  for (const chosen of initial) {
    if (!options.some((known) => sameOption(known, chosen))) report("initial option is not among the options", at);
  }
  const max = value["max_selected_items"];
  if (typeof max === "number" && many.length > max)
    report(`no more than ${max} items allowed`, `${at}/initial_options`);
};

/** An id such as a person's or a channel's. */
export function idOf(prefix: string): Check {
  return matching(new RegExp(`^[${prefix}][A-Z0-9]+$`), "must be a valid id");
}

/** Placeholder text. */
export const placeholder: Check = plainText(limits.placeholder);

/** Combines the shape of a static select with the rules across its fields. */
export function withOptions(shape: Check): Check {
  return all(shape, selectOptions, initialAmongOptions);
}
