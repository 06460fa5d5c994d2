// Trigger ids: what lets the bot open a form in answer to something that a person just did.
import { randomBytes } from "node:crypto";
import { slackDeadlines } from "../../limits/slack.js";
import { SlackRefusal } from "./refusal.js";

/** What a trigger stands for: who may be shown a form, and from which open form it came. */
export interface Trigger {
  readonly user: string;
  readonly viewId: string | undefined;
}

/** Gives out trigger ids and takes each back once, within its lifetime. */
export interface Triggers {
  issue(trigger: Trigger): string;
  exchange(triggerId: string): Trigger;
}

const forgottenAfterMs = 10 * 60_000;

/** Creates the register of trigger ids; lifetimes run in real time, as Slack's do. */
export function createTriggers(teamNumber = "10000000001"): Triggers {
  const issued = new Map<string, Trigger & { readonly at: number; used: boolean }>();
  let counter = 0;
  return {
    issue(trigger) {
      for (const [old, { at }] of issued) {
        if (Date.now() - at < forgottenAfterMs) break;
        issued.delete(old);
      }
      const id = `${++counter}.${teamNumber}.${randomBytes(16).toString("hex")}`;
      issued.set(id, { ...trigger, at: Date.now(), used: false });
      return id;
    },
    exchange(triggerId) {
      const found = issued.get(triggerId);
      if (!found) throw new SlackRefusal("invalid_trigger_id");
      if (found.used) throw new SlackRefusal("exchanged_trigger_id");
      if (Date.now() - found.at > slackDeadlines.triggerLifetimeMs) throw new SlackRefusal("expired_trigger_id");
      found.used = true;
      return found;
    },
  };
}
