// What the stand-ins for SendGrid and Twilio can be told to do wrong: with the requests that they get, and with the callbacks that they send.
import type { IncomingMessage, ServerResponse } from "node:http";
import { pause } from "../slack/http-exchange.js";
import { type Chance, createChance } from "./chance.js";
import { answerProxyPage } from "./loopback-server.js";

/** Shares, from 0 to 1, of requests that go wrong by chance; the seed repeats the same run. */
export interface FaultPlan {
  readonly seed: number;
  /** Connection closed without an answer, nothing done. */
  readonly dropBefore?: number;
  /** Connection closed without an answer after the request was carried out. */
  readonly dropAfter?: number;
  readonly tooMany?: number;
  /** 503, nothing done. */
  readonly serverError?: number;
}

/**
 * Asks for trouble. The orders for the next requests count only requests that would create something (a message, a
 * call, a mail), so that a look-up in between does not use one up; `slow` and `plan` apply to every request.
 */
export interface Misbehaviour {
  dropBeforeAccept(times: number): void;
  dropAfterAccept(times: number): void;
  rateLimitNext(times: number, retryAfterSeconds?: number): void;
  /** Answers with a status, 503 unless told, before or after the request took effect. */
  failNext(times: number, status?: number, when?: "before" | "after"): void;
  /** Waits before every answer, until told 0. */
  slow(ms: number): void;
  /** Lets chance decide from now on; undefined ends it. */
  plan(plan: FaultPlan | undefined): void;
  clear(): void;
}

type Fault =
  | { readonly kind: "drop" | "fail"; readonly when: "before" | "after"; readonly status: number }
  | { readonly kind: "too-many"; readonly retryAfterSeconds: number };

/** One request as the misbehaviour sees it. */
export interface FaultyRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly creates: boolean;
  /** Carries the request out and answers how to send the reply. */
  readonly perform: () => () => void;
  /** Answers that there were too many requests, in the vendor's words. */
  readonly tooMany: (retryAfterSeconds: number) => void;
}

/** Misbehaviour as the server sees it. */
export interface FaultyServer extends Misbehaviour {
  /** Carries a request out, or does wrong what was ordered. */
  serve(faulty: FaultyRequest): Promise<void>;
}

const unavailable = 503;

/** Creates a server side that does nothing wrong until told. */
export function createFaultyServer(): FaultyServer {
  let orders: Fault[] = [];
  let slowMs = 0;
  let planned: { plan: FaultPlan; chance: Chance } | undefined;
  const order = (times: number, fault: Fault): void => {
    for (let index = 0; index < times; index += 1) orders.push(fault);
  };
  return {
    dropBeforeAccept: (times) => order(times, { kind: "drop", when: "before", status: 0 }),
    dropAfterAccept: (times) => order(times, { kind: "drop", when: "after", status: 0 }),
    rateLimitNext: (times, retryAfterSeconds = 1) => order(times, { kind: "too-many", retryAfterSeconds }),
    failNext: (times, status = unavailable, when = "before") => order(times, { kind: "fail", when, status }),
    slow: (ms) => {
      slowMs = ms;
    },
    plan: (plan) => {
      planned = plan && { plan, chance: createChance(plan.seed) };
    },
    clear: () => {
      orders = [];
      slowMs = 0;
      planned = undefined;
    },
    async serve(faulty) {
      const ordered = faulty.creates ? orders.shift() : undefined;
      const fault = ordered ?? (planned && faultByChance(planned.plan, planned.chance()));
      if (slowMs > 0) await pause(slowMs);
      serveWith(fault, faulty);
    },
  };
}

function serveWith(fault: Fault | undefined, faulty: FaultyRequest): void {
  if (fault?.kind === "too-many") faulty.tooMany(fault.retryAfterSeconds);
  else if (fault?.when === "before") breakOff(fault, faulty);
  else {
    const reply = faulty.perform();
    if (fault) breakOff(fault, faulty);
    else reply();
  }
}

function breakOff(fault: Fault & { kind: "drop" | "fail" }, { request, response }: FaultyRequest): void {
  if (fault.kind === "drop") request.socket.destroy();
  else answerProxyPage(response, fault.status, "Service Unavailable");
}

function faultByChance(plan: FaultPlan, drawn: number): Fault | undefined {
  const { dropBefore = 0, dropAfter = 0, tooMany = 0, serverError = 0 } = plan;
  if (drawn < dropBefore) return { kind: "drop", when: "before", status: 0 };
  if (drawn < dropBefore + dropAfter) return { kind: "drop", when: "after", status: 0 };
  if (drawn < dropBefore + dropAfter + tooMany) return { kind: "too-many", retryAfterSeconds: 1 };
  const failed = drawn < dropBefore + dropAfter + tooMany + serverError;
  return failed ? { kind: "fail", when: "before", status: unavailable } : undefined;
}

/** What can go wrong with the callbacks that a stand-in sends. */
export interface CallbackMisbehaviour {
  /** Sends none, or loses this share of them (0 to 1). */
  withholdCallbacks(share: boolean | number): void;
  /** Sends each one twice. */
  duplicateCallbacks(on: boolean): void;
  /** Keeps what belongs together until the end and sends the newest first. */
  reorderCallbacks(on: boolean): void;
  /** Signs the next ones with a wrong key. */
  forgeNext(times: number): void;
}

/** The orders about callbacks as the sender sees them. */
export interface CallbackOrders extends CallbackMisbehaviour {
  readonly reordering: boolean;
  /** Says how often to send the next callback: not at all, once or twice. */
  copies(): 0 | 1 | 2;
  /** Says whether the next one is forged, and counts it. */
  takeForgery(): boolean;
}

/** Creates callback orders that change nothing until told. */
export function createCallbackOrders(chance: Chance): CallbackOrders {
  let lost = 0;
  let twice = false;
  let reordering = false;
  let forgeries = 0;
  return {
    withholdCallbacks: (share) => {
      lost = Number(share);
    },
    duplicateCallbacks: (on) => {
      twice = on;
    },
    reorderCallbacks: (on) => {
      reordering = on;
    },
    forgeNext: (times) => {
      forgeries += times;
    },
    get reordering() {
      return reordering;
    },
    copies() {
      if (lost > 0 && chance() < lost) return 0;
      return twice ? 2 : 1;
    },
    takeForgery() {
      if (forgeries === 0) return false;
      forgeries -= 1;
      return true;
    },
  };
}
