// Shows that a test cannot leave this machine by any of the ways that the product's libraries use.
import dgram from "node:dgram";
import { lookup } from "node:dns/promises";
import { once } from "node:events";
import http from "node:http";
import https from "node:https";
import net, { type AddressInfo } from "node:net";
import tls from "node:tls";
import { expect, test } from "vitest";
import { isLoopback, takeOutsideAttempts } from "../../support/no-outside-network.js";

const failure = async (emitter: NodeJS.EventEmitter) => String((await once(emitter, "error"))[0]);

test.each([
  ["a plain socket", "192.0.2.1", () => failure(net.connect(443, "192.0.2.1"))],
  ["a plain socket with options", "192.0.2.1", () => failure(net.connect({ port: 443, host: "192.0.2.1" }))],
  ["a TLS socket", "slack.example", () => failure(tls.connect({ port: 443, host: "slack.example" }))],
  ["an HTTP request", "twilio.example", () => failure(http.get("http://twilio.example/"))],
  ["an HTTPS request", "sendgrid.example", () => failure(https.get("https://sendgrid.example/"))],
  ["fetch", "slack.example", () => fetch("https://slack.example/api").catch((error: Error) => String(error.cause))],
  ["a name look-up", "mongo.example", () => lookup("mongo.example").catch(String)],
])("%s to another machine is refused and noted", async (_, host, reach) => {
  expect(await reach()).toContain(`Tests may not leave this machine: ${host}`);
  expect(takeOutsideAttempts()).toEqual([host]);
});

test("a datagram to another machine is refused and noted", () => {
  const socket = dgram.createSocket("udp4");
  expect(() => socket.send("x", 53, "192.0.2.1")).toThrow("Tests may not leave this machine");
  expect(takeOutsideAttempts()).toEqual(["192.0.2.1"]);
  socket.close();
});

test("a server on this machine is reached", async () => {
  const server = http.createServer((_request, response) => response.end("here"));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("here");
  expect(await (await fetch(`http://localhost:${port}/`)).text()).toBe("here");
  server.closeAllConnections();
  server.close();
  expect(takeOutsideAttempts()).toEqual([]);
});

test.each([
  ["127.0.0.1", true],
  ["127.8.8.8", true],
  ["::1", true],
  ["[::1]", true],
  ["::ffff:127.0.0.1", true],
  ["localhost", true],
  ["Widget.LOCALHOST", true],
  ["128.0.0.1", false],
  ["::2", false],
  ["127.example.com", false],
  ["localhost.example.com", false],
  ["10.0.0.1", false],
])("%s counts as this machine: %s", (host, expected) => {
  expect(isLoopback(host)).toBe(expected);
});

test("the tests run in a zone with daylight saving time unless told otherwise", () => {
  expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(process.env["TEST_TZ"] ?? "America/New_York");
});
