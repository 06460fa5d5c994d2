import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { Broadcasting } from "../../../src/delivery/broadcast/create-broadcasting.js";
import type { NoticeTally } from "../../../src/domain/notices/customer-notice.js";
import { by, followedBy, later, MONDAY_10 } from "../../support/incident-builders.js";
import {
  aContact,
  anIncidentOf,
  closeDeliveryStore,
  type DeliveryStage,
  latestNotice,
  mobile,
  noticed,
  openDeliveryStage,
  snapshotOf,
} from "./delivery-stage.js";

let stage: DeliveryStage;
beforeEach(async () => {
  stage = await openDeliveryStage();
});
afterEach(() => stage.close());
afterAll(closeDeliveryStore);

const progressOf = async (broadcasting: Broadcasting, notice = 1) =>
  (await broadcasting.delivery.underWay(10)).find((one) => one.notice === notice);
const tally = (email: Partial<NoticeTally["email"]>, sms: Partial<NoticeTally["sms"]> = {}): NoticeTally => {
  const nobody = { sent: 0, failed: 0, dropped: 0 };
  return { email: { ...nobody, ...email }, sms: { ...nobody, ...sms } };
};
const mailsTo = (address: string) => stage.sendgrid.mailbox(address).messages();
const textsTo = (nth: number) => stage.twilio.phone(mobile(nth)).texts();
/** Tuesday 24 November 2026 in São Paulo. */
const night = (hours: number) => new Date(Date.UTC(2026, 10, 24, hours + 3));

test("a first notice reaches every contact by e-mail and SMS, in their words, once", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([
    aContact("a", { name: "Ana <b>", phone: mobile(1) }),
    aContact("b", { language: "en", zone: "Europe/Lisbon" }),
  ]);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  const [toAna] = mailsTo("a@aurora.example");
  const [toBob] = mailsTo("b@aurora.example");
  expect(toAna?.text).toContain("Olá, Ana <b>.");
  expect(toAna?.html).toContain("Olá, Ana &lt;b&gt;.");
  expect(toBob?.text).toContain("Hello Pessoa b,");
  expect([toAna?.visibleTo, toBob?.visibleTo]).toEqual([["a@aurora.example"], ["b@aurora.example"]]);
  expect(toAna?.headers).toMatchObject({
    References: "<inc-1@incidents.cubo.example>",
    "In-Reply-To": "<inc-1@incidents.cubo.example>",
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
  });
  expect(Object.keys(toAna?.customArgs ?? {}).sort()).toEqual(["b", "r"]);
  expect(textsTo(1)).toHaveLength(1);
  expect(textsTo(1)[0]).toMatchObject({ segments: 1, body: expect.stringContaining("Checkout") });
  expect(await progressOf(broadcasting)).toEqual({
    incidentId: incident.id,
    notice: 1,
    waiting: 0,
    tally: tally({ sent: 2 }, { sent: 1 }),
  });
  await broadcasting.delivery.finish(incident.id, 1);
  expect(await broadcasting.delivery.underWay(10)).toEqual([]);
});

test("more than a thousand readers of one language are several requests of at most a thousand", async () => {
  const { incident } = noticed(anIncidentOf(3));
  await stage.shows(incident);
  stage.people(Array.from({ length: 2_301 }, (_, nth) => aContact(`p${nth}`, nth < 100 ? { language: "es" } : {})));
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, incident);
  const sizes = stage.sendgrid.accepted().map(({ recipients }) => recipients.length);
  expect(sizes.sort()).toEqual([100, 1_000, 1_000, 201].sort());
  expect(stage.sendgrid.duplicates()).toEqual([]);
  expect((await progressOf(broadcasting))?.tally).toEqual(tally({ sent: 2_301 }));
});

test("handing a notice over again changes nothing", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a", { phone: mobile(1) })]);
  const broadcasting = stage.delivery();
  await Promise.all([stage.sends(broadcasting, incident), stage.sends(stage.delivery(), incident)]);
  stage.people([aContact("a", { phone: mobile(1) }), aContact("late")]);
  await stage.sends(stage.delivery(), incident);
  expect(mailsTo("a@aurora.example")).toHaveLength(1);
  expect(mailsTo("late@aurora.example")).toEqual([]);
  expect(textsTo(1)).toHaveLength(1);
});

test("what a hand-over wrote before it was cut short is never sent", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a")]);
  const ref = { incidentId: incident.id, notice: 1 };
  const plan = `${incident.id}:1:cutshort`;
  const orphan = { id: `${plan}:sms:0`, token: "orphantoken1", contact: "a", customer: "aurora", phone: mobile(9) };
  const text = { ...orphan, body: "antes da queda", quietZone: null, elseAddress: null };
  await stage.outbox.add(ref, plan, { contents: [], mails: [], texts: [text] });
  const broadcasting = stage.delivery();
  await broadcasting.deliverBatch();
  await stage.sends(broadcasting, incident);
  expect(stage.twilio.accepted()).toEqual([]);
  expect(await stage.outbox.proveText("orphantoken1", null)).toBe(false);
  expect((await progressOf(broadcasting))?.tally).toEqual(tally({ sent: 1 }));
});

test("an address or number that several contacts share is written to once, whatever its case", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([
    aContact("a", { email: "Plantao@Aurora.example", phone: mobile(1) }),
    aContact("b", { email: "plantao@aurora.example", phone: mobile(1) }),
  ]);
  const broadcasting = stage.delivery();
  expect(await broadcasting.delivery.count(latestNotice(incident), snapshotOf(incident))).toMatchObject({
    contacts: 1,
    emails: 1,
    texts: 1,
  });
  await stage.sends(broadcasting, incident);
  expect(mailsTo("plantao@aurora.example")).toHaveLength(1);
  expect(textsTo(1)).toHaveLength(1);
});

test("numbers that may get no SMS and addresses with control characters are failures with a reason", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([
    aContact("landline", { phone: "+551132345678" }),
    aContact("foreign", { phone: "+447911123456" }),
    aContact("broken", { phone: "+5511999" }),
    aContact("injecting", { email: "x@aurora.example\r\nBcc: y@evil.example" }),
  ]);
  const broadcasting = stage.delivery();
  expect(await broadcasting.delivery.count(latestNotice(incident), snapshotOf(incident))).toMatchObject({
    emails: 3,
    texts: 0,
  });
  await stage.sends(broadcasting, incident);
  expect((await progressOf(broadcasting))?.tally).toEqual(tally({ sent: 3, failed: 1 }, { failed: 3 }));
  const [open] = await stage.outbox.open();
  expect((await stage.outbox.progress(open?.plan ?? "")).codes).toEqual({
    phone_landline: 1,
    phone_country: 1,
    phone_invalid: 1,
    address_control_characters: 1,
  });
});

test("in test mode only the allow-list receives, and the count says so", async () => {
  const { incident } = noticed(anIncidentOf(1, ["aurora", "vida"]));
  await stage.shows(incident);
  stage.people([
    aContact("a", { phone: mobile(1) }),
    aContact("b", { phone: mobile(2) }),
    aContact("c", { customerId: "vida", email: "c@vida.example" }),
  ]);
  const broadcasting = stage.delivery({ mode: "test", allow: ["A@aurora.example", mobile(2)] });
  expect(await broadcasting.delivery.count(latestNotice(incident), snapshotOf(incident))).toEqual({
    customers: 2,
    contacts: 3,
    emails: 3,
    texts: 2,
    unreachable: [],
    languages: ["pt-BR"],
    receiving: 1,
  });
  await stage.sends(broadcasting, incident);
  expect(stage.sendgrid.addresses()).toEqual(["a@aurora.example"]);
  expect(stage.twilio.accepted().map(({ to }) => to)).toEqual([mobile(2)]);
  expect((await progressOf(broadcasting))?.tally).toEqual(tally({ sent: 1, dropped: 2 }, { sent: 1, dropped: 1 }));
});

test("without any provider the delivery is off and takes no notice", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  stage.people([aContact("a")]);
  const { delivery } = stage.delivery({ without: ["email", "sms"] });
  expect(delivery.mode).toBe("off");
  expect((await delivery.count(latestNotice(incident), snapshotOf(incident))).receiving).toBe(0);
  await expect(delivery.begin(latestNotice(incident), snapshotOf(incident))).rejects.toMatchObject({
    code: "delivery_off",
    retryable: false,
  });
});

test("an SMS waits for the end of the night, except for those who want it at any hour", async () => {
  const story = anIncidentOf(1, ["aurora", "vida"]);
  const { incident } = noticed(story);
  const terms = story.incident.customers.map((one) =>
    one.id === "vida" ? { ...one, targets: alwaysCounted(one.targets) } : one,
  );
  await stage.shows({ ...incident, customers: terms });
  stage.people([
    aContact("sleeps", { phone: mobile(1) }),
    aContact("awake", { phone: mobile(2), wishes: { anyHour: true } }),
    aContact("abroad", { phone: mobile(3), zone: "Asia/Tokyo" }),
    aContact("contract", { phone: mobile(4), customerId: "vida" }),
  ]);
  stage.clockAt(night(-1));
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, { ...incident, customers: terms });
  expect([1, 2, 3, 4].map((nth) => textsTo(nth).length)).toEqual([0, 1, 1, 1]);
  expect(await progressOf(broadcasting)).toMatchObject({ waiting: 1 });
  stage.clockAt(new Date(night(8).getTime() - 1));
  await broadcasting.deliverBatch();
  expect(textsTo(1)).toEqual([]);
  stage.clockAt(night(8));
  await broadcasting.deliverBatch();
  await stage.twilio.settled();
  expect(textsTo(1)).toHaveLength(1);
});

const alwaysCounted = <T extends Record<number, Record<string, { minutes: number }>>>(targets: T): T =>
  JSON.parse(JSON.stringify(targets).replaceAll('"business"', '"24x7"')) as T;

test("a night's first notice is dropped in the morning when the incident has ended meanwhile", async () => {
  const story = noticed(anIncidentOf(1));
  await stage.shows(story.incident);
  stage.people([aContact("a", { phone: mobile(1) })]);
  stage.clockAt(night(2));
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, story.incident);
  await stage.shows({ ...story.incident, state: "resolved" });
  stage.clockAt(night(8));
  await broadcasting.deliverBatch();
  expect(textsTo(1)).toEqual([]);
  expect((await progressOf(broadcasting))?.tally.sms).toEqual({ sent: 0, failed: 0, dropped: 1 });
});

test("a notice that has not begun is dropped where a newer one goes, which then says since when", async () => {
  const first = noticed(anIncidentOf(1, ["aurora", "vida"]));
  stage.people([aContact("a", { phone: mobile(1) }), aContact("b", { customerId: "vida" })]);
  await stage.shows(first.incident);
  const broadcasting = stage.delivery({ paces: { waitAtGateMs: 0 } });
  stage.sendgrid.misbehave.rateLimitNext(1);
  stage.twilio.misbehave.rateLimitNext(1);
  await stage.sends(broadcasting, first.incident);
  expect(stage.sendgrid.accepted()).toEqual([]);

  const update = noticed(first, "update", later(5));
  const notice = { ...latestNotice(update.incident), customers: ["aurora"] };
  const incident = { ...update.incident, notices: [...first.incident.notices, notice] };
  await stage.shows(incident);
  await stage.sends(broadcasting, incident);
  for (let round = 0; round < 4; round += 1) {
    stage.time.skip(2_000);
    await broadcasting.deliverBatch();
  }
  await stage.sendgrid.settled();
  const toAna = mailsTo("a@aurora.example");
  expect(toAna).toHaveLength(1);
  expect(toAna[0]?.text).toContain("Reiniciamos o serviço.");
  expect(toAna[0]?.text).toMatch(/começou em 23\/11\/2026/);
  expect(mailsTo("b@aurora.example")).toHaveLength(1);
  // An update goes by e-mail only, so the SMS of the first notice is still owed.
  await stage.twilio.settled();
  expect(textsTo(1)).toHaveLength(1);
  expect((await progressOf(broadcasting, 1))?.tally).toEqual(tally({ sent: 1, dropped: 1 }, { sent: 1 }));
  expect((await progressOf(broadcasting, 2))?.tally).toEqual(tally({ sent: 1 }));
});

test("whoever was told before is not told again since when", async () => {
  const first = noticed(anIncidentOf(1));
  stage.people([aContact("a")]);
  await stage.shows(first.incident);
  const broadcasting = stage.delivery();
  await stage.sends(broadcasting, first.incident);
  const update = noticed(first, "update", later(5));
  stage.people([aContact("a"), aContact("new")]);
  await stage.shows(update.incident);
  await stage.sends(broadcasting, update.incident);
  const since = /começou em 23\/11\/2026/;
  expect(mailsTo("a@aurora.example")[1]?.text).not.toMatch(since);
  expect(mailsTo("new@aurora.example")[0]?.text).toMatch(since);
});

test("addresses that bounced or complained are left alone, and who ended a subscription is still told of N1", async () => {
  const story = noticed(anIncidentOf(1));
  await stage.shows(story.incident);
  stage.people([aContact("gone"), aContact("left"), aContact("quiet", { email: null, phone: mobile(1) })]);
  await stage.suppressions.add([
    { channel: "email", address: "GONE@aurora.example", reason: "bounced" },
    { channel: "email", address: "left@aurora.example", reason: "unsubscribed" },
    { channel: "sms", address: mobile(1), reason: "opted_out" },
  ]);
  const broadcasting = stage.delivery();
  expect(await broadcasting.delivery.count(latestNotice(story.incident), snapshotOf(story.incident))).toMatchObject({
    contacts: 1,
    emails: 1,
    texts: 0,
  });
  await stage.sends(broadcasting, story.incident);
  expect(stage.sendgrid.addresses()).toEqual(["left@aurora.example"]);
  expect((await progressOf(broadcasting))?.tally).toEqual(tally({ sent: 1, dropped: 1 }, { dropped: 1 }));
});

test("customers of whom nobody can be reached are named in the count", async () => {
  const story = followedBy(
    noticed(anIncidentOf(2, ["aurora", "vida", "beta"])),
    { type: "take" },
    { actor: by("ana"), at: MONDAY_10 },
  );
  stage.people([
    aContact("a", { language: "es" }),
    aContact("b", { customerId: "vida", email: null, phone: mobile(1) }),
    aContact("c", { customerId: "beta", roles: ["user"] }),
  ]);
  const count = await stage.delivery().delivery.count(latestNotice(story.incident), snapshotOf(story.incident));
  expect(count).toMatchObject({ customers: 3, contacts: 1, unreachable: ["vida", "beta"], languages: ["es"] });
});
