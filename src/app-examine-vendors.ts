// Asks the vendors that a configuration names, all at the same time, and says what is off or missing without them.
import type { DoctorCheck } from "./cli/doctor.js";
import type { Config, CustomersConfig, MailConfig, TeamsConfig, TwilioConfig } from "./config/config.js";

const TIMEOUT_MS = 5_000;
/** As much as SHORT_URL may have after its scheme: what fits beside a page in one SMS. */
const SHORT_ORIGIN = 16;

/** A thing in order. */
export const ok = (name: string, finding: string): DoctorCheck => ({ name, state: "ok", finding, remedy: null });

type Trouble = (name: string, finding: string, remedy: string) => DoctorCheck;

/** A thing that is not configured. */
export const off: Trouble = (name, finding, remedy) => ({ name, state: "off", finding, remedy });

/** A thing that works, and does less than somebody may expect. */
export const warning: Trouble = (name, finding, remedy) => ({ name, state: "warning", finding, remedy });

/** A thing that does not work. */
export const broken: Trouble = (name, finding, remedy) => ({ name, state: "broken", finding, remedy });

type Http = Config["http"];
type Checks = readonly DoctorCheck[];

const examineTeams = async (teams: TeamsConfig | null): Promise<Checks> => {
  if (teams === null)
    return [
      off(
        "teams",
        "TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID are not set",
        "Register the bot in Azure and set the three.",
      ),
    ];
  const { examineTeamsRegistration } = await import("./teams/examine-registration.js");
  const { keys, token } = await examineTeamsRegistration({ ...teams, timeoutMs: TIMEOUT_MS });
  return [
    token.ok
      ? ok("teams", "Microsoft gives the bot a token")
      : broken("teams", `no token: ${token.code}`, tokenRemedy(token.code)),
    keys.ok
      ? ok("teams keys", "the keys that sign what arrives can be had")
      : broken(
          "teams keys",
          `cannot be had: ${keys.code}; everything from Teams is refused`,
          "Let this machine reach login.botframework.com, and check TEAMS_OPENID_METADATA_URL if it is set.",
        ),
  ];
};

/** By Entra's own numbers (learn.microsoft.com/entra/identity-platform/reference-error-codes). */
const TOKEN_REMEDIES: Readonly<Record<string, string>> = {
  AADSTS7000215: "Set TEAMS_APP_PASSWORD to the value of a client secret, not to its id.",
  AADSTS7000222: "The client secret has expired: make another one and set TEAMS_APP_PASSWORD.",
  AADSTS700016: "Check TEAMS_APP_ID: this tenant has no such app.",
  AADSTS90002: "Check TEAMS_TENANT_ID: there is no such tenant.",
};

const tokenRemedy = (code: string): string =>
  TOKEN_REMEDIES[code] ??
  (code.startsWith("AADSTS") || code.startsWith("invalid_") || code.startsWith("unauthorized_")
    ? "Check TEAMS_APP_ID, TEAMS_APP_PASSWORD and TEAMS_TENANT_ID."
    : "Let this machine reach login.microsoftonline.com, and check TEAMS_TOKEN_URL if it is set.");

const examineMail = async (mail: MailConfig | null, { publicUrl }: Http): Promise<Checks> => {
  if (mail === null)
    return [off("sendgrid", "SENDGRID_API_KEY is not set", "Set it and EMAIL_FROM to tell customers by e-mail.")];
  return [await examineMailKey(mail), mailEvents(mail, publicUrl)];
};

const examineMailKey = async (mail: MailConfig): Promise<DoctorCheck> => {
  const { examineSendGridKey } = await import("./delivery/sendgrid/examine-key.js");
  const found = await examineSendGridKey({ ...mail, timeoutMs: TIMEOUT_MS });
  if (found.ok)
    return found.maySend
      ? ok("sendgrid", "the key is accepted and may send")
      : broken(
          "sendgrid",
          "the key is accepted, but it lacks mail.send",
          "Give the key Mail Send in SendGrid's console, or make another one with it.",
        );
  return found.refused
    ? broken(
        "sendgrid",
        `the key is not accepted (${found.code})`,
        "Check SENDGRID_API_KEY, SENDGRID_API_URL when the account is in another region, and the account's list of allowed addresses.",
      )
    : broken(
        "sendgrid",
        `cannot be asked (${found.code})`,
        "Check the network and SENDGRID_API_URL, and run doctor again.",
      );
};

const mailEvents = ({ webhookPublicKey }: MailConfig, publicUrl: string | null): DoctorCheck => {
  if (webhookPublicKey === null)
    return warning(
      "sendgrid events",
      "SENDGRID_WEBHOOK_PUBLIC_KEY is not set: bounces stay unknown",
      "Switch on the signed event webhook to PUBLIC_URL/webhooks/sendgrid/events and set its verification key.",
    );
  if (publicUrl === null)
    return warning(
      "sendgrid events",
      "PUBLIC_URL is not set: bounces stay unknown until SendGrid can reach this listener",
      "Set PUBLIC_URL and let the signed event webhook post to PUBLIC_URL/webhooks/sendgrid/events.",
    );
  return ok("sendgrid events", `taken at ${publicUrl}/webhooks/sendgrid/events`);
};

const examineTwilio = async (twilio: TwilioConfig | null, http: Http): Promise<Checks> => {
  if (twilio === null)
    return [
      off(
        "twilio",
        "TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN are not set: no SMS, no calls",
        "Set both, and the senders with them.",
      ),
    ];
  return [await examineAccount(twilio), ...senders(twilio), callbacks(http), ...links(http)];
};

const examineAccount = async (twilio: TwilioConfig): Promise<DoctorCheck> => {
  const { examineTwilioAccount } = await import("./delivery/twilio/examine-account.js");
  const found = await examineTwilioAccount({ ...twilio, timeoutMs: TIMEOUT_MS });
  const name = "twilio";
  const reopen = "Open the account again in Twilio's console, or use another one.";
  if (!found.ok) {
    const { code, refused } = found;
    // The vendor's code for an account that is not active (twilio.com/docs/api/errors/20005).
    if (code === "twilio_20005") return broken(name, `the account is not active (${code})`, reopen);
    return refused
      ? broken(
          name,
          `the account is not accepted (${code})`,
          "Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN: they must be of one account.",
        )
      : broken(name, `cannot be asked (${code})`, "Check the network and TWILIO_API_URL, and run doctor again.");
  }
  if (found.status !== "active") return broken(name, `the account is ${found.status}`, reopen);
  return found.trial
    ? warning(name, "a trial account: it reaches verified numbers only", "Upgrade the account in Twilio's console.")
    : ok(name, "the account is active");
};

const senders = ({ messagingServiceSid, pageMessagingServiceSid, voiceFrom }: TwilioConfig): Checks => [
  messagingServiceSid === null
    ? off(
        "sms to customers",
        "TWILIO_MESSAGING_SERVICE_SID is not set",
        "Set it to the Messaging Service that customers hear from.",
      )
    : ok("sms to customers", `sent by ${messagingServiceSid}`),
  pageSender(messagingServiceSid, pageMessagingServiceSid),
  voiceFrom === null
    ? off("calls", "TWILIO_VOICE_FROM is not set", "Set it to a number of the account that may call.")
    : ok("calls", "a number to call from is set"),
];

const pageSender = (ofCustomers: string | null, ofPages: string | null): DoctorCheck => {
  const remedy = "Set TWILIO_PAGE_MESSAGING_SERVICE_SID to a Messaging Service for pages alone.";
  if (ofPages === null) return off("pages by sms", "TWILIO_PAGE_MESSAGING_SERVICE_SID is not set", remedy);
  return ofPages === ofCustomers
    ? warning("pages by sms", "share the sender of the customers, and may wait behind their messages", remedy)
    : ok("pages by sms", `sent by ${ofPages}`);
};

const callbacks = ({ publicUrl }: Http): DoctorCheck =>
  publicUrl === null
    ? warning(
        "twilio callbacks",
        "PUBLIC_URL is not set: no receipts, calls take no key, SMS carry no link",
        "Set PUBLIC_URL to where Twilio and the phones of the staff reach this listener.",
      )
    : ok("twilio callbacks", `taken at ${publicUrl}/webhooks/twilio`);

const links = ({ publicUrl, shortUrl }: Http): Checks => {
  if (publicUrl === null) return [];
  const origin = shortUrl ?? publicUrl;
  const length = origin.length - origin.indexOf("://") - "://".length;
  return [
    length > SHORT_ORIGIN
      ? warning(
          "links in sms",
          `SHORT_URL is not set, and PUBLIC_URL takes ${length} characters of each page`,
          `Set SHORT_URL to an origin of at most ${SHORT_ORIGIN} characters after the scheme that leads to PUBLIC_URL.`,
        )
      : ok("links in sms", origin),
  ];
};

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Counts only: the recipients are people. */
const recipientsOf = ({ testRecipients }: CustomersConfig): string => {
  const domains = testRecipients.filter((one) => one.startsWith("@")).length;
  const numbers = testRecipients.filter((one) => one.startsWith("+")).length;
  const addresses = testRecipients.length - domains - numbers;
  return [
    counted(addresses, "address", "addresses"),
    counted(domains, "domain", "domains"),
    counted(numbers, "number", "numbers"),
  ].join(", ");
};

const examineCustomers = ({ customers, twilio, production }: Config): DoctorCheck => {
  const name = "customers";
  const by = [
    ...(customers.mail === null ? [] : ["e-mail"]),
    ...((twilio?.messagingServiceSid ?? null) === null ? [] : ["SMS"]),
  ];
  if (by.length === 0)
    return off(name, "nobody is told: neither e-mail nor SMS is configured", "Configure SendGrid or Twilio.");
  if (customers.mode === "live") return ok(name, `live: every customer affected is told by ${by.join(" and ")}`);
  const nobody = customers.testRecipients.length === 0;
  const finding = nobody
    ? "test mode: nobody receives, CUSTOMER_TEST_RECIPIENTS is empty"
    : `test mode: only CUSTOMER_TEST_RECIPIENTS receive (${recipientsOf(customers)}), by ${by.join(" and ")}`;
  if (production)
    return warning(name, finding, "Set CUSTOMER_DELIVERY=live when customers are to be told; NODE_ENV is production.");
  return nobody
    ? warning(name, finding, "Name your own addresses there to see what customers would get.")
    : ok(name, finding);
};

/** Loading an SDK takes the whole process for a while, which must not count as a vendor's silence. */
const loadVendors = async ({ teams, customers, twilio }: Config): Promise<void> => {
  if (teams !== null) await import("./teams/examine-registration.js");
  if (customers.mail !== null) await import("./delivery/sendgrid/examine-key.js");
  if (twilio !== null) await import("./delivery/twilio/examine-account.js");
};

/** Examines Teams, SendGrid and Twilio, and says which customers are told. */
export const examineVendors = async (config: Config): Promise<readonly DoctorCheck[]> => {
  const { teams, customers, twilio, http } = config;
  await loadVendors(config);
  const found = await Promise.all([
    examineTeams(teams),
    examineMail(customers.mail, http),
    examineTwilio(twilio, http),
  ]);
  return [...found.flat(), examineCustomers(config)];
};
