import { connect } from "node:net";
import { Registry } from "prom-client";
import { afterEach, describe, expect, test } from "vitest";
import { createListener, type Listener, type Route } from "../../../src/http/listener.js";
import { operationRoutes, type Readiness } from "../../../src/http/operation-routes.js";

let listener: Listener;
const failures: unknown[] = [];
afterEach(() => listener.stop(200));

async function serve(routes: readonly Route[]): Promise<{ url: string; port: number }> {
  failures.length = 0;
  listener = createListener({ routes, onError: ({ err }) => failures.push(err) });
  return listener.start({ host: "127.0.0.1", port: 0 });
}

const hello: Route = { method: "GET", path: "/hello", handle: (_, response) => void response.end("oi") };

describe("the listener", () => {
  test("serves a path whatever its query, and its head", async () => {
    const { url } = await serve([hello]);
    expect(await (await fetch(`${url}/hello?x=1`)).text()).toBe("oi");
    expect((await fetch(`${url}/hello`, { method: "HEAD" })).status).toBe(200);
  });

  test("answers an unknown path and a wrong method in JSON", async () => {
    const { url } = await serve([hello]);
    const unknown = await fetch(`${url}/etc/passwd`);
    expect([unknown.status, await unknown.json()]).toEqual([404, { error: "not-found" }]);
    const wrong = await fetch(`${url}/hello`, { method: "DELETE" });
    expect([wrong.status, wrong.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("protects browsers, and spares machines the headers", async () => {
    const { url } = await serve([hello, { ...hello, path: "/machine", machine: true }]);
    const page = await fetch(`${url}/hello`);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(page.headers.get("x-powered-by")).toBeNull();
    expect((await fetch(`${url}/machine`)).headers.get("content-security-policy")).toBeNull();
  });

  test("tells nothing of a mistake but that there was one", async () => {
    const broken: Route = { method: "GET", path: "/broken", handle: () => Promise.reject(new Error("secret detail")) };
    const thrown: Route = {
      method: "GET",
      path: "/thrown",
      handle: () => {
        throw new Error("secret detail");
      },
    };
    const { url } = await serve([broken, thrown]);
    for (const path of ["/broken", "/thrown"]) {
      const answer = await fetch(url + path);
      expect([answer.status, await answer.text()]).toEqual([500, '{"error":"internal"}']);
    }
    expect(failures).toHaveLength(2);
  });

  test("refuses what is no HTTP and lives on", async () => {
    const { url, port } = await serve([hello]);
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.write("\u0000\u0001 nonsense\r\n\r\n"));
      socket.on("data", (data) => resolve(data.toString()));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect((await fetch(`${url}/hello`)).status).toBe(200);
  });

  test("does not serve one path twice", () => {
    expect(() => createListener({ routes: [hello, hello], onError: () => {} })).toThrow(/served twice/);
    listener = createListener({ routes: [], onError: () => {} });
  });

  test("says why it cannot listen", async () => {
    const { port } = await serve([hello]);
    const second = createListener({ routes: [], onError: () => {} });
    await expect(second.start({ host: "127.0.0.1", port })).rejects.toThrow(/EADDRINUSE/);
  });
});

describe("stopping", () => {
  const slow = (): { route: Route; arrived: Promise<void>; finish: () => void } => {
    let finish = (): void => {};
    let arrive = (): void => {};
    const arrived = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const handle: Route["handle"] = async (_, response) => {
      arrive();
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      response.end("done");
    };
    return { route: { method: "GET", path: "/slow", handle }, arrived, finish: () => finish() };
  };

  test("lets a running request end", async () => {
    const work = slow();
    const { url } = await serve([work.route]);
    const answer = fetch(`${url}/slow`);
    await work.arrived;
    const stopped = listener.stop(5000);
    work.finish();
    expect(await (await answer).text()).toBe("done");
    await stopped;
    await expect(fetch(`${url}/slow`)).rejects.toThrow();
  });

  test("cuts a request that does not end within the bound", async () => {
    const work = slow();
    const { url } = await serve([work.route]);
    const answer = fetch(`${url}/slow`).catch(() => "cut");
    await work.arrived;
    await listener.stop(50);
    expect(await answer).toBe("cut");
    work.finish();
  });
});

describe("what operators ask", () => {
  const withReadiness = (readiness: Readiness) =>
    serve(operationRoutes({ readiness: () => readiness, metrics: new Registry() }));

  test("alive is alive even when not ready", async () => {
    const { url } = await withReadiness({ ready: false, checks: { slack: "slack_auth" } });
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    const ready = await fetch(`${url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([503, { ready: false, checks: { slack: "slack_auth" } }]);
  });

  test("ready says so", async () => {
    const { url } = await withReadiness({ ready: true, checks: { store: "ok" } });
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
  });

  test("metrics come in the exposition format", async () => {
    const { url } = await withReadiness({ ready: true, checks: {} });
    const answer = await fetch(`${url}/metrics`);
    expect([answer.status, answer.headers.get("content-type")]).toEqual([200, expect.stringContaining("text/plain")]);
  });
});
