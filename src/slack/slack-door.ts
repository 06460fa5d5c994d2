// The whole Slack door: what arrives from Slack, and the rooms that the application speaks in.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { ChatRooms } from "../ports/chat-rooms.js";
import type { Clock } from "../ports/clock.js";
import type { CommandHandler } from "../ports/command-handler.js";
import type { Catalogue, Directory } from "../ports/directory.js";
import type { Outreach } from "../ports/outreach.js";
import type { Places } from "../ports/places.js";
import type { Policies } from "../ports/policies.js";
import type { DoorDeps } from "./door-deps.js";
import { createPeopleLinker } from "./link-people.js";
import { createPacer, type Pacer } from "./pacer.js";
import { createRunningWork } from "./running-work.js";
import { connectSlackApp, doorAnswers } from "./slack-app.js";
import { createSlackChatRooms } from "./slack-chat-rooms.js";
import { createSlackClients } from "./slack-clients.js";
import { createIdentityFinder } from "./slack-identity.js";
import { createSlackPeople } from "./slack-people.js";
import { createSlackReceiver } from "./slack-receiver.js";
import type { SlackReporter, SlackSettings } from "./slack-settings.js";

/** What the door needs from the rest. */
export type SlackDoorOptions = {
  readonly settings: SlackSettings;
  readonly handler: CommandHandler;
  readonly directory: Directory;
  readonly catalogue: Catalogue;
  readonly policies: Pick<Policies, "inForce">;
  readonly places: Pick<Places, "of">;
  /** Domain time; signatures and deadlines use real time. */
  readonly clock: Clock;
  readonly reporter: SlackReporter;
  /** Words and reach of messages to customers; undefined where none can be sent. */
  readonly outreach?: Outreach | undefined;
  /** Keeps calls within Slack's rate tiers; by default on real time. */
  readonly pacer?: Pacer;
};

/** The Slack door. */
export type SlackDoor = {
  readonly rooms: ChatRooms;
  /** Takes POST /slack/events with its body unread. */
  requestListener(request: IncomingMessage, response: ServerResponse): void;
  /** Begins to ask Slack who the bot is and returns at once. */
  start(): void;
  /** Waits for work that is still running, within bounds. */
  stop(): Promise<void>;
  /** "ok", or the code of what is wrong, for readiness. */
  check(): string;
};

/** How long a stop waits for outcomes that come after their answers. */
const SETTLE_MS = 5000;

/** Creates the Slack door. */
export function createSlackDoor(options: SlackDoorOptions): SlackDoor {
  const { settings, directory, catalogue, reporter } = options;
  const clients = createSlackClients(settings);
  const identity = createIdentityFinder(clients.background, reporter);
  const people = createSlackPeople({
    client: clients.interactive,
    directory,
    catalogue,
    settings,
    reporter,
    outreach: options.outreach,
  });
  const running = createRunningWork();
  const { handler, policies, clock } = options;
  const client = clients.interactive;
  const deps: DoorDeps = {
    handler,
    directory,
    catalogue,
    policies,
    clock,
    people,
    client,
    settings,
    reporter,
    running,
    fetch,
  };
  const receiver = createSlackReceiver({
    signingSecret: settings.signingSecret,
    answers: doorAnswers(deps),
    reporter,
    realNow: Date.now,
  });
  connectSlackApp(deps, receiver, identity.current);
  const pacer = options.pacer ?? createPacer(Date.now);
  const linker = createPeopleLinker({ client: clients.background, pacer, directory, reporter, realNow: Date.now });
  return {
    rooms: createSlackChatRooms({
      client: clients.background,
      pacer,
      people,
      linker,
      directory,
      places: options.places,
      announcementChannel: settings.announcementChannel,
      botUserId: () => identity.current()?.botUserId ?? null,
    }),
    requestListener: receiver.requestListener,
    start() {
      // Everybody is linked ahead of the first page; pages link on their own, so a stop waits for nothing here.
      void identity.start().then(() => (identity.current() === null ? undefined : linker.linkAll()));
    },
    async stop() {
      identity.stop();
      await receiver.stop();
      await running.settle(SETTLE_MS);
    },
    check: identity.check,
  };
}
