// The event webhook over the wire: forged, replayed, malformed and hostile posts.
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import {
  aContact,
  anIncidentOf,
  closeDeliveryStore,
  type DeliveryStage,
  noticed,
  openDeliveryStage,
} from "./delivery-stage.js";

let stage: DeliveryStage;
let hook: string;
beforeEach(async () => {
  stage = await openDeliveryStage();
  hook = `${stage.url}/webhooks/sendgrid/events`;
});
afterEach(() => stage.close());
afterAll(closeDeliveryStore);

const told = async () => {
  const { incident } = noticed(anIncidentOf(3));
  await stage.shows(incident);
  stage.people([aContact("a"), aContact("b")]);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  const [{ customArgs } = { customArgs: {} }] = stage.sendgrid.mailbox("a@aurora.example").messages();
  return { broadcasting, token: (customArgs as Record<string, string>)["b"] ?? "" };
};
const bounceOf = (token: string, r: string) =>
  JSON.stringify([{ event: "bounce", type: "bounce", email: "victim@else.example", b: token, r }]);

test("a signed post is taken, and taking it again changes nothing", async () => {
  const { broadcasting, token } = await told();
  expect((await stage.sendgrid.post(hook, bounceOf(token, "1"))).status).toBe(204);
  expect((await stage.sendgrid.post(hook, bounceOf(token, "1"))).status).toBe(204);
  for (const callback of [...stage.sendgrid.callbacks])
    expect((await stage.sendgrid.redeliver(callback)).status).toBe(204);
  await broadcasting.reconcile();
  expect((await broadcasting.delivery.underWay(1))[0]?.tally.email).toEqual({ sent: 1, failed: 1, dropped: 0 });
});

test("an event names a place of ours, and the address that it says is not believed", async () => {
  const { token } = await told();
  await stage.sendgrid.post(hook, bounceOf(token, "0"));
  await stage.sendgrid.post(hook, bounceOf(token, "999"));
  const list = await stage.suppressions.among("email", ["victim@else.example", "a@aurora.example"]);
  expect([...list.keys()]).toEqual(["a@aurora.example"]);
});

test("forged, unsigned, old and malformed posts are refused and change nothing", async () => {
  const { broadcasting, token } = await told();
  stage.sendgrid.misbehave.forgeNext(1);
  expect((await stage.sendgrid.post(hook, bounceOf(token, "0"))).status).toBe(403);
  const body = bounceOf(token, "0");
  expect((await fetch(hook, { method: "POST", body })).status).toBe(403);
  const old = Math.floor(Date.now() / 1000) - 25 * 3600;
  expect((await stage.sendgrid.post(hook, body, old)).status).toBe(403);
  expect((await stage.sendgrid.post(hook, '{"event":"bounce"}')).status).toBe(400);
  expect((await stage.sendgrid.post(hook, "[".repeat(10_000))).status).toBe(400);
  expect((await broadcasting.delivery.underWay(1))[0]?.tally.email).toEqual({ sent: 2, failed: 0, dropped: 0 });
});

test("a post that is longer than any of the vendor's is cut off", async () => {
  const answer = await fetch(hook, { method: "POST", body: Buffer.alloc(5 * 1024 * 1024, 32) }).catch(() => null);
  expect([413, undefined]).toContain(answer?.status);
});
