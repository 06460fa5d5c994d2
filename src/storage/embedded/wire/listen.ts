// The listening socket. A Unix socket is reachable by its owner only; where there are none, a random loopback port.
import { createServer, type Server, type Socket } from "node:net";
import { type Answer, type Connection, serveConnection } from "./connection.js";

/** Where the store listens. */
export type ListenAddress = { path: string } | { port: number };

/** A listening server. */
export interface Listener {
  address: ListenAddress;
  /** Stops accepting, lets running commands finish and closes the connections. */
  close(): Promise<void>;
}

/** Starts listening; a port of 0 picks a free one. */
export async function listen(address: ListenAddress, answer: Answer): Promise<Listener> {
  const connections = new Map<Socket, Connection>();
  let lastId = 0;
  const server = createServer((socket) => {
    lastId += 1;
    socket.setNoDelay(true);
    connections.set(socket, serveConnection(socket, lastId, answer));
    socket.on("close", () => connections.delete(socket));
  });
  const listening = await start(server, address);
  return {
    address: listening,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...connections.values()].map((connection) => connection.end()));
      await closed;
    },
  };
}

async function start(server: Server, address: ListenAddress): Promise<ListenAddress> {
  const ready = new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.once("listening", resolve);
  });
  if ("path" in address) listenPrivately(server, address.path);
  else server.listen({ host: "127.0.0.1", port: address.port });
  await ready;
  if ("path" in address) return address;
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("The store has no port");
  return { port: bound.port };
}

/** The socket file is made during the call, so the mask is only changed for that long. */
function listenPrivately(server: Server, path: string): void {
  const mask = process.umask(0o177);
  try {
    server.listen({ path });
  } finally {
    process.umask(mask);
  }
}
