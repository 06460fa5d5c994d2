// The Slack door with the real application on memory stores, in the local workspace.
import { randomUUID } from "node:crypto";
import { systemTime } from "../../../src/app-time.js";
import { type Application, createApplication, type World } from "../../../src/application/create-application.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { createListener } from "../../../src/http/listener.js";
import type { CommandHandler } from "../../../src/ports/command-handler.js";
import type { Reporter } from "../../../src/ports/reporter.js";
import { type Sandbox, type SandboxOptions, startSandbox } from "../../../src/sandbox/start-sandbox.js";
import type { Pacer } from "../../../src/slack/pacer.js";
import { createSlackDoor, type SlackDoor } from "../../../src/slack/slack-door.js";
import type { SlackReporter } from "../../../src/slack/slack-settings.js";
import { createCatalogueView, EMPTY_CATALOGUE } from "../../../src/storage/catalogue-view.js";
import { createMemoryClaims } from "../../support/memory/memory-claims.js";
import { createMemoryCommitStore } from "../../support/memory/memory-commit-store.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { createMemoryEffectLedger } from "../../support/memory/memory-effect-ledger.js";
import { createMemoryIncidentIndex } from "../../support/memory/memory-incident-index.js";
import { createMemoryPlaces } from "../../support/memory/memory-places.js";

/** What a test works with. */
export type TestWorkspace = {
  readonly sandbox: Sandbox;
  readonly slack: Sandbox["slack"];
  readonly world: World;
  readonly application: Application;
  readonly door: SlackDoor;
  readonly url: string;
  /** Facts of the door: what it reported. */
  readonly reported: { readonly kind: string; readonly fact: unknown }[];
  stop(): Promise<void>;
};

/** How the test wants it. */
export type WorkspaceOptions = SandboxOptions & {
  /** Stands between the door and the application. */
  readonly handler?: (inner: CommandHandler) => CommandHandler;
  /** What differs from an installation without customers. */
  readonly world?: Partial<World>;
  /** Background calls go out at once, for stories that say much in one channel. */
  readonly unpaced?: boolean;
  /** Name of the announcement channel. */
  readonly announcements?: string;
};

const UNPACED: Pacer = { run: (_method, _channel, call) => call() };

/** Starts everything and waits until the bot knows who it is. */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<TestWorkspace> {
  const sandbox = await startSandbox({ rateLimits: "off", ...options });
  const { slack } = sandbox;
  const world = { ...memoryWorld(), ...options.world };
  const application = createApplication(world);
  const reported: TestWorkspace["reported"] = [];
  const door = createSlackDoor({
    settings: {
      botToken: { reveal: () => slack.botToken },
      signingSecret: { reveal: () => slack.signingSecret },
      apiUrl: slack.apiUrl,
      announcementChannel: options.announcements ? (slack.channel(options.announcements)?.id ?? null) : null,
      commands: ["/incident", "/incidente"],
      language: "pt-BR",
      zone: "America/Sao_Paulo",
    },
    handler: options.handler?.(application.handler) ?? application.handler,
    directory: world.directory,
    catalogue: world.catalogue,
    policies: world.policies,
    places: world.places,
    clock: world.clock,
    outreach: world.outreach,
    ...(options.unpaced === true ? { pacer: UNPACED } : {}),
    reporter: recorded(reported),
  });
  (world.rooms as Map<string, unknown>).set("slack", door.rooms);
  const listener = createListener({
    routes: [{ method: "POST", path: "/slack/events", handle: door.requestListener, machine: true }],
    onError: ({ err }) => reported.push({ kind: "listener", fact: err }),
  });
  const { url } = await listener.start({ host: "127.0.0.1", port: 0 });
  slack.deliverTo(url);
  door.start();
  // The last call of a start: the workspace's owners enter a directory that names no administrator.
  await slack.transcript.waitFor((entry) => entry.method === "users.list");
  const stop = async (): Promise<void> => {
    await door.stop();
    await application.idle();
    application.stop();
    await listener.stop(500);
    await sandbox.stop();
  };
  return { sandbox, slack, world, application, door, url, reported, stop };
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

function recorded(reported: TestWorkspace["reported"]): SlackReporter {
  const record = (kind: string) => (fact: unknown) => void reported.push({ kind, fact });
  return {
    requestRefused: record("requestRefused"),
    answerLate: record("answerLate"),
    callFailed: record("callFailed"),
    broke: record("broke"),
    connection: record("connection"),
  };
}

function silent(): Reporter {
  const nothing = (): void => {};
  return {
    committed: nothing,
    refused: nothing,
    effectDone: nothing,
    effectDropped: nothing,
    effectFailed: nothing,
    woke: nothing,
    wakeFailed: nothing,
    auditFound: nothing,
    storeFailed: nothing,
  };
}
