// A wire between a client and a store that can be cut: closed for a while, or cut after a request went through and
// before its answer came back.
import { once } from "node:events";
import net from "node:net";

/** A proxy on loopback in front of a store. */
export type StoreProxy = {
  readonly uri: string;
  /** Cuts all connections and refuses new ones until `open`. */
  close(): Promise<void>;
  open(): Promise<void>;
  /** Lets the next request that holds `text` through, swallows its answer and cuts the connection. */
  loseAnswerTo(text: string): void;
};

/** Starts a proxy to a store's connection string. */
export async function startStoreProxy(storeUri: string): Promise<StoreProxy> {
  const { host, database } = partsOf(storeUri);
  const sockets = new Set<net.Socket>();
  let swallow: string | null = null;
  let server = await listen(0);
  const { port } = server.address() as net.AddressInfo;

  async function listen(onPort: number): Promise<net.Server> {
    const created = net.createServer(forward).listen(onPort, "127.0.0.1");
    await once(created, "listening");
    return created;
  }
  function forward(client: net.Socket): void {
    const upstream = net.connect(host);
    let isSwallowing = false;
    client.on("data", (chunk) => {
      if (swallow !== null && chunk.includes(swallow)) [isSwallowing, swallow] = [true, null];
      upstream.write(chunk);
    });
    upstream.on("data", (chunk) => {
      if (isSwallowing) client.destroy();
      else client.write(chunk);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on("error", () => other.destroy());
      socket.on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  }

  return {
    uri: `mongodb://127.0.0.1:${port}/${database}?directConnection=true`,
    async close() {
      const closed = once(server, "close");
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    async open() {
      server = await listen(port);
    },
    loseAnswerTo(text) {
      swallow = text;
    },
  };
}

function partsOf(uri: string): { host: net.NetConnectOpts; database: string } {
  const [, authority = "", database = ""] = /^mongodb:\/\/([^/]+)\/([^?]+)/.exec(uri) ?? [];
  const address = decodeURIComponent(authority);
  if (address.startsWith("/")) return { host: { path: address }, database };
  const url = new URL(`tcp://${address}`);
  return { host: { host: url.hostname, port: Number(url.port) }, database };
}
