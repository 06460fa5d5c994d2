import { slackSurfaceLimits } from "../../limits/slack.js";
import { jsonArg, type MethodCall, neededArg, type SlackMethod, textArg, userArg } from "./method-call.js";
import { viewPayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";
import { allViews, checkedView, openView, publishHome, updateView } from "./view-changes.js";
import type { View } from "./workspace.js";

const open: SlackMethod = (call) => {
  const triggerId = neededArg(call, "trigger_id");
  const checked = checkedView(call.ws, jsonArg(call, "view"), "modal");
  const trigger = call.triggers.exchange(triggerId);
  return { view: viewPayload(call.ws, openView(call.ws, trigger.user, checked, "opened")) };
};

const push: SlackMethod = (call) => {
  const triggerId = neededArg(call, "trigger_id");
  const checked = checkedView(call.ws, jsonArg(call, "view"), "modal");
  const trigger = call.triggers.exchange(triggerId);
  const stack = call.ws.modals.get(trigger.user) ?? [];
  if (!trigger.viewId || stack.length === 0) throw new SlackRefusal("not_found");
  if (stack.length >= slackSurfaceLimits.viewStack) throw new SlackRefusal("push_limit_reached");
  return { view: viewPayload(call.ws, openView(call.ws, trigger.user, checked, "pushed")) };
};

function namedView(call: MethodCall): View {
  const viewId = textArg(call, "view_id");
  const externalId = textArg(call, "external_id");
  const view = allViews(call.ws).find((known) =>
    viewId === "" ? externalId !== "" && known.externalId === externalId : known.id === viewId,
  );
  if (!view) throw new SlackRefusal("not_found");
  return view;
}

function checkHash(call: MethodCall, view: View | undefined): void {
  const hash = textArg(call, "hash");
  if (hash !== "" && view && hash !== view.hash) throw new SlackRefusal("hash_conflict");
}

const update: SlackMethod = (call) => {
  const view = namedView(call);
  const checked = checkedView(call.ws, jsonArg(call, "view"), view.type, view);
  checkHash(call, view);
  updateView(call.ws, view, checked);
  return { view: viewPayload(call.ws, view) };
};

const publish: SlackMethod = (call) => {
  const user = userArg(call, "user_id");
  const current = call.ws.homes.get(user.id);
  const checked = checkedView(call.ws, jsonArg(call, "view"), "home", current);
  checkHash(call, current);
  return { view: viewPayload(call.ws, publishHome(call.ws, user.id, checked)) };
};

/** The views.* methods. */
export const viewMethods = {
  "views.open": open,
  "views.publish": publish,
  "views.push": push,
  "views.update": update,
} as const;
