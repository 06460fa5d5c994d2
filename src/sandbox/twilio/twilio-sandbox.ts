// The stand-in for Twilio as tests, the demo and the page use it.
import type { Account, AccountPace, MessagingService, OwnedNumber, TwilioAlert, TwilioLog } from "./account.js";
import { createCallbackLine, type SentCallback } from "./callback-line.js";
import { createCallDesk } from "./calls.js";
import { createChance } from "./chance.js";
import { createEventLog } from "./event-log.js";
import { type CallbackMisbehaviour, createCallbackOrders, createFaultyServer, type Misbehaviour } from "./faults.js";
import { listenOnLoopback } from "./loopback-server.js";
import { createMessageDesk } from "./messages.js";
import { type Behaviour, createPhone, type Phone } from "./phone.js";
import { tidyNumber } from "./phone-numbers.js";
import type { CallRecord, MessageRecord } from "./records.js";
import { createTwilioApi } from "./twilio-api.js";
import { type Fields, postFields } from "./webhook.js";

/** How the stand-in for Twilio is set up; everything has a default. */
export interface TwilioSandboxOptions extends Partial<AccountPace> {
  /** Port on 127.0.0.1; 0, the default, takes a free one. */
  readonly port?: number;
  readonly accountSid?: string;
  readonly authToken?: string;
  /** Time shown on messages and calls. */
  readonly now?: () => Date;
  readonly numbers?: readonly OwnedNumber[];
  readonly services?: readonly MessagingService[];
  /** Landlines besides those of Brazil, which are known by their digits. */
  readonly landlines?: readonly string[];
  /** Prefixes that may be written to and called; the default is +1, +55 and the neighbours of Brazil with Portugal and Spain. */
  readonly regions?: readonly string[];
  /** Stop words besides the usual ones; with them inbound texts carry OptOutType. */
  readonly stopWords?: readonly string[];
  /** How phones behave that were not told otherwise. */
  readonly phones?: Behaviour;
  /** Where texts of people are posted. */
  readonly inboundUrl?: string;
  /** Public origins of the bot, each with the address on this machine that stands for it. */
  readonly publicUrls?: Readonly<Record<string, string>>;
  readonly requestsPerSecond?: number;
  /** Seed of the times between statuses and of callbacks lost by chance. */
  readonly seed?: number;
  /** Keeps messages and calls but no record of events and callbacks, for large runs. */
  readonly lean?: boolean;
}

/** A message that was accepted, for counting; two with the same body to the same number are a duplicate. */
export type AcceptedMessage = Readonly<MessageRecord>;

/** A call that was accepted, for counting. */
export type AcceptedCall = Readonly<CallRecord>;

/** What can be made to go wrong. */
export interface TwilioMisbehaviour extends Misbehaviour, CallbackMisbehaviour {
  /** Makes lists show what was created only after this many real milliseconds. */
  listLag(ms: number): void;
}

/** The stand-in for Twilio. */
export interface TwilioSandbox {
  /** Base address of the REST API. */
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly numbers: readonly OwnedNumber[];
  readonly services: readonly MessagingService[];
  phone(number: string): Phone;
  /** Every phone that was written to, called or asked for. */
  phones(): readonly Phone[];
  /** Messages accepted from the API, in order. */
  accepted(): readonly AcceptedMessage[];
  /** Calls accepted from the API, in order. */
  acceptedCalls(): readonly AcceptedCall[];
  readonly misbehave: TwilioMisbehaviour;
  /** What happened, in order. */
  readonly log: TwilioLog;
  /** Entries of the Twilio debugger: documents that could not be read, webhooks that failed. */
  readonly alerts: readonly TwilioAlert[];
  /** Requests that were sent to the bot. */
  readonly callbacks: readonly SentCallback[];
  /** Posts fields to the bot, signed, as a hostile test wants them. */
  post(url: string, fields: Fields): Promise<{ readonly status: number; readonly body: string }>;
  /** Sends a request to the bot again, byte for byte. */
  redeliver(callback: SentCallback): Promise<{ readonly status: number; readonly body: string }>;
  receiveTextsAt(url: string): void;
  /** Resolves when no message is on its way and no request to the bot is under way. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const defaultNumbers: readonly OwnedNumber[] = [
  { number: "+551140000001", sms: true, voice: true },
  { number: "+551140000002", sms: true, voice: false },
];

const defaultServices: readonly MessagingService[] = [
  { sid: "MG00000000000000000000000000000001", numbers: ["+551140000001"] },
  { sid: "MG00000000000000000000000000000002", numbers: ["+551140000002"] },
];

const defaultRegions = ["+1", "+55", "+54", "+56", "+57", "+595", "+598", "+351", "+34"];

/** Starts the stand-in for Twilio; it listens on this machine only. */
export async function startTwilioSandbox(options: TwilioSandboxOptions = {}): Promise<TwilioSandbox> {
  const numbers = options.numbers ?? defaultNumbers;
  const services = options.services ?? defaultServices;
  const account = openAccount(options, numbers, services);
  const messages = createMessageDesk(account);
  const calls = createCallDesk(account);
  const faults = createFaultyServer();
  if (options.inboundUrl) messages.receiveAt(options.inboundUrl);
  let lag = 0;
  const { requestsPerSecond } = options;
  const api = createTwilioApi({ account, messages, calls, faults, requestsPerSecond, listLagMs: () => lag });
  const server = await listenOnLoopback(api, options.port);
  const phones = new Map<string, Phone>();
  const phone = (asked: string): Phone => {
    const number = tidyNumber(asked);
    const known = phones.get(number) ?? createPhone({ account, messages, calls }, number);
    phones.set(number, known);
    return known;
  };
  return {
    ...view(account),
    url: server.url,
    numbers,
    services,
    phone,
    phones() {
      for (const { to, direction } of account.messages.values()) if (direction !== "inbound") phone(to);
      for (const { to } of account.calls.values()) phone(to);
      return [...phones.values()];
    },
    misbehave: {
      ...faults,
      ...account.orders,
      listLag: (ms) => {
        lag = ms;
      },
    },
    receiveTextsAt: messages.receiveAt,
    stop() {
      calls.stop();
      account.line.close();
      return server.stop();
    },
  };
}

type View = Pick<
  TwilioSandbox,
  | "accountSid"
  | "authToken"
  | "accepted"
  | "acceptedCalls"
  | "log"
  | "alerts"
  | "callbacks"
  | "post"
  | "redeliver"
  | "settled"
>;

function view(account: Account): View {
  return {
    accountSid: account.sid,
    authToken: account.authToken,
    accepted: () => [...account.messages.values()].filter(({ direction }) => direction === "outbound-api"),
    acceptedCalls: () => [...account.calls.values()],
    log: account.log,
    alerts: account.alerts,
    callbacks: account.line.sent,
    post: (url, fields) => postFields(account, url, fields),
    redeliver: (callback) =>
      account.line.post(callback, { retries: 0, delayMs: 0, readMs: 15_000, retryOn: () => false }),
    settled: account.line.settled,
  };
}

function openAccount(
  options: TwilioSandboxOptions,
  numbers: readonly OwnedNumber[],
  services: readonly MessagingService[],
): Account {
  const { lean = false, seed = 1, stepMs = [20, 60], secondMs = 1000 } = options;
  const chance = createChance(seed);
  const usual = { sms: "delivered", calls: "by-hand", heardAs: "human", ...options.phones } as const;
  return {
    sid: options.accountSid ?? "AC5a0db0c5a0db0c5a0db0c5a0db0c5a0d",
    authToken: options.authToken ?? "5e7c0f0e9a3b4d21b6c8a1d2e3f40517",
    now: options.now ?? (() => new Date()),
    numbers: new Map(numbers.map((owned) => [owned.number, owned])),
    services: new Map(services.map((service) => [service.sid, service])),
    landlines: new Set(options.landlines),
    regions: options.regions ?? defaultRegions,
    stopWords: options.stopWords ?? [],
    messages: new Map(),
    messagesTo: new Map(),
    calls: new Map(),
    habits: new Map([["*", usual]]),
    optedOut: new Set(),
    alerts: [],
    line: createCallbackLine({ publicUrls: options.publicUrls ?? {}, lean }),
    log: createEventLog(lean),
    orders: createCallbackOrders(chance),
    chance,
    stepMs,
    secondMs,
    segmentsPerSecond: options.segmentsPerSecond,
    callsPerSecond: options.callsPerSecond,
  };
}
