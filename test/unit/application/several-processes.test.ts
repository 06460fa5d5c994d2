// Two processes on one store, and two people at once.
import { expect, test } from "vitest";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { StoreFault } from "../../../src/ports/commit-store.js";
import type { Policies } from "../../../src/ports/policies.js";
import { aRequest, ask, declareWith, from, openOffice, policiesOf, turns } from "./office.js";

test("a process that started before a new policy acts on incidents that were declared under it", async () => {
  const office = openOffice();
  const second = { ...cuboSuitePolicyV1, version: 2 };
  const newer = office.process("b", { policies: policiesOf(second, cuboSuitePolicyV1) });
  const id = await declareWith(newer);
  let known = policiesOf(cuboSuitePolicyV1);
  const policies: Policies = {
    inForce: () => cuboSuitePolicyV1,
    learn: async () => {
      known = policiesOf(cuboSuitePolicyV1, second);
    },
    version: (policyId, version) => known.version(policyId, version),
  };
  expect((await ask(office.process("a", { policies }), id, { type: "take" })).kind).toBe("done");
});

test("a slow card of one process does not stay over the newer card of another", async () => {
  const office = openOffice();
  const [a, b] = [office.process("a"), office.process("b")];
  const id = await declareWith(a);
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let first = true;
  office.wall.onEdit = async () => {
    if (!first) return;
    first = false;
    await opened;
  };
  await ask(a, id, { type: "identify", cause: "Disco cheio" });
  await turns();
  await ask(b, id, { type: "take" });
  await b.idle();
  open();
  await a.idle();
  expect(office.wall.edits.at(-1)?.version).toBe((await office.world.index.byId(id))?.version);
});

test("two incidents merged into one another at once leave exactly one of them at work", async () => {
  const office = openOffice();
  const app = office.process("a");
  const ids = [await declareWith(app), await declareWith(app)] as const;
  const rows = () => Promise.all(ids.map((id) => office.world.index.byId(id)));
  const [one, other] = await rows();
  await Promise.all([
    ask(app, ids[0], { type: "merge", childCode: other?.code ?? "" }),
    ask(app, ids[1], { type: "merge", childCode: one?.code ?? "" }),
  ]);
  await app.idle();
  expect((await rows()).map((row) => row?.state).sort()).toEqual(["investigating", "merged"]);
});

test("a refused declaration leaves nothing behind", async () => {
  const office = openOffice();
  const remembered: string[] = [];
  const places = {
    ...office.world.places,
    remember: async (id: string) => {
      remembered.push(id);
    },
  };
  const origin = { platform: "slack", roomId: "C9" } as const;
  const outcome = await office.process("a", { places }).handler.declare(aRequest({ title: " " }), from("ana"), origin);
  expect(outcome.kind).toBe("refused");
  expect(remembered).toEqual([]);
});

test("a repeated command whose record cannot be read now is never told as not saved", async () => {
  const office = openOffice();
  await office.process("a").handler.declare(aRequest(), from("ana", "same"), null);
  const load = async () => {
    throw new StoreFault("store_unreachable", "not-saved");
  };
  const again = office.process("b", { commits: { ...office.world.commits, load } });
  expect(await again.handler.declare(aRequest(), from("ana", "same"), null)).toMatchObject({ saved: "unknown" });
});
