// Invariant I3: each of the guards stops a drill when the others are removed.
import { afterAll, afterEach, beforeEach, expect, test } from "vitest";
import type { Incident } from "../../../src/domain/incident/incident.js";
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
  stage.people([aContact("a", { phone: mobile(1) })]);
});
afterEach(() => stage.close());
afterAll(closeDeliveryStore);

const asDrill = (incident: Incident): Incident => ({ ...incident, kind: "drill" });
const nothingLeft = () => expect([stage.sendgrid.accepted(), stage.twilio.accepted()]).toEqual([[], []]);

test("a drill is refused when it is handed over", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  const { delivery } = stage.delivery({ guard: "off" });
  await expect(delivery.begin(latestNotice(incident), snapshotOf(asDrill(incident)))).rejects.toMatchObject({
    code: "drill",
    retryable: false,
  });
  nothingLeft();
});

test("a drill that is handed over as real is refused by the outbox, which reads the incident's row", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(asDrill(incident));
  const { delivery } = stage.delivery({ guard: "off" });
  await expect(delivery.begin(latestNotice(incident), snapshotOf(incident))).rejects.toMatchObject({
    code: "drill",
    retryable: false,
  });
  expect(await delivery.underWay(10)).toEqual([]);
  nothingLeft();
});

test("a drill whose messages are queued all the same is stopped right before the request, with an alarm", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  const broadcasting = stage.delivery();
  stage.sendgrid.misbehave.plan({ seed: 1, tooMany: 1 });
  stage.twilio.misbehave.plan({ seed: 1, tooMany: 1 });
  await stage.sends(broadcasting, incident);
  stage.sendgrid.misbehave.plan(undefined);
  stage.twilio.misbehave.plan(undefined);
  await stage.shows(asDrill(incident));
  stage.time.skip(120_000);
  const again = stage.delivery();
  await again.deliverBatch();
  nothingLeft();
  expect((await again.delivery.underWay(10))[0]).toMatchObject({
    waiting: 0,
    tally: { email: { dropped: 1 }, sms: { dropped: 1 } },
  });
  expect(stage.logged.filter(({ level }) => level === "error")).toHaveLength(2);
});

test("without that last guard the same messages would leave", async () => {
  const { incident } = noticed(anIncidentOf(1));
  await stage.shows(incident);
  const broadcasting = stage.delivery({ guard: "off" });
  await broadcasting.delivery.begin(latestNotice(incident), snapshotOf(incident));
  await stage.shows(asDrill(incident));
  await broadcasting.deliverBatch();
  expect(stage.sendgrid.accepted()).toHaveLength(1);
});
