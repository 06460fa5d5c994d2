// What the dispatchers of the Slack door work with.
import type { WebClient } from "@slack/web-api";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler } from "../ports/command-handler.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { Policies } from "../ports/policies.js";
import type { RunningWork } from "./running-work.js";
import type { SlackPeople } from "./slack-people.js";
import type { SlackReporter, SlackSettings } from "./slack-settings.js";

/** Everything that a dispatcher may use. */
export type DoorDeps = {
  readonly handler: CommandHandler;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Pick<Policies, "inForce">;
  /** Domain time. */
  readonly clock: Clock;
  readonly people: SlackPeople;
  /** The client for what a person waits for. */
  readonly client: WebClient;
  readonly settings: SlackSettings;
  readonly reporter: SlackReporter;
  /** Outcomes that come after the answer, so that a stop can wait for them. */
  readonly running: RunningWork;
  readonly fetch: typeof fetch;
};

/** Who acts, where, and under which key; the same key changes the record once. */
export type Asked = {
  readonly userId: string;
  /** The name that the payload gives, in case Slack tells no better one. */
  readonly userName: string;
  readonly channel: string | null;
  readonly thread: string | null;
  readonly commandId: string;
};
