// The application on stores in memory, with a chat platform that only remembers. Several processes can share one office.
import { type Application, createApplication, type World } from "../../../src/application/create-application.js";
import type { CommandId, IncidentId, PersonId } from "../../../src/domain/incident/ids.js";
import type { Person } from "../../../src/domain/oncall/person.js";
import type { Policy } from "../../../src/domain/policy/policy.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { ChatFault, type ChatRooms, type Post } from "../../../src/ports/chat-rooms.js";
import type { Clock } from "../../../src/ports/clock.js";
import type { ChangeRequest, DeclareRequest, Envelope } from "../../../src/ports/command-handler.js";
import type { Catalogue } from "../../../src/ports/directory.js";
import type { RealTime } from "../../../src/ports/real-time.js";
import type { Reporter } from "../../../src/ports/reporter.js";
import { answersFor, MONDAY_10 } from "../../support/incident-builders.js";
import { createManualClock, type ManualClock } from "../../support/manual-clock.js";
import { createMemoryClaims } from "../../support/memory/memory-claims.js";
import { createMemoryCommitStore } from "../../support/memory/memory-commit-store.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { createMemoryEffectLedger } from "../../support/memory/memory-effect-ledger.js";
import { createMemoryIncidentIndex } from "../../support/memory/memory-incident-index.js";
import { createMemoryPlaces } from "../../support/memory/memory-places.js";

/** One reported fact. */
export type Fact = { readonly what: keyof Reporter; readonly fact: Readonly<Record<string, unknown>> };

const FACTS = [
  "committed",
  "refused",
  "effectDone",
  "effectDropped",
  "effectFailed",
  "woke",
  "wakeFailed",
  "auditFound",
  "storeFailed",
] as const satisfies readonly (keyof Reporter)[];

/** A chat platform that remembers what was posted; `onPost` may delay or refuse a post. */
export type Wall = ChatRooms & {
  readonly posts: Post[];
  readonly edits: { readonly version: number }[];
  onPost: (post: Post) => Promise<void>;
  onEdit: () => Promise<void>;
};

const createWall = (): Wall => {
  const room = { platform: "slack", roomId: "C1" } as const;
  const wall: Wall = {
    platform: "slack",
    posts: [],
    edits: [],
    onPost: async () => undefined,
    onEdit: async () => undefined,
    openRoom: async () => ({ room, name: "inc-1" }),
    describeRoom: async () => undefined,
    invite: async () => undefined,
    announcementRoom: () => null,
    async post(post) {
      const found = post.mayExist ? wall.posts.findIndex((one) => one.key === post.key) : -1;
      if (found >= 0) return { ...room, messageId: String(found) };
      await wall.onPost(post);
      if ((await post.stillWanted?.()) === false) throw new ChatFault("not_wanted", { retryable: false });
      wall.posts.push(post);
      return { ...room, messageId: String(wall.posts.length - 1) };
    },
    async edit(_message, _notice, { incident }) {
      await wall.onEdit();
      wall.edits.push({ version: incident.version });
      return true;
    },
    pin: async () => undefined,
  };
  return wall;
};

const NO_CATALOGUE: Catalogue = {
  services: () => [],
  service: (name) => ({ id: null, name }),
  customers: () => [],
  customerName: (id) => id,
  customersOf: () => [],
  terms: () => null,
};

/** Real time that a test moves; what waits goes on when its time has come. */
export type ManualTime = RealTime & { pass(ms: number): Promise<void> };

/** Lets everything that can go on now go on. */
export const turns = async (count = 50): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
};

const createManualTime = (): ManualTime => {
  let now = Date.UTC(2026, 10, 23, 13);
  const waiting = new Set<{ readonly at: number; readonly go: () => void }>();
  const repeated = new Set<{ at: number; readonly everyMs: number; readonly work: () => Promise<unknown> }>();
  return {
    now: () => new Date(now),
    wait: (ms) =>
      ms < 1_000
        ? turns(1)
        : new Promise<void>((go) => {
            waiting.add({ at: now + ms, go });
          }),
    every(everyMs, work) {
      const one = { at: now + everyMs, everyMs, work };
      repeated.add(one);
      return () => repeated.delete(one);
    },
    async pass(ms) {
      now += ms;
      for (const one of repeated) {
        if (one.at > now) continue;
        one.at = now + one.everyMs;
        await one.work();
      }
      for (const one of [...waiting]) {
        if (one.at > now) continue;
        waiting.delete(one);
        one.go();
      }
      await turns();
    },
  };
};

/** Stores, time and people that processes share. */
export type Office = {
  readonly world: Omit<World, "owner" | "rooms" | "reporter">;
  readonly clock: ManualClock;
  readonly realTime: ManualTime;
  readonly wall: Wall;
  readonly facts: Fact[];
  /** One process of the product; `broken` replaces ports that misbehave. */
  process(owner: string, broken?: Partial<World>): Application;
};

/** Opens an office in which nothing has happened yet. */
export const openOffice = (people: readonly Person[] = []): Office => {
  const clock = createManualClock(MONDAY_10);
  const realTime = createManualTime();
  const wall = createWall();
  const facts: Fact[] = [];
  const reporter = Object.fromEntries(
    FACTS.map((what) => [what, (fact: Fact["fact"]) => void facts.push({ what, fact })]),
  ) as unknown as Reporter;
  let ids = 0;
  const world = {
    commits: createMemoryCommitStore(),
    index: createMemoryIncidentIndex(clock),
    ledger: createMemoryEffectLedger(),
    places: createMemoryPlaces(),
    claims: createMemoryClaims(),
    directory: createMemoryDirectory(people),
    catalogue: NO_CATALOGUE,
    policies: policiesOf(cuboSuitePolicyV1),
    clock: clock as Clock,
    realTime,
    chance: {
      id: () => {
        ids += 1;
        return `id${ids}`;
      },
      fraction: () => 0,
    },
  };
  return {
    world,
    clock,
    realTime,
    wall,
    facts,
    process: (owner, broken = {}) =>
      createApplication({ ...world, reporter, owner, rooms: new Map([["slack", wall]]), ...broken }),
  };
};

/** Policies that know exactly these versions; the first is in force. */
export const policiesOf = (...known: readonly [Policy, ...Policy[]]): World["policies"] => ({
  inForce: () => known[0],
  learn: async () => undefined,
  version(id, version) {
    const found = known.find((policy) => policy.id === id && policy.version === version);
    if (found === undefined) throw new Error(`Policy ${id}@${version} is not known to this process.`);
    return found;
  },
});

/** A request to declare, in the words of a form. */
export const aRequest = (with_: Partial<DeclareRequest> = {}): DeclareRequest => ({
  title: "Checkout fora do ar",
  service: null,
  answers: answersFor[1],
  customers: [],
  kind: "real",
  origin: "form",
  detectedBy: "staff",
  startedAt: null,
  take: false,
  ...with_,
});

let keys = 0;

/** The envelope of a person's request under a key of its own. */
export const from = (name: string, key?: string): Envelope => {
  keys += 1;
  return { personId: name as PersonId, commandId: (key ?? `key-${keys}`) as CommandId, door: "test" };
};

/** Declares and waits until nothing runs; answers the id. */
export const declareWith = async (app: Application, with_: Partial<DeclareRequest> = {}): Promise<IncidentId> => {
  const outcome = await app.handler.declare(aRequest(with_), from("ana"), null);
  if (outcome.kind !== "done") throw new Error(`The declaration ended as ${outcome.kind}.`);
  await app.idle();
  return outcome.snapshot.incident.id;
};

/** Asks for a change by id. */
export const ask = (app: Application, id: IncidentId, request: ChangeRequest, who = "bruno") =>
  app.handler.change({ by: "id", id }, request, from(who));
