// Loaded before every test file: a socket, a datagram or a name that leaves this machine fails the test that used it.
import dgram from "node:dgram";
import dns from "node:dns";
import { syncBuiltinESMExports } from "node:module";
import net from "node:net";
import { afterEach } from "vitest";

/** Destinations outside this machine that the running test tried to reach; kept once for each process. */
const shared = globalThis as { outsideAttempts?: string[] };
const isFirstFile = shared.outsideAttempts === undefined;
shared.outsideAttempts ??= [];
const attempts = shared.outsideAttempts;

/** Hands over and forgets the attempts so far; a test that provokes one takes them so that it does not fail. */
export function takeOutsideAttempts(): string[] {
  return attempts.splice(0);
}

/** Says whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, "");
  if (net.isIPv4(name)) return name.startsWith("127.") || name === "0.0.0.0";
  if (net.isIPv6(name)) return name === "::1" || name === "::" || /^::ffff:(127\.|7f)/.test(name);
  return name === "localhost" || name.endsWith(".localhost");
}

function refuse(destination: string): Error {
  attempts.push(destination);
  return Object.assign(new Error(`Tests may not leave this machine: ${destination}`), { code: "EOUTSIDE" });
}

/** The host that the arguments of Socket.connect mean, or undefined for a Unix socket. */
function hostOf(args: unknown[]): string | undefined {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]; // net.connect hands over its arguments normalised in an array
  if (typeof first === "object" && first !== null) {
    const { host, path } = first as { host?: string | null; path?: string | null };
    return path ? undefined : (host ?? "localhost");
  }
  if (typeof first === "string" && Number.isNaN(Number(first))) return undefined;
  return typeof args[1] === "string" ? args[1] : "localhost";
}

function guardSockets(): void {
  const connect = net.Socket.prototype.connect as (this: net.Socket, ...args: unknown[]) => net.Socket;
  net.Socket.prototype.connect = function guarded(this: net.Socket, ...args: unknown[]): net.Socket {
    const host = hostOf(args);
    if (host === undefined || isLoopback(host)) return connect.apply(this, args);
    // Failing in the look-up gives the socket the life that it has when a name does not exist.
    const refusal = refuse(host);
    const lookup = (_host: string, _options: unknown, answer: (error: Error) => void) => answer(refusal);
    return connect.call(this, { host: "refused.invalid", port: 1, lookup });
  } as typeof net.Socket.prototype.connect;
}

function guardDatagrams(): void {
  const send = dgram.Socket.prototype.send as (this: dgram.Socket, ...args: unknown[]) => void;
  dgram.Socket.prototype.send = function guarded(this: dgram.Socket, ...args: unknown[]): void {
    const host = args.slice(1).find((value) => typeof value === "string");
    if (host !== undefined && !isLoopback(host)) throw refuse(host);
    send.apply(this, args);
  } as typeof dgram.Socket.prototype.send;
}

type Ask = (host: string, ...rest: unknown[]) => unknown;

function guardNames(): void {
  for (const name of ["lookup", "resolve", "resolve4", "resolve6", "resolveSrv", "resolveTxt", "resolveMx"] as const) {
    const ask = dns[name] as Ask;
    const guarded: Ask = (host, ...rest) => {
      if (!host || isLoopback(host) || net.isIP(host)) return ask.call(dns, host, ...rest);
      const answer = rest.at(-1) as (error: Error) => void;
      process.nextTick(answer, refuse(host));
      return undefined;
    };
    Object.assign(dns, { [name]: guarded });
    const promise = dns.promises[name] as Ask;
    const guardedPromise: Ask = (host, ...rest) =>
      !host || isLoopback(host) || net.isIP(host)
        ? promise.call(dns.promises, host, ...rest)
        : Promise.reject(refuse(host));
    Object.assign(dns.promises, { [name]: guardedPromise });
  }
}

if (isFirstFile) {
  guardSockets();
  guardDatagrams();
  guardNames();
  syncBuiltinESMExports();
}

afterEach(() => {
  const reached = takeOutsideAttempts();
  if (reached.length > 0) throw new Error(`The test tried to reach ${reached.join(", ")}.`);
});
