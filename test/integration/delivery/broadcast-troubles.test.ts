import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { Broadcasting } from "../../../src/delivery/broadcast/create-broadcasting.js";
import {
  aContact,
  anIncidentOf,
  closeDeliveryStore,
  type DeliveryStage,
  mobile,
  noticed,
  openDeliveryStage,
} from "./delivery-stage.js";

let stage: DeliveryStage;
beforeEach(async () => {
  stage = await openDeliveryStage();
});
afterEach(() => stage.close());
afterAll(closeDeliveryStore);

const progressOf = async (broadcasting: Broadcasting) => (await broadcasting.delivery.underWay(10))[0];
const sentTo = (address: string) => stage.sendgrid.copiesFor(address);
const textsTo = (nth: number) => stage.twilio.accepted().filter(({ to }) => to === mobile(nth));
/** Lets every wait of the delivery pass, as often as it has one. */
const passing = async (broadcasting: Broadcasting, times: number, ms = 31 * 60_000) => {
  for (let round = 0; round < times; round += 1) {
    stage.time.skip(ms);
    await broadcasting.reconcile();
    await broadcasting.deliverBatch();
    await Promise.all([stage.sendgrid.settled(), stage.twilio.settled()]);
  }
};

test("SMS whose answers were lost after they were taken are found in the provider's list and not sent again", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([1, 2, 3].map((nth) => aContact(`p${nth}`, { email: null, phone: mobile(nth) })));
  stage.twilio.misbehave.withholdCallbacks(true);
  stage.twilio.misbehave.dropAfterAccept(3);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 3 });
  await broadcasting.reconcile();
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 3 });
  await passing(broadcasting, 1, 60_000);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { sms: { sent: 3 } } });
  expect([1, 2, 3].map((nth) => textsTo(nth).length)).toEqual([1, 1, 1]);
});

test("a status callback alone proves that an SMS was taken", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { email: null, phone: mobile(1) })]);
  stage.twilio.misbehave.dropAfterAccept(1);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { sms: { sent: 1 } } });
});

test("SMS that never arrived at the provider are sent again after the grace, once", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([1, 2].map((nth) => aContact(`p${nth}`, { email: null, phone: mobile(nth) })));
  stage.twilio.misbehave.dropBeforeAccept(2);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(stage.twilio.accepted()).toEqual([]);
  await passing(broadcasting, 1, 60_000);
  expect([1, 2].map((nth) => textsTo(nth).length)).toEqual([1, 1]);
});

test("while the provider's list cannot be read nothing is sent again", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { email: null, phone: mobile(1) })]);
  stage.twilio.misbehave.withholdCallbacks(true);
  stage.twilio.misbehave.dropAfterAccept(1);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  stage.twilio.misbehave.plan({ seed: 1, serverError: 1 });
  await passing(broadcasting, 3, 60_000);
  stage.twilio.misbehave.plan(undefined);
  await passing(broadcasting, 1, 60_000);
  expect(textsTo(1)).toHaveLength(1);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { sms: { sent: 1 } } });
});

test("one event proves a request of e-mail whose answer was lost", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a"), aContact("b")]);
  stage.sendgrid.misbehave.dropAfterAccept(1);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { email: { sent: 2 } } });
  await passing(broadcasting, 2);
  expect([sentTo("a@aurora.example"), sentTo("b@aurora.example")]).toEqual([1, 1]);
});

test("a request of e-mail without any event is sent again after two minutes under the same name", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a")]);
  stage.sendgrid.misbehave.failNext(1, 503, "before");
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  await passing(broadcasting, 1, 119_000);
  expect(sentTo("a@aurora.example")).toBe(0);
  await passing(broadcasting, 1, 2_000);
  expect(sentTo("a@aurora.example")).toBe(1);
});

test("rows in the hands of a sender that died are looked at once its lease has run out", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) })]);
  const dead = stage.delivery({ paces: { waitAtGateMs: 0 } });
  stage.sendgrid.misbehave.rateLimitNext(1);
  stage.twilio.misbehave.rateLimitNext(1);
  await stage.sends(dead, incident);
  const [open] = await stage.outbox.open();
  const now = new Date(stage.time.now().getTime() + 5_000);
  const lease = { plan: open?.plan ?? "", now, leaseUntil: new Date(now.getTime() + 60_000), limit: 9 };
  expect(await stage.outbox.claimMails(lease)).toHaveLength(1);
  expect(await stage.outbox.claimTexts(lease)).toHaveLength(1);
  const heir = stage.delivery();
  await passing(heir, 1, 50_000);
  expect([sentTo("a@aurora.example"), textsTo(1).length]).toEqual([0, 0]);
  await passing(heir, 1, 20_000);
  expect([sentTo("a@aurora.example"), textsTo(1).length]).toEqual([1, 1]);
});

test("too many requests close the line for as long as the provider says, and count for nobody", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people(Array.from({ length: 30 }, (_, nth) => aContact(`p${nth}`, { phone: mobile(nth) })));
  stage.sendgrid.misbehave.rateLimitNext(7, 1);
  stage.twilio.misbehave.rateLimitNext(60, 1);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  await passing(broadcasting, 12, 5_000);
  expect(await progressOf(broadcasting)).toMatchObject({
    waiting: 0,
    tally: { email: { sent: 30, failed: 0 }, sms: { sent: 30, failed: 0 } },
  });
  expect(stage.sendgrid.duplicates()).toEqual([]);
});

test("a refused account raises one alarm, holds everything, and goes on when it works again", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) }), aContact("b", { phone: mobile(2) })]);
  stage.sendgrid.misbehave.failNext(3, 401);
  stage.twilio.misbehave.failNext(5, 403);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 4, tally: { email: { failed: 0 } } });
  await passing(broadcasting, 6, 61_000);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { email: { sent: 2 }, sms: { sent: 2 } } });
  const alarms = stage.logged.filter(({ level }) => level === "error");
  expect(alarms.map(({ fields }) => (fields as { channel: string }).channel).sort()).toEqual(["email", "sms"]);
  expect(JSON.stringify(stage.logged)).not.toMatch(/aurora\.example|\+55/);
});

test("a provider that cannot be reached is asked again five times, then the recipient has failed", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { email: null, phone: mobile(1) })]);
  const broadcasting = stage.delivery();
  await stage.twilio.stop();
  await broadcasting.delivery.begin(incident.notices[0] as never, { incident } as never);
  await broadcasting.deliverBatch();
  for (let tries = 1; tries <= 5; tries += 1) {
    expect(await progressOf(broadcasting)).toMatchObject({ waiting: 1 });
    stage.time.skip(31 * 60_000);
    await broadcasting.deliverBatch();
  }
  await broadcasting.reconcile();
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { sms: { failed: 1 } } });
});

test("an e-mail that bounces becomes an SMS and is never written to again", async () => {
  const { incident } = noticed(anIncidentOf(2));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) }), aContact("b", { phone: mobile(2) }), aContact("c")]);
  stage.sendgrid.outcome("a@aurora.example", { bounces: "550 no such user" });
  stage.sendgrid.outcome("c@aurora.example", "complains");
  stage.sendgrid.misbehave.duplicateCallbacks(true);
  stage.sendgrid.misbehave.reorderCallbacks(true);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 2, tally: { email: { sent: 1, failed: 2 } } });
  await passing(broadcasting, 1, 0);
  expect([1, 2].map((nth) => textsTo(nth).length)).toEqual([1, 0]);
  expect(await progressOf(broadcasting)).toMatchObject({
    waiting: 0,
    tally: { email: { sent: 1, failed: 2 }, sms: { sent: 1 } },
  });
  const list = await stage.suppressions.among("email", ["a@aurora.example", "b@aurora.example", "c@aurora.example"]);
  expect(Object.fromEntries(list)).toEqual({ "a@aurora.example": "bounced", "c@aurora.example": "spam_report" });
});

test("an SMS that the carrier cannot deliver has failed, in whatever order its statuses arrive", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) })]);
  stage.twilio.phone(mobile(1)).behaves({ sms: { undelivered: 30003 } });
  stage.twilio.misbehave.reorderCallbacks(true);
  stage.twilio.misbehave.duplicateCallbacks(true);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  await passing(broadcasting, 1, 0);
  expect(await progressOf(broadcasting)).toMatchObject({
    waiting: 0,
    tally: { email: { sent: 1 }, sms: { sent: 0, failed: 1 } },
  });
  const [open] = await stage.outbox.open();
  expect((await stage.outbox.progress(open?.plan ?? "")).codes).toEqual({ twilio_30003: 1 });
});

test("an SMS that comes to nothing becomes an e-mail where the contact was not told by one", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a"), aContact("late", { roles: ["user"], phone: mobile(1) })]);
  stage.twilio.phone(mobile(1)).behaves({ sms: { undelivered: 30003 } });
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  const [open] = await stage.outbox.open();
  const elseAddress = { address: "late@aurora.example", name: "Pessoa late" };
  const text = { id: `${open?.plan}:sms:late`, token: "tokenoflate1", contact: "late", customer: "aurora" };
  const ref = { incidentId: incident.id, notice: 1 };
  const body = { phone: mobile(1), body: "Cubo Suite: problema.", quietZone: null, elseAddress };
  await stage.outbox.add(ref, open?.plan ?? "", { contents: [], mails: [], texts: [{ ...text, ...body }] });
  await broadcasting.deliverBatch();
  await stage.twilio.settled();
  await passing(broadcasting, 2, 0);
  expect(stage.sendgrid.mailbox("late@aurora.example").messages()).toHaveLength(1);
  expect(stage.sendgrid.mailbox("late@aurora.example").messages()[0]?.text).toContain("Olá, Pessoa late.");
  expect(await progressOf(broadcasting)).toMatchObject({
    waiting: 0,
    tally: { email: { sent: 2 }, sms: { sent: 0, failed: 1 } },
  });
});

test("a number that has opted out at the provider is remembered", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) })]);
  await stage.twilio.phone(mobile(1)).reply("STOP", "+551140000001");
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  expect(Object.fromEntries(await stage.suppressions.among("sms", [mobile(1)]))).toEqual({ [mobile(1)]: "opted_out" });
});

test("two processes share the work and nobody gets a message twice", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people(Array.from({ length: 300 }, (_, nth) => aContact(`p${nth}`, { phone: mobile(nth) })));
  const [one, other] = [stage.delivery(), stage.delivery()];
  await stage.sends(one, incident);
  await Promise.all([one, other, one, other].map((each) => each.deliverBatch()));
  await Promise.all([one.idle(), other.idle()]);
  expect(await progressOf(one)).toMatchObject({ waiting: 0, tally: { email: { sent: 300 }, sms: { sent: 300 } } });
  expect(stage.sendgrid.duplicates()).toEqual([]);
  expect(stage.twilio.accepted()).toHaveLength(300);
});

test("a request that one recipient spoils is repeated at once without that one", async () => {
  const { incident } = noticed(anIncidentOf(3));
  await stage.shows(incident);
  const spoiled = `${"x".repeat(10)}@aurora-.example`;
  stage.people([aContact("a"), aContact("spoils", { email: spoiled }), aContact("b")]);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  await broadcasting.reconcile();
  expect(stage.sendgrid.accepted().flatMap(({ recipients }) => recipients)).toEqual([
    "a@aurora.example",
    "b@aurora.example",
  ]);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 0, tally: { email: { sent: 2, failed: 1 } } });
});
