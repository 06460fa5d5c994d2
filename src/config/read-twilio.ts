// The Twilio account: what it needs, and what is off without parts of it.
import type { TwilioConfig } from "./config.js";
import { type ConfigProblem, problemOf } from "./config-problem.js";
import { isLoopback } from "./is-loopback.js";
import type { EnvValues } from "./read-values.js";
import { Secret } from "./secret.js";

type Reading = {
  readonly values: EnvValues;
  readonly problems: ConfigProblem[];
  readonly broken: ReadonlySet<string>;
  readonly production: boolean;
};

/** Reads the account; null when there is none. Reports what is missing or unsafe. */
export function twilioOf(reading: Reading): TwilioConfig | null {
  const { values, problems, broken } = reading;
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken } = values;
  checkAddresses(reading);
  if (accountSid === null || authToken === null) {
    const [absent, present] =
      accountSid === null
        ? (["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"] as const)
        : (["TWILIO_AUTH_TOKEN", "TWILIO_ACCOUNT_SID"] as const);
    if (values[present] !== null && !broken.has(absent)) {
      problems.push(problemOf(absent, `is not set, but ${present} is; Twilio needs both`));
    }
    return null;
  }
  return {
    accountSid,
    authToken: new Secret(authToken),
    apiUrl: values.TWILIO_API_URL,
    messagingServiceSid: values.TWILIO_MESSAGING_SERVICE_SID,
    pageMessagingServiceSid: values.TWILIO_PAGE_MESSAGING_SERVICE_SID ?? values.TWILIO_MESSAGING_SERVICE_SID,
    voiceFrom: values.TWILIO_VOICE_FROM,
  };
}

/** What is off without Twilio or a part of it, one sentence each. */
export function twilioAnnouncements(twilio: TwilioConfig | null, publicUrl: string | null): readonly string[] {
  if (twilio === null) return ["SMS off: TWILIO_* not set", "Calls off: TWILIO_* not set"];
  const { messagingServiceSid, pageMessagingServiceSid, voiceFrom } = twilio;
  const isShared = pageMessagingServiceSid !== null && pageMessagingServiceSid === messagingServiceSid;
  const says: readonly (string | false)[] = [
    messagingServiceSid === null && "SMS to customers off: TWILIO_MESSAGING_SERVICE_SID not set",
    pageMessagingServiceSid === null && "Pages by SMS off: TWILIO_PAGE_MESSAGING_SERVICE_SID not set",
    isShared && "Pages by SMS share the sender of the customers: TWILIO_PAGE_MESSAGING_SERVICE_SID not set",
    voiceFrom === null && "Calls off: TWILIO_VOICE_FROM not set",
    publicUrl === null && "Calls only read, SMS carry no link and nothing reports delivery: PUBLIC_URL not set",
  ];
  return says.filter((line) => line !== false);
}

/** Credentials and links travel there: in clear only on this machine, and never there in production. */
function checkAddresses({ values, problems, broken, production }: Reading): void {
  for (const name of ["TWILIO_API_URL", "SHORT_URL"] as const) {
    const address = values[name];
    if (address === null) continue;
    if (!isLoopback(address) && !address.startsWith("https://"))
      problems.push(problemOf(name, "must start with https://"));
    else if (production && isLoopback(address)) {
      problems.push(problemOf(name, "is this machine, and NODE_ENV is production; remove it"));
    }
  }
  if (values.SHORT_URL === null || broken.has("PUBLIC_URL")) return;
  if (new URL(values.SHORT_URL).origin !== values.SHORT_URL) {
    problems.push(problemOf("SHORT_URL", "must be an origin, without a path"));
  }
  if (values.PUBLIC_URL === null)
    problems.push(problemOf("PUBLIC_URL", "is not set, but SHORT_URL is, which leads to it"));
}
