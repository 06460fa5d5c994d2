// What the environment says about messages to customers: who really receives them, and the provider of e-mail.
import type { CustomersConfig, MailConfig } from "./config.js";
import { type ConfigProblem, problemOf } from "./config-problem.js";
import { isLoopback } from "./is-loopback.js";
import type { EnvValues } from "./read-values.js";
import { Secret } from "./secret.js";

/** What has been read so far; problems are added. */
type Reading = {
  readonly values: EnvValues;
  readonly problems: ConfigProblem[];
  readonly broken: ReadonlySet<string>;
};

/** Reads the part. */
export function customersOf(reading: Reading): CustomersConfig {
  const { values } = reading;
  return {
    mode: values.CUSTOMER_DELIVERY ?? "test",
    testRecipients: values.CUSTOMER_TEST_RECIPIENTS ?? [],
    supportContact: values.SUPPORT_CONTACT,
    statusUrl: values.CUSTOMER_STATUS_URL,
    mail: mailOf(reading),
  };
}

function mailOf({ values, problems, broken }: Reading): MailConfig | null {
  const { SENDGRID_API_KEY: apiKey, SENDGRID_API_URL: apiUrl, EMAIL_FROM: from } = values;
  if (apiUrl !== null && !isLoopback(apiUrl) && !apiUrl.startsWith("https://"))
    problems.push(problemOf("SENDGRID_API_URL", "must start with https://"));
  if (apiKey === null) return null;
  if (from === null) {
    if (!broken.has("EMAIL_FROM"))
      problems.push(problemOf("EMAIL_FROM", "is not set, but SENDGRID_API_KEY is; e-mail needs both"));
    return null;
  }
  const webhookPublicKey = values.SENDGRID_WEBHOOK_PUBLIC_KEY;
  return { apiKey: new Secret(apiKey), apiUrl, webhookPublicKey, from };
}

/** What is off and who receives, one sentence each. */
export function customerAnnouncements({ mode, testRecipients, mail }: CustomersConfig): string[] {
  const who =
    mode === "live"
      ? "Customers: live, every message leaves"
      : `Customers: test mode, only CUSTOMER_TEST_RECIPIENTS (${testRecipients.length}) receive`;
  return [
    who,
    mail === null ? "E-mail to customers off: SENDGRID_API_KEY not set" : "E-mail to customers on",
    ...(mail !== null && mail.webhookPublicKey === null
      ? ["E-mail events off: SENDGRID_WEBHOOK_PUBLIC_KEY not set, so bounces are not seen"]
      : []),
  ];
}
