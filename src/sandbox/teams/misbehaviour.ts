// What can be made to go wrong on request, one call at a time.

/** What the bot can ask of the stand-in. */
export type Operation =
  | "create"
  | "send"
  | "update"
  | "delete"
  | "members"
  | "member"
  | "team"
  | "channels"
  | "token"
  | "metadata"
  | "keys";

/** Narrows an order to some operations; the default is every v3 operation, which leaves token, metadata and keys alone. */
export interface Narrowed {
  readonly on?: Operation;
}

/** Asks for trouble in the next calls. Orders of one kind are carried out in the order given. */
export interface TeamsMisbehaviour {
  /** Answers 429; without seconds, and that is usual in Teams, it does not say when to come back. */
  rateLimitNext(times: number, retryAfterSeconds?: number, narrowed?: Narrowed): void;
  /** Answers with a status, with the connector's error code `code` (default ServiceError), and does nothing. */
  failNext(times: number, status: number, narrowed?: Narrowed & { readonly code?: string }): void;
  /** Cuts the line before the call takes effect. */
  dropBefore(times?: number, narrowed?: Narrowed): void;
  /** Cuts the line after the call took effect. */
  dropAfter(times?: number, narrowed?: Narrowed): void;
  /** Answers each call so much later, until it is called with 0. */
  slow(ms: number, narrowed?: Narrowed): void;
  clear(): void;
}

/** What goes wrong with one call. */
export interface Trouble {
  readonly drop?: "before" | "after";
  readonly status?: { readonly status: number; readonly code: string; readonly retryAfterSeconds?: number };
  readonly delayMs: number;
}

/** Misbehaviour as the routes see it: `take` consumes the orders that apply to one call. */
export interface MisbehaviourOrders extends TeamsMisbehaviour {
  take(operation: Operation): Trouble;
}

interface Order {
  readonly on: Operation | undefined;
  readonly trouble: Omit<Trouble, "delayMs">;
  left: number;
}

const outsideV3: ReadonlySet<Operation> = new Set(["token", "metadata", "keys"]);

/** Creates an empty list of orders. */
export function createMisbehaviour(): MisbehaviourOrders {
  let orders: Order[] = [];
  let slowness: { ms: number; on: Operation | undefined } = { ms: 0, on: undefined };
  const order = (times: number, { on }: Narrowed, trouble: Order["trouble"]): void => {
    orders.push({ on, trouble, left: times });
  };
  const meant = (on: Operation | undefined, operation: Operation): boolean =>
    on === undefined ? !outsideV3.has(operation) : on === operation;
  return {
    rateLimitNext: (times, retryAfterSeconds, narrowed = {}) =>
      order(times, narrowed, {
        status: { status: 429, code: "Throttled", ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
      }),
    failNext: (times, status, narrowed = {}) =>
      order(times, narrowed, { status: { status, code: narrowed.code ?? "ServiceError" } }),
    dropBefore: (times = 1, narrowed = {}) => order(times, narrowed, { drop: "before" }),
    dropAfter: (times = 1, narrowed = {}) => order(times, narrowed, { drop: "after" }),
    slow: (ms, { on } = {}) => {
      slowness = { ms, on };
    },
    clear: () => {
      orders = [];
      slowness = { ms: 0, on: undefined };
    },
    take(operation) {
      const delayMs = meant(slowness.on, operation) ? slowness.ms : 0;
      const next = orders.find(({ on }) => meant(on, operation));
      if (next === undefined) return { delayMs };
      next.left -= 1;
      orders = orders.filter(({ left }) => left > 0);
      return { ...next.trouble, delayMs };
    },
  };
}
