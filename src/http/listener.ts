// The one HTTP listener of the process. Vendors' paths go straight to their door; everything else gets the headers
// that browsers need.
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import helmet from "helmet";
import { sendJson } from "./send-json.js";

/** One path and method; a path such as `/t/:token` ends in one segment that may be anything. */
export type Route = {
  readonly method: "GET" | "POST";
  readonly path: string;
  /** May answer later; what it throws or rejects becomes a 500 without details. `segment` is the open one, or empty. */
  readonly handle: (request: IncomingMessage, response: ServerResponse, segment: string) => void | Promise<void>;
  /** Called by another machine, which has no use for a browser's headers. */
  readonly machine?: boolean;
};

/** The running listener. */
export type Listener = {
  /** Starts to listen and tells where; port 0 takes a free one. */
  start(where: {
    readonly host: string;
    readonly port: number;
  }): Promise<{ readonly url: string; readonly port: number }>;
  /** Takes no new connections, waits for running requests for at most `boundMs`, then cuts them. */
  stop(boundMs: number): Promise<void>;
};

/** What the listener serves. */
export type ListenerOptions = {
  readonly routes: readonly Route[];
  /** Our own code failed while answering. */
  readonly onError: (fact: { readonly path: string; readonly err: unknown }) => void;
};

// Slow senders are cut off: no client of ours needs seconds to send a header or a body of a megabyte.
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 20_000, connectionsCheckingInterval: 5000 } as const;
/** Longer than the 60 s that load balancers keep an idle connection, so that they close first. */
const KEEP_ALIVE_MS = 65_000;

/** Creates the listener. */
export function createListener(options: ListenerOptions): Listener {
  const table = routeTable(options.routes);
  const browserHeaders = helmet();
  let stopping = false;

  const listener: RequestListener = (request, response) => {
    const path = pathOf(request.url);
    if (stopping) response.setHeader("connection", "close");
    const { methods, segment } = table.find(path);
    const route = methods?.get(request.method === "HEAD" ? "GET" : (request.method ?? ""));
    if (route?.machine) return run(route, request, response, segment);
    browserHeaders(request, response, () => {
      if (route !== undefined) return run(route, request, response, segment);
      if (methods === undefined) return sendJson(response, 404, { error: "not-found" });
      response.setHeader("allow", [...methods.keys()].join(", "));
      sendJson(response, 405, { error: "method-not-allowed" });
    });
  };

  function run(route: Route, request: IncomingMessage, response: ServerResponse, segment: string): void {
    Promise.resolve()
      .then(() => route.handle(request, response, segment))
      .catch((err: unknown) => {
        options.onError({ path: route.path, err });
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: "internal" });
      });
  }

  const server = createServer({ ...TIMEOUTS, keepAliveTimeout: KEEP_ALIVE_MS }, listener);
  return {
    start: ({ host, port }) => listen(server, host, port),
    stop(boundMs) {
      stopping = true;
      return close(server, boundMs);
    },
  };
}

type Methods = ReadonlyMap<string, Route>;
type RouteTable = { find(path: string): { readonly methods: Methods | undefined; readonly segment: string } };

function routeTable(routes: readonly Route[]): RouteTable {
  const table = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const path = route.path.replace(OPEN_SEGMENT, "/:");
    const methods = table.get(path) ?? new Map<string, Route>();
    if (methods.has(route.method)) throw new Error(`${route.method} ${route.path} is served twice.`);
    table.set(path, methods.set(route.method, route));
  }
  return {
    find(path) {
      const exact = path.endsWith("/:") ? undefined : table.get(path);
      const cut = path.lastIndexOf("/") + 1;
      const segment = path.slice(cut);
      if (exact !== undefined || segment === "") return { methods: exact, segment: "" };
      return { methods: table.get(`${path.slice(0, cut)}:`), segment };
    },
  };
}

const OPEN_SEGMENT = /\/:\w+$/;

/** The path of a request target, without its query; an absolute target is what proxies send. */
function pathOf(target: string | undefined): string {
  const text = target ?? "/";
  const path = text.startsWith("/") ? text : URL.canParse(text) ? new URL(text).pathname : text;
  return path.split("?", 1)[0] ?? "/";
}

function listen(server: Server, host: string, port: number): Promise<{ url: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.removeListener("error", reject);
      const bound = (server.address() as AddressInfo).port;
      resolve({ url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`, port: bound });
    });
  });
}

function close(server: Server, boundMs: number): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), boundMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
