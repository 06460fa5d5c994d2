import type { Secret } from "./secret.js";

/** Which store keeps the record. */
export type StoreConfig =
  | { readonly kind: "mongodb"; readonly uri: Secret }
  | { readonly kind: "embedded"; readonly dataDir: string };

/** The connection to Slack. */
export type SlackConfig = {
  readonly botToken: Secret;
  readonly signingSecret: Secret;
  /** Null: Slack's own address. */
  readonly apiUrl: string | null;
  readonly announcementChannel: string | null;
};

/** The connection to Microsoft Teams. */
export type TeamsConfig = {
  readonly appId: string;
  readonly appPassword: Secret;
  readonly tenantId: string;
  readonly channelId: string | null;
  readonly announcementChannelId: string | null;
  /** Null: Microsoft's own address, for this and the two below. */
  readonly openIdMetadataUrl: string | null;
  readonly tokenUrl: string | null;
  readonly serviceUrls: readonly string[] | null;
};

/** The provider of e-mail to customers. */
export type MailConfig = {
  readonly apiKey: Secret;
  /** Null: SendGrid's own address. */
  readonly apiUrl: string | null;
  /** Base64 of the SPKI, as SendGrid's console shows it; without it events are not taken. */
  readonly webhookPublicKey: string | null;
  /** Address that customers see. */
  readonly from: string;
};

/** Messages to customers. */
export type CustomersConfig = {
  /** test: only the recipients below; live: everybody. */
  readonly mode: "test" | "live";
  /** Addresses, domains as `@example.com`, numbers in E.164. */
  readonly testRecipients: readonly string[];
  readonly supportContact: string | null;
  /** Page on which customers follow incidents. */
  readonly statusUrl: string | null;
  readonly mail: MailConfig | null;
};

/** The Twilio account, for SMS and calls. */
export type TwilioConfig = {
  readonly accountSid: string;
  readonly authToken: Secret;
  /** Null: Twilio's own address. */
  readonly apiUrl: string | null;
  /** Null: no SMS to customers. */
  readonly messagingServiceSid: string | null;
  /** Null: no pages by SMS. That of the customers where no other is set. */
  readonly pageMessagingServiceSid: string | null;
  /** Null: no calls. */
  readonly voiceFrom: string | null;
};

/** Levels of log lines that are written. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** Everything that the environment decides; an optional part that is not configured is null. */
export type Config = {
  readonly production: boolean;
  readonly store: StoreConfig;
  readonly http: {
    readonly host: string;
    readonly port: number;
    readonly publicUrl: string | null;
    /** Origin of the links in SMS; null: the public address. */
    readonly shortUrl: string | null;
  };
  readonly org: { readonly name: string; readonly language: "pt-BR" | "en" };
  readonly slack: SlackConfig | null;
  readonly teams: TeamsConfig | null;
  readonly customers: CustomersConfig;
  readonly twilio: TwilioConfig | null;
  readonly policyFile: string | null;
  readonly peopleFile: string | null;
  readonly customersFile: string | null;
  readonly logLevel: LogLevel;
  /** Domain time: `speed` 1 and no start is the real clock. */
  readonly clock: { readonly speed: number; readonly startAt: Date | null };
  /** What is off and which store and policy are used, one sentence each, said once at start. */
  readonly announcements: readonly string[];
};
