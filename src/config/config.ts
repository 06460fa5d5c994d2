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

/** Levels of log lines that are written. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** Everything that the environment decides; an optional part that is not configured is null. */
export type Config = {
  readonly production: boolean;
  readonly store: StoreConfig;
  readonly http: { readonly host: string; readonly port: number; readonly publicUrl: string | null };
  readonly org: { readonly name: string; readonly language: "pt-BR" | "en" };
  readonly slack: SlackConfig | null;
  readonly policyFile: string | null;
  readonly peopleFile: string | null;
  readonly customersFile: string | null;
  readonly logLevel: LogLevel;
  /** Domain time: `speed` 1 and no start is the real clock. */
  readonly clock: { readonly speed: number; readonly startAt: Date | null };
  /** What is off and which store and policy are used, one sentence each, said once at start. */
  readonly announcements: readonly string[];
};
