// The application on stores in memory, whose phones ring at the stand-in for Twilio through the real SDK. Twilio posts
// to the public address, which leads to the listener on this machine.
import type { Application } from "../../../src/application/create-application.js";
import { createStaffPhones } from "../../../src/delivery/pager/create-staff-phones.js";
import type { PageSettings } from "../../../src/delivery/pager/page-requests.js";
import { createTwilioLine, type TwilioLine } from "../../../src/delivery/twilio/twilio-client.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import type { Person } from "../../../src/domain/oncall/person.js";
import { createListener, type Route } from "../../../src/http/listener.js";
import { takeLinkRoutes } from "../../../src/http/take-link-routes.js";
import type { DeclareRequest } from "../../../src/ports/command-handler.js";
import type { Directory } from "../../../src/ports/directory.js";
import type { PageLog } from "../../../src/ports/page-log.js";
import type { Pager } from "../../../src/ports/pager.js";
import type { Phone } from "../../../src/sandbox/twilio/phone.js";
import {
  startTwilioSandbox,
  type TwilioSandbox,
  type TwilioSandboxOptions,
} from "../../../src/sandbox/twilio/twilio-sandbox.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { createMemoryPageLog } from "../../support/memory/memory-page-log.js";
import { aRequest, from, type Office, openOffice, turns } from "../../unit/application/office.js";

export const PUBLIC_URL = "https://plantao.cubo.example";
const SHORT_URL = "https://cubo.link";
export const BRUNO = "+5511987654321";
const CARLA = "+5521987654321";
const TOKEN = "5e7c0f0e9a3b4d21b6c8a1d2e3f40517";

export const STAFF: readonly Person[] = [
  { id: "bruno", name: "Bruno Prado", email: "bruno@x.example", chat: {}, phone: BRUNO },
  { id: "carla", name: "Carla Dias", email: "carla@x.example", chat: {}, phone: CARLA, language: "en" },
  { id: "ana", name: "Ana Souza", email: "ana@x.example", chat: {} },
];

/** The whole of it; everything that a test replaces has a default. */
export type PhoneWorld = {
  readonly office: Office;
  readonly app: Application;
  readonly sandbox: TwilioSandbox;
  readonly log: PageLog;
  /** What every process of this world shares besides the stores. */
  readonly ports: { readonly pager: Pager; readonly directory: Directory };
  readonly bruno: Phone;
  readonly carla: Phone;
  readonly optOuts: string[];
  readonly refused: string[];
  /** Where the listener really is. */
  readonly url: string;
  declare(with_?: Partial<DeclareRequest>): Promise<IncidentId>;
  take(id: IncidentId, who: string): Promise<void>;
  /** Lets real time pass and does what the sweep then does. */
  pass(ms: number): Promise<void>;
  /** Lets domain time pass, and does what falls due. */
  later(minutes: number): Promise<void>;
  /** Reasons for which rings were left out or failed. */
  reasons(): readonly string[];
  stop(): Promise<void>;
};

export type WorldOptions = {
  readonly staff?: readonly Person[];
  readonly primary?: readonly string[];
  readonly settings?: Partial<PageSettings>;
  readonly sandbox?: TwilioSandboxOptions;
  readonly line?: (line: TwilioLine) => TwilioLine;
  readonly apiUrl?: string;
  readonly authToken?: string;
  readonly timeoutMs?: number;
  readonly atOnce?: number;
  readonly callSpacingMs?: number;
};

/** Opens a world in which nothing has happened. */
export async function openPhoneWorld(options: WorldOptions = {}): Promise<PhoneWorld> {
  const { staff = STAFF, primary = ["bruno"] } = options;
  const office = openOffice();
  const directory = createMemoryDirectory(staff, {
    default: { primary: primary.map((personId) => ({ personId })) },
    services: {},
  });
  const routes: Route[] = [];
  const late = (method: Route["method"], path: string): Route => ({
    method,
    path,
    machine: !path.startsWith("/t/"),
    handle: (...asked) => routes.find((one) => one.method === method && one.path === path)?.handle(...asked),
  });
  const webhooks = ["voice", "status", "sms"] as const;
  const listener = createListener({
    routes: [
      ...webhooks.map((name) => late("POST", `/webhooks/twilio/${name}`)),
      late("GET", "/t/:token"),
      late("POST", "/t/:token"),
    ],
    onError: ({ err }) => {
      throw err;
    },
  });
  const { url } = await listener.start({ host: "127.0.0.1", port: 0 });
  const sandbox = await startTwilioSandbox({
    now: () => office.realTime.now(),
    authToken: TOKEN,
    publicUrls: { [PUBLIC_URL]: url, [SHORT_URL]: url },
    inboundUrl: `${PUBLIC_URL}/webhooks/twilio/sms`,
    ...{ stepMs: [1, 3], secondMs: 10 },
    ...options.sandbox,
  });
  const secret = { reveal: () => TOKEN };
  const given = { reveal: () => options.authToken ?? TOKEN };
  const plainLine = createTwilioLine({
    accountSid: sandbox.accountSid,
    authToken: given,
    apiUrl: options.apiUrl ?? sandbox.url,
    sockets: 10,
    timeoutMs: options.timeoutMs ?? 2_000,
  });
  const log = createMemoryPageLog();
  const phones = createStaffPhones({
    line: options.line?.(plainLine) ?? plainLine,
    settings: {
      messagingServiceSid: sandbox.services[0]?.sid ?? null,
      voiceFrom: sandbox.numbers[0]?.number ?? null,
      publicUrl: PUBLIC_URL,
      shortUrl: SHORT_URL,
      ...options.settings,
    },
    authToken: secret,
    ...{ log, directory, realTime: office.realTime, orgLanguage: "pt-BR" },
    atOnce: options.atOnce ?? 10,
    callSpacingMs: options.callSpacingMs ?? 0,
  });
  const ports = { pager: phones.pager, directory };
  const app = office.process("a", ports);
  const optOuts: string[] = [];
  const refused: string[] = [];
  const listeners = phones.listeners({
    handler: app.handler,
    platform: "Slack",
    takers: [],
    optOuts: {
      stop: async (phone) => void optOuts.push(`stop ${phone}`),
      start: async (phone) => void optOuts.push(`start ${phone}`),
    },
    onRefused: (reason) => void refused.push(reason),
  });
  const answers = phones.answers(app.handler);
  routes.push(...takeLinkRoutes({ answers, orgLanguage: "pt-BR", platform: "Slack" }));
  if (listeners !== null) {
    for (const name of webhooks) {
      routes.push({ method: "POST", path: `/webhooks/twilio/${name}`, handle: listeners[name] });
    }
  }
  const settle = async (): Promise<void> => {
    await app.idle();
    await sandbox.settled();
  };
  return {
    ...{ office, app, sandbox, log, ports, optOuts, refused, url },
    bruno: sandbox.phone(BRUNO),
    carla: sandbox.phone(CARLA),
    async declare(with_ = {}) {
      const outcome = await app.handler.declare(aRequest(with_), from("ana"), null);
      if (outcome.kind !== "done") throw new Error(`The declaration ended as ${outcome.kind}.`);
      await settle();
      return outcome.snapshot.incident.id;
    },
    async take(id, who) {
      const outcome = await app.handler.change({ by: "id", id }, { type: "take" }, from(who));
      if (outcome.kind !== "done") throw new Error(`The take ended as ${outcome.kind}.`);
      await settle();
    },
    async pass(ms) {
      for (let left = ms; left > 0; left -= 1_000) {
        await office.realTime.pass(Math.min(left, 1_000));
        await app.sweep();
        await settle();
      }
    },
    async later(minutes) {
      office.clock.moveTo(new Date(office.clock.now().getTime() + minutes * 60_000));
      await app.tick();
      await turns();
      await app.idle();
    },
    reasons: () =>
      office.facts.flatMap(({ what, fact }) =>
        (what === "effectDropped" || what === "effectFailed") && fact["kind"] === "ring"
          ? [String(fact["reason"] ?? fact["code"])]
          : [],
      ),
    async stop() {
      phones.stop();
      await sandbox.stop();
      await listener.stop(200);
    },
  };
}

/** Who has an incident, by id; null while nobody does. */
export async function takenBy(world: PhoneWorld, id: IncidentId): Promise<string | null> {
  const seen = await world.app.handler.look({ by: "id", id });
  return seen?.snapshot.incident.taken?.by ?? null;
}

/** The path of the link in the latest SMS on a phone. */
export function linkOn(phone: Phone): string {
  const path = /cubo\.link(\/t\/[\w-]{11})/.exec(phone.texts().at(-1)?.body ?? "")?.[1];
  if (path === undefined) throw new Error("The SMS carries no link.");
  return path;
}
