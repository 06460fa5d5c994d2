// Buttons of cards and what they carry. A value is parsed back strictly: anything that this code did not write is
// refused, because a message can be forged by another app that holds a token.
import type { KnownBlock, Button as SlackButton } from "@slack/types";
import type { ButtonAction } from "../chat/button-action.js";
import type { Button } from "../chat/card.js";
import { readButtonAction as readData } from "../chat/read-button-action.js";
import { slackBlockLimits, slackElementLimits } from "../limits/slack.js";
import { cleanText, ellipsize } from "./mrkdwn.js";

/** Ids of all buttons on cards, for the one listener that takes them. */
export const BUTTON_ACTION_IDS = /^(?:take|note-escalation|approve-notice|discard-notice|open-form|show)(?:[:#]|$)/;

/** Buttons in as many rows as they need. */
export function buttonRows(buttons: readonly Button[]): KnownBlock[] {
  const size = slackBlockLimits.actionsElements;
  return Array.from({ length: Math.ceil(buttons.length / size) }, (_, at) => {
    const row = buttons.slice(at * size, (at + 1) * size);
    const seen = new Map<string, number>();
    return { type: "actions", elements: row.map((button) => slackButton(button, seen)) };
  });
}

function slackButton(button: Button, seen: Map<string, number>): SlackButton {
  const value = JSON.stringify(button.action);
  if (value.length > slackElementLimits.buttonValue) throw new Error("A button carries more than Slack allows.");
  return {
    type: "button",
    text: plain(button.label, slackElementLimits.buttonText),
    action_id: uniqueId(actionIdOf(button.action), seen),
    value,
    ...(button.style === undefined ? {} : { style: button.style }),
    ...(button.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(button.confirm.title, slackElementLimits.confirmTitle),
            text: plain(button.confirm.text, slackElementLimits.confirmText),
            confirm: plain(button.confirm.yes, slackElementLimits.confirmConfirm),
            deny: plain(button.confirm.no, slackElementLimits.confirmDeny),
          },
        }),
  };
}

/** Plain text of at most `max` characters; Slack refuses an empty one. */
export function plain(text: string, max: number): { type: "plain_text"; text: string; emoji: false } {
  const short = ellipsize(cleanText(text).trim(), max);
  return { type: "plain_text", text: short === "" ? "…" : short, emoji: false };
}

function actionIdOf(action: ButtonAction): string {
  if (action.do === "open-form") return `open-form:${action.form}`;
  return action.do === "show" ? `show:${action.what}` : action.do;
}

function uniqueId(id: string, seen: Map<string, number>): string {
  const times = seen.get(id) ?? 0;
  seen.set(id, times + 1);
  return times === 0 ? id : `${id}#${times + 1}`;
}

/** The meaning of a button's value, or null when it is not exactly what a card of ours carries. */
export function readButtonAction(value: unknown): ButtonAction | null {
  if (typeof value !== "string" || value.length > slackElementLimits.buttonValue) return null;
  const data = parseObject(value);
  return data === null ? null : readData(data);
}

/** A JSON object, or null for anything else. */
export function parseObject(text: string): Record<string, unknown> | null {
  try {
    const data: unknown = JSON.parse(text);
    return typeof data === "object" && data !== null && !Array.isArray(data) ? (data as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
