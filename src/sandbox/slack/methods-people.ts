import { paged, type SlackMethod, textArg, userArg } from "./method-call.js";
import { userPayload } from "./payloads.js";
import { SlackRefusal } from "./refusal.js";

const emailScope = "users:read.email";

const authTest: SlackMethod = ({ ws, pageUrl }) => ({
  url: `${pageUrl}/`,
  team: ws.teamName,
  user: ws.users.get(ws.botUserId)?.handle,
  team_id: ws.teamId,
  user_id: ws.botUserId,
  bot_id: ws.botId,
  is_enterprise_install: false,
});

const info: SlackMethod = (call) => {
  const payload = userPayload(call.ws, userArg(call), call.scopes.has(emailScope));
  const locale =
    textArg(call, "include_locale") === "true" ? { locale: call.ws.language === "en" ? "en-US" : "pt-BR" } : {};
  return { user: { ...payload, ...locale } };
};

const list: SlackMethod = (call) => {
  const { page, meta } = paged(call, [...call.ws.users.values()], 1000);
  const withEmail = call.scopes.has(emailScope);
  return { members: page.map((user) => userPayload(call.ws, user, withEmail)), cache_ts: call.ws.seconds(), ...meta };
};

const lookupByEmail: SlackMethod = (call) => {
  const email = textArg(call, "email").toLowerCase();
  const user = [...call.ws.users.values()].find((known) => !known.isBot && known.email.toLowerCase() === email);
  if (!user) throw new SlackRefusal("users_not_found");
  return { user: userPayload(call.ws, user, true) };
};

const teamInfo: SlackMethod = ({ ws, pageUrl }) => ({
  team: { id: ws.teamId, name: ws.teamName, domain: ws.teamDomain, url: `${pageUrl}/`, email_domain: "", icon: {} },
});

/** The methods about people and the workspace. */
export const peopleMethods = {
  "auth.test": authTest,
  "team.info": teamInfo,
  "users.info": info,
  "users.list": list,
  "users.lookupByEmail": lookupByEmail,
} as const;
