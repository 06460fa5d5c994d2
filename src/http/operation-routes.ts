// What operators and their tools ask: is it alive, is it ready, how is it doing.
import type { Route } from "./listener.js";
import { sendJson } from "./send-json.js";

/** Whether the process can do its work; each check says "ok" or what is wrong. */
export type Readiness = { readonly ready: boolean; readonly checks: Readonly<Record<string, string>> };

/** A registry of metrics in the exposition format. */
export type Metrics = { readonly contentType: string; metrics(): Promise<string> };

/** GET /healthz, /readyz and /metrics. */
export function operationRoutes(options: {
  readonly readiness: () => Readiness | Promise<Readiness>;
  readonly metrics: Metrics;
}): readonly Route[] {
  return [
    { method: "GET", path: "/healthz", handle: (_, response) => sendJson(response, 200, { status: "ok" }) },
    {
      method: "GET",
      path: "/readyz",
      async handle(_, response) {
        const { ready, checks } = await options.readiness();
        sendJson(response, ready ? 200 : 503, { ready, checks });
      },
    },
    {
      method: "GET",
      path: "/metrics",
      async handle(_, response) {
        const text = await options.metrics.metrics();
        response.setHeader("content-type", options.metrics.contentType);
        response.setHeader("cache-control", "no-store");
        response.end(text);
      },
    },
  ];
}
