// What can be made to go wrong on request, one call at a time.

/** One thing that goes wrong with one call. */
export type Fault =
  | { readonly kind: "rate-limit"; readonly retryAfterSeconds: number }
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  | { readonly kind: "slow"; readonly ms: number }
  | { readonly kind: "error"; readonly code: string }
  | { readonly kind: "status"; readonly status: number };

/** Asks for trouble; the method "*" stands for any. Each order applies to the next `times` calls (default 1). */
export interface Misbehaviour {
  rateLimitNext(method: string, retryAfterSeconds: number, times?: number): void;
  /** Closes the connection without an answer, before or after the call took effect. */
  dropConnection(method: string, when: "before" | "after", times?: number): void;
  slow(method: string, ms: number, times?: number): void;
  /** Answers with an error code of Slack's, or with an HTTP status such as 503. */
  failNext(method: string, error: string | number, times?: number): void;
  clear(): void;
}

/** Misbehaviour as the Web API sees it: `take` consumes the orders that apply to one call. */
export interface MisbehaviourOrders extends Misbehaviour {
  take(method: string): readonly Fault[];
}

/** Creates an empty list of orders. */
export function createMisbehaviour(): MisbehaviourOrders {
  let orders: { method: string; fault: Fault; left: number }[] = [];
  const order = (method: string, fault: Fault, times = 1): void => {
    orders.push({ method, fault, left: times });
  };
  return {
    rateLimitNext: (method, retryAfterSeconds, times) =>
      order(method, { kind: "rate-limit", retryAfterSeconds }, times),
    dropConnection: (method, when, times) => order(method, { kind: "drop", when }, times),
    slow: (method, ms, times) => order(method, { kind: "slow", ms }, times),
    failNext: (method, error, times) =>
      order(
        method,
        typeof error === "number" ? { kind: "status", status: error } : { kind: "error", code: error },
        times,
      ),
    clear: () => {
      orders = [];
    },
    take(method) {
      const matching = orders.filter((entry) => entry.method === method || entry.method === "*");
      // One order of each kind applies; a second order of the same kind waits for the next call.
      const applied = matching.filter((entry, index) => {
        return matching.findIndex((other) => other.fault.kind === entry.fault.kind) === index;
      });
      for (const entry of applied) entry.left -= 1;
      orders = orders.filter((entry) => entry.left > 0);
      return applied.map((entry) => entry.fault);
    },
  };
}
