// Shapes of Block Kit's interactive elements, and where each may stand.
import { slackElementLimits as limits } from "../../limits/slack.js";
import {
  choiceOption,
  confirmDialog,
  idOf,
  initialAmongOptions,
  optionFields,
  overflowOption,
  placeholder,
  plainText,
  selectOption,
  withOptions,
} from "./composition-shapes.js";
import { all, boolean, type Check, integer, list, matching, object, oneOf, string, webAddress } from "./shape.js";

const type: Check = () => {};
const base = { action_id: string(limits.actionId) };
const focus = { focus_on_load: boolean };
const common = { ...base, ...focus, confirm: confirmDialog, placeholder };
const many = { max_selected_items: integer(1, 100) };

const button = object(
  { type, text: plainText(limits.buttonText) },
  {
    ...base,
    url: webAddress(limits.buttonUrl),
    value: string(limits.buttonValue, 0),
    style: oneOf(...limits.buttonStyles),
    confirm: confirmDialog,
    accessibility_label: string(limits.accessibilityLabel),
  },
);

const image = object({ type, image_url: webAddress(3000), alt_text: string(2000, 0) });

const choices = (initial: Readonly<Record<string, Check>>): Check =>
  all(
    object(
      { type, options: list(choiceOption, 1, limits.choiceOptions) },
      { ...base, ...focus, confirm: confirmDialog, ...initial },
    ),
    initialAmongOptions,
  );

const picker = (field: string, check: Check): Check => object({ type }, { ...common, [field]: check });

const conversationFilter = object(
  {},
  {
    include: list(oneOf("im", "mpim", "private", "public"), 1, 4),
    exclude_bot_users: boolean,
    exclude_external_shared_channels: boolean,
  },
);

const people = idOf("UW");
const conversations = idOf("CDG");

/** Elements that may stand in actions blocks, as accessories and (but for buttons) in input blocks. */
const selects: Readonly<Record<string, Check>> = {
  static_select: withOptions(object({ type }, { ...common, ...optionFields, initial_option: selectOption })),
  users_select: picker("initial_user", people),
  channels_select: picker("initial_channel", idOf("CG")),
  conversations_select: object(
    { type },
    { ...common, initial_conversation: conversations, filter: conversationFilter },
  ),
};

const multiSelects: Readonly<Record<string, Check>> = {
  multi_static_select: withOptions(
    object({ type }, { ...common, ...many, ...optionFields, initial_options: list(selectOption, 1, 100) }),
  ),
  multi_users_select: object({ type }, { ...common, ...many, initial_users: list(people, 0, 100) }),
  multi_channels_select: object({ type }, { ...common, ...many, initial_channels: list(idOf("CG"), 0, 100) }),
  multi_conversations_select: object(
    { type },
    { ...common, ...many, initial_conversations: list(conversations, 0, 100), filter: conversationFilter },
  ),
};

const choosers: Readonly<Record<string, Check>> = {
  radio_buttons: choices({ initial_option: choiceOption }),
  checkboxes: choices({ initial_options: list(choiceOption, 1, limits.choiceOptions) }),
};

const pickers: Readonly<Record<string, Check>> = {
  datepicker: picker("initial_date", matching(/^\d{4}-\d\d-\d\d$/, "must be a date such as 2026-11-23")),
  timepicker: object(
    { type },
    {
      ...common,
      initial_time: matching(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time such as 21:05"),
      timezone: string(100),
    },
  ),
};

const dateTime: Readonly<Record<string, Check>> = {
  datetimepicker: object(
    { type },
    { ...base, ...focus, confirm: confirmDialog, initial_date_time: integer(1_000_000_000, 9_999_999_999) },
  ),
};

const overflow = object(
  { type, options: list(overflowOption, 1, limits.overflowOptions) },
  { ...base, confirm: confirmDialog },
);

const dispatch = {
  dispatch_action_config: object({
    trigger_actions_on: list(oneOf("on_enter_pressed", "on_character_entered"), 1, 2),
  }),
};
const typed = { ...base, ...focus, ...dispatch, placeholder };

const textInputs: Readonly<Record<string, Check>> = {
  plain_text_input: object(
    { type },
    {
      ...typed,
      initial_value: string(limits.plainTextInputLength, 0),
      multiline: boolean,
      min_length: integer(0, limits.plainTextInputLength),
      max_length: integer(1, limits.plainTextInputLength),
    },
  ),
  email_text_input: object({ type }, { ...typed, initial_value: string(limits.plainTextInputLength, 0) }),
  url_text_input: object({ type }, { ...typed, initial_value: string(limits.plainTextInputLength, 0) }),
  number_input: object(
    { type, is_decimal_allowed: boolean },
    { ...typed, initial_value: string(50), min_value: string(50), max_value: string(50) },
  ),
};

/** Elements allowed in an actions block. */
export const actionsElements = { button, overflow, ...selects, ...choosers, ...pickers, ...dateTime };

/** Elements allowed as the accessory of a section. */
export const accessoryElements = { button, image, overflow, ...selects, ...multiSelects, ...choosers, ...pickers };

/** Elements allowed in an input block. */
export const inputElements = { ...textInputs, ...selects, ...multiSelects, ...choosers, ...pickers, ...dateTime };

/** The image that may stand among the texts of a context block. */
export const contextImage = image;
