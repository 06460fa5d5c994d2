// That no incident is forgotten: whatever happened to its row or to the store, it is woken when something falls due.
import { expect, test } from "vitest";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { StoreFault } from "../../../src/ports/commit-store.js";
import { ask, declareWith, type Office, openOffice, turns } from "./office.js";

const wakeOf = async (office: Office, id: IncidentId): Promise<Date> => {
  const at = (await office.world.index.byId(id))?.nextWakeAt;
  if (!at) throw new Error("The incident has no next wake.");
  return at;
};

const after = (at: Date, ms: number): Date => new Date(at.getTime() + ms);

const escalations = async (office: Office, id: IncidentId): Promise<number> =>
  (await office.world.commits.load(id)).flatMap((commit) => commit.events).filter((e) => e.type === "repaged").length;

test("a note written while something is overdue does not put it off", async () => {
  const office = openOffice();
  const first = office.process("a");
  const id = await declareWith(first);
  first.stop();
  office.clock.moveTo(after(await wakeOf(office, id), 30_000));
  const second = office.process("b");
  await ask(second, id, { type: "add-note", text: "olhando", happenedAt: null });
  await turns();
  await second.idle();
  expect(await escalations(office, id)).toBe(1);
  expect((await wakeOf(office, id)).getTime()).toBeGreaterThan(office.clock.now().getTime());
});

test("an incident whose first row could not be written gets it from the sweep, and nothing is said twice", async () => {
  const office = openOffice();
  let broken = true;
  const project: Office["world"]["index"]["project"] = async (row) => {
    if (broken) throw new StoreFault("store_connection_lost", "unknown");
    return office.world.index.project(row);
  };
  const app = office.process("a", { index: { ...office.world.index, project } });
  const id = await declareWith(app);
  const said = office.wall.posts.length;
  broken = false;
  await office.realTime.pass(16_000);
  await app.sweep();
  await app.idle();
  expect((await wakeOf(office, id)).getTime()).toBeGreaterThan(office.clock.now().getTime());
  expect(office.wall.posts).toHaveLength(said);
  await office.realTime.pass(16_000);
  expect(await app.sweep()).toBe(0);
});

test("a commit that moves an armed wake further away leaves the row free for whoever looks next", async () => {
  const office = openOffice();
  const app = office.process("a");
  const id = await declareWith(app);
  const due = await wakeOf(office, id);
  office.clock.moveTo(after(due, -1_500));
  expect(await app.tick()).toBe(1);
  await ask(app, id, { type: "take" });
  office.clock.moveTo(due);
  await turns();
  const now = office.realTime.now();
  const lease = { now, leaseUntil: after(now, 1), owner: "b", limit: 5 };
  expect(await office.world.index.claimDue({ ...lease, until: await wakeOf(office, id) })).toHaveLength(1);
});

test("a wake-up that the store refused is tried again within seconds, not after a minute", async () => {
  const office = openOffice();
  let broken = false;
  const append: Office["world"]["commits"]["append"] = async (commit, mark) => {
    if (broken) throw new StoreFault("store_connection_lost", "not-saved");
    return office.world.commits.append(commit, mark);
  };
  const app = office.process("a", { commits: { ...office.world.commits, append } });
  const id = await declareWith(app);
  const due = await wakeOf(office, id);
  office.clock.moveTo(after(due, -100));
  await app.tick();
  broken = true;
  office.clock.moveTo(due);
  await turns();
  broken = false;
  office.clock.moveTo(after(due, 2_000));
  await app.tick();
  await turns();
  await app.idle();
  expect(await escalations(office, id)).toBe(1);
});

test("one incident that cannot be read does not keep the audit from the others", async () => {
  const office = openOffice();
  const app = office.process("a");
  const [bad, good] = [await declareWith(app), await declareWith(app)];
  const row = await office.world.index.byId(good);
  const due = await wakeOf(office, good);
  await office.world.index.settleWake(good, row?.version ?? 0, after(due, 3_600_000));
  const load: Office["world"]["commits"]["load"] = async (id) => {
    if (id === bad) throw new StoreFault("record_has_a_gap", "not-saved");
    return office.world.commits.load(id);
  };
  expect(await office.process("b", { commits: { ...office.world.commits, load } }).audit()).toBe(1);
  expect(await wakeOf(office, good)).toEqual(due);
  expect(office.facts).toContainEqual({ what: "auditFound", fact: { incidentId: bad, difference: "unreadable" } });
});
