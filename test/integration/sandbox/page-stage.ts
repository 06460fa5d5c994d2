// A workspace with Teams, phones and mailboxes, and a bot that answers as a test tells it.
import { randomUUID } from "node:crypto";
import { type Sandbox, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { type CallbackReceiver, startCallbackReceiver } from "../../contract/sandbox-twilio/callback-receiver.js";

/** What the page tests work with. */
export interface PageStage {
  readonly sandbox: Sandbox;
  readonly bot: CallbackReceiver;
  sms(to: string, body: string): Promise<void>;
  call(to: string, twiml: string): Promise<void>;
  mail(to: string, subject: string, html: string, text?: string): Promise<void>;
  /** Posts an activity to a channel, or to a person's chat. */
  post(to: { readonly channel: string } | { readonly person: string }, activity: object): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the stage; mails and texts arrive at once. */
export async function startPageStage(): Promise<PageStage> {
  const bot = await startCallbackReceiver();
  const sandbox = await startSandbox({
    // Apart from the ids nothing is set: the page is tried with what the workspace takes by default.
    teams: { appId: randomUUID(), rateLimits: "off" },
    twilio: { stepMs: [0, 0], secondMs: 1000, inboundUrl: `${bot.url}/sms` },
    sendgrid: { stepMs: [0, 0] },
  });
  const { twilio, sendgrid, teams } = sandbox;
  if (!twilio || !sendgrid || !teams) throw new Error("Something that was asked for is missing");
  teams.connect(bot.url);
  const account = `${twilio.url}/2010-04-01/Accounts/${twilio.accountSid}`;
  const basic = `Basic ${Buffer.from(`${twilio.accountSid}:${twilio.authToken}`).toString("base64")}`;
  const toTwilio = (what: string, fields: Record<string, string>): Promise<void> =>
    sent(`${account}/${what}.json`, basic, new URLSearchParams({ From: "+551140000001", ...fields }));
  const token = await teamsToken(sandbox);
  return {
    sandbox,
    bot,
    sms: (to, body) => toTwilio("Messages", { To: to, Body: body }),
    call: (to, twiml) => toTwilio("Calls", { To: to, Twiml: twiml }),
    mail: (to, subject, html, text = "texto") =>
      sent(`${sendgrid.url}/v3/mail/send`, `Bearer ${sendgrid.apiKey}`, {
        personalizations: [{ to: [{ email: to }] }],
        from: { email: "avisos@cubo.example", name: "Cubo" },
        subject,
        content: [
          { type: "text/plain", value: text },
          { type: "text/html", value: html },
        ],
      }),
    post(to, activity) {
      const where =
        "channel" in to
          ? { isGroup: true, channelData: { channel: { id: teams.channel(to.channel)?.id } }, tenantId: teams.tenantId }
          : { isGroup: false, members: [{ id: teams.person(to.person).id }], tenantId: teams.tenantId };
      return sent(`${teams.serviceUrl}v3/conversations`, `Bearer ${token}`, { ...where, activity });
    },
    async stop() {
      await sandbox.stop();
      await bot.stop();
    },
  };
}

async function sent(url: string, authorization: string, body: object): Promise<void> {
  const form = body instanceof URLSearchParams;
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization, ...(form ? {} : { "content-type": "application/json" }) },
    body: form ? body : JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

async function teamsToken({ teams }: Sandbox): Promise<string> {
  if (!teams) throw new Error("There is no Teams");
  const form = { client_id: teams.appId, client_secret: teams.appPassword, grant_type: "client_credentials" };
  const body = new URLSearchParams({ ...form, scope: "https://api.botframework.com/.default" });
  const response = await fetch(teams.tokenUrl, { method: "POST", body });
  return ((await response.json()) as { access_token: string }).access_token;
}

/** A message with one Adaptive Card. */
export function cardMessage(
  text: string,
  parts: { body?: readonly object[]; actions?: readonly object[] } = {},
): object {
  return { type: "message", attachments: [{ contentType: cardType, content: card(text, parts) }] };
}

/** Content type of Adaptive Cards. */
export const cardType = "application/vnd.microsoft.card.adaptive";

/** An Adaptive Card that begins with a text. */
export function card(
  text: string,
  { body = [], actions = [] }: { body?: readonly object[]; actions?: readonly object[] },
) {
  const set = actions.length === 0 ? [] : [{ type: "ActionSet", actions }];
  return { type: "AdaptiveCard", version: "1.5", body: [{ type: "TextBlock", text, wrap: true }, ...body, ...set] };
}
