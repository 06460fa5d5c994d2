// The Teams door with the real application on memory stores, against the local stand-in of Teams.
import { randomUUID } from "node:crypto";
import { systemTime } from "../../../src/app-time.js";
import { type Application, createApplication, type World } from "../../../src/application/create-application.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { createListener } from "../../../src/http/listener.js";
import type { CommandHandler } from "../../../src/ports/command-handler.js";
import type { Conversations } from "../../../src/ports/conversations.js";
import type { Reporter } from "../../../src/ports/reporter.js";
import { type RunningTeamsSandbox, startTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import type { TeamsSandboxOptions } from "../../../src/sandbox/teams/teams-sandbox.js";
import { createCatalogueView, EMPTY_CATALOGUE } from "../../../src/storage/catalogue-view.js";
import type { Pacer } from "../../../src/teams/pacer.js";
import { createTeamsDoor, type TeamsDoor } from "../../../src/teams/teams-door.js";
import type { TeamsReporter, TeamsSettings } from "../../../src/teams/teams-settings.js";
import { createMemoryClaims } from "../../support/memory/memory-claims.js";
import { createMemoryCommitStore } from "../../support/memory/memory-commit-store.js";
import { createMemoryConversations } from "../../support/memory/memory-conversations.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { createMemoryEffectLedger } from "../../support/memory/memory-effect-ledger.js";
import { createMemoryIncidentIndex } from "../../support/memory/memory-incident-index.js";
import { createMemoryPlaces } from "../../support/memory/memory-places.js";

/** What a test works with. */
export type TestTenant = {
  readonly teams: RunningTeamsSandbox;
  readonly world: World;
  readonly application: Application;
  readonly door: TeamsDoor;
  readonly conversations: Conversations;
  readonly url: string;
  /** Facts of the door: what it reported. */
  readonly reported: { readonly kind: string; readonly fact: unknown }[];
  /** Lets everything that was begun come to its end. */
  settle(): Promise<void>;
  stop(): Promise<void>;
};

/** How the test wants it. */
export type TenantOptions = Partial<TeamsSandboxOptions> & {
  /** Stands between the door and the application. */
  readonly handler?: (inner: CommandHandler) => CommandHandler;
  readonly settings?: Partial<TeamsSettings>;
  readonly world?: Partial<World>;
  readonly pacer?: Pacer;
};

/** Channel of the incidents. */
export const INCIDENTS = "19:incidentes@thread.tacv2";
/** The team's general channel, whose id is the team's. */
export const GENERAL = "19:geral@thread.tacv2";

const PEOPLE = ["Ana Souza", "Bruno Lima", "Carla Dias", "Diego Reis"];
/** Real time stands for nothing here, so calls wait for nobody. */
const unpaced: Pacer = {
  run: (_conversation, call) => call(),
  update: (_conversation, _message, call) => call(),
};

/** Starts the stand-in and the door. */
export async function startTenant(options: TenantOptions = {}): Promise<TestTenant> {
  const teams = await startTeamsSandbox({
    // Another app in each test: what the SDK keeps for the process is kept by it.
    appId: randomUUID(),
    appPassword: "a-client-secret",
    tenantId: "9d1c2b3a-4e5f-4a6b-8c7d-0e1f2a3b4c5d",
    people: PEOPLE.map((name) => ({ name })),
    team: {
      id: GENERAL,
      name: "Cubo Suite",
      aadGroupId: "77777777-7777-4777-8777-777777777777",
      channels: [
        { id: GENERAL, name: "Geral" },
        { id: INCIDENTS, name: "incidentes" },
      ],
    },
    rateLimits: "off",
    ...options,
  });
  const world = { ...memoryWorld(), ...options.world };
  const application = createApplication(world);
  const conversations = createMemoryConversations();
  const reported: TestTenant["reported"] = [];
  const door = createTeamsDoor({
    ...world,
    handler: options.handler?.(application.handler) ?? application.handler,
    conversations,
    settings: settingsFor(teams, options.settings),
    reporter: recorded(reported),
    pacer: options.pacer ?? unpaced,
  });
  (world.rooms as Map<string, unknown>).set("teams", door.rooms);
  const listener = createListener({
    routes: [{ method: "POST", path: "/api/messages", handle: door.requestListener, machine: true }],
    onError: ({ err }) => reported.push({ kind: "listener", fact: err }),
  });
  const { url } = await listener.start({ host: "127.0.0.1", port: 0 });
  teams.connect(url);
  door.start();
  const settle = async (): Promise<void> => {
    await teams.settled();
    await door.idle();
    await application.idle();
  };
  const stop = async (): Promise<void> => {
    await settle();
    await door.stop();
    application.stop();
    await listener.stop(500);
    await teams.stop();
  };
  return { teams, world, application, door, conversations, url, reported, settle, stop };
}

function settingsFor(teams: RunningTeamsSandbox, more: Partial<TeamsSettings> = {}): TeamsSettings {
  return {
    appId: teams.appId,
    appPassword: { reveal: () => teams.appPassword },
    tenantId: teams.tenantId,
    channelId: INCIDENTS,
    announcementChannelId: null,
    openIdMetadataUrl: teams.openIdMetadataUrl,
    tokenUrl: teams.tokenUrl,
    serviceUrls: [teams.serviceUrl],
    language: "pt-BR",
    zone: "America/Sao_Paulo",
    ...more,
  };
}

function memoryWorld(): World {
  const clock: World["clock"] = {
    now: () => new Date(),
    after: (ms) => new Date(Date.now() + ms),
    at: () => () => {},
  };
  return {
    commits: createMemoryCommitStore(),
    index: createMemoryIncidentIndex(clock),
    ledger: createMemoryEffectLedger(),
    places: createMemoryPlaces(),
    claims: createMemoryClaims(),
    directory: createMemoryDirectory(),
    catalogue: createCatalogueView(EMPTY_CATALOGUE),
    policies: { inForce: () => cuboSuitePolicyV1, learn: async () => undefined, version: () => cuboSuitePolicyV1 },
    clock,
    realTime: systemTime,
    chance: { id: () => randomUUID().replaceAll("-", ""), fraction: () => 0.5 },
    reporter: silent(),
    owner: "test",
    rooms: new Map(),
  };
}

function recorded(reported: TestTenant["reported"]): TeamsReporter {
  const record = (kind: string) => (fact: unknown) => void reported.push({ kind, fact });
  return {
    requestRefused: record("requestRefused"),
    answerLate: record("answerLate"),
    callFailed: record("callFailed"),
    mayBeTwice: record("mayBeTwice"),
    broke: record("broke"),
    connection: record("connection"),
  };
}

function silent(): Reporter {
  return new Proxy({} as Reporter, { get: () => () => {} });
}
