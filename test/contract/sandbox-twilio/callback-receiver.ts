// A bot that only listens: records every post byte for byte and answers as told.
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A post that arrived. */
export interface Arrival {
  readonly path: string;
  /** Full address, as a signature covers it. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly raw: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** What to answer. */
export interface Reply {
  readonly status?: number;
  readonly type?: string;
  readonly body?: string;
}

/** The listening bot. */
export interface CallbackReceiver {
  readonly url: string;
  readonly arrivals: readonly Arrival[];
  at(path: string): Arrival[];
  /** Answers a path with a fixed reply or by asking a function; other paths get 204. */
  answer(path: string, reply: Reply | ((arrival: Arrival) => Reply)): void;
  waitFor(predicate: (arrivals: readonly Arrival[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the bot. */
export async function startCallbackReceiver(): Promise<CallbackReceiver> {
  const arrivals: Arrival[] = [];
  const replies = new Map<string, (arrival: Arrival) => Reply>();
  const watchers = new Set<() => void>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const path = request.url ?? "/";
      const fields = Object.fromEntries(new URLSearchParams(raw));
      const arrival = { path, url: `${url}${path}`, headers: request.headers, raw, fields };
      arrivals.push(arrival);
      const { status = 204, type = "text/xml", body = "" } = replies.get(path)?.(arrival) ?? {};
      response.writeHead(status, body ? { "content-type": type } : {});
      response.end(body);
      for (const watcher of [...watchers]) watcher();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    arrivals,
    at: (path) => arrivals.filter((arrival) => arrival.path === path),
    answer: (path, reply) => void replies.set(path, typeof reply === "function" ? reply : () => reply),
    waitFor: (predicate) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`Only these arrived: ${JSON.stringify(arrivals.map(({ path, raw }) => `${path} ${raw}`))}`));
        }, 3000);
        const look = (): void => {
          if (!predicate(arrivals)) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
