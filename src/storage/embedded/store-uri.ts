// Connection strings of the embedded store.
import type { ListenAddress } from "./wire/listen.js";

const DEFAULT_DATABASE = "plantao";

/** The connection string for an address, with the product's database. */
export function storeUri(address: ListenAddress): string {
  const host = "path" in address ? encodeURIComponent(address.path) : `127.0.0.1:${address.port}`;
  return `mongodb://${host}/${DEFAULT_DATABASE}`;
}

/** The connection string of another database in the same store. */
export function storeUriForDatabase(uri: string, database: string): string {
  return `${uri.slice(0, uri.lastIndexOf("/"))}/${encodeURIComponent(database)}`;
}

/** The socket file of a connection string; undefined where the store listens on a port. */
export function socketPathOf(uri: string): string | undefined {
  const host = decodeURIComponent(uri.slice("mongodb://".length, uri.lastIndexOf("/")));
  return host.endsWith(".sock") ? host : undefined;
}
