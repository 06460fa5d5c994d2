// Shapes of what travels between Slack and an app, reduced to the fields that the local workspace reads.

/** A JSON object whose fields are not known yet. */
export type Json = Record<string, unknown>;

/** Text as Block Kit carries it. */
export interface WireText {
  readonly type: "plain_text" | "mrkdwn";
  readonly text: string;
}

/** One choice of a select menu, radio group, checkbox group or overflow menu. */
export interface WireOption {
  readonly text: WireText;
  readonly value: string;
  readonly description?: WireText;
  readonly url?: string;
}

/** A titled group of choices. */
export interface WireOptionGroup {
  readonly label: WireText;
  readonly options: readonly WireOption[];
}

/** The question asked before an element's action is sent. */
export interface WireConfirm {
  readonly title: WireText;
  readonly text: WireText;
  readonly confirm: WireText;
  readonly deny: WireText;
  readonly style?: string;
}

/** An interactive element, image or text inside a block. */
export interface WireElement {
  readonly type: string;
  readonly action_id: string;
  readonly text?: WireText | string;
  readonly value?: string;
  readonly url?: string;
  readonly style?: string;
  readonly confirm?: WireConfirm;
  readonly placeholder?: WireText;
  readonly options?: readonly WireOption[];
  readonly option_groups?: readonly WireOptionGroup[];
  readonly initial_option?: WireOption;
  readonly initial_options?: readonly WireOption[];
  readonly initial_value?: string;
  readonly initial_user?: string;
  readonly initial_users?: readonly string[];
  readonly initial_conversation?: string;
  readonly initial_conversations?: readonly string[];
  readonly initial_channel?: string;
  readonly initial_channels?: readonly string[];
  readonly initial_date?: string;
  readonly initial_time?: string;
  readonly initial_date_time?: number;
  readonly multiline?: boolean;
  readonly min_length?: number;
  readonly max_length?: number;
  readonly min_value?: string;
  readonly max_value?: string;
  readonly is_decimal_allowed?: boolean;
  readonly max_selected_items?: number;
  readonly dispatch_action_config?: { readonly trigger_actions_on?: readonly string[] };
  readonly focus_on_load?: boolean;
  readonly image_url?: string;
  readonly alt_text?: string;
}

/** A validated block with its id filled in. */
export interface WireBlock {
  readonly type: string;
  readonly block_id: string;
  readonly text?: WireText | string;
  readonly fields?: readonly WireText[];
  readonly accessory?: WireElement;
  readonly elements?: readonly WireElement[];
  readonly element?: WireElement;
  readonly label?: WireText;
  readonly hint?: WireText;
  readonly title?: WireText;
  readonly optional?: boolean;
  readonly dispatch_action?: boolean;
  readonly image_url?: string;
  readonly alt_text?: string;
}

/** Tells whether a value is a JSON object (not an array, not null). */
export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Parses JSON, answering undefined instead of throwing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The plain string inside a text object, a bare string, or nothing. */
export function textOf(text: WireText | string | undefined): string {
  if (text === undefined) return "";
  return typeof text === "string" ? text : text.text;
}
