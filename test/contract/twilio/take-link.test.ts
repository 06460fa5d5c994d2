// The link in a page: opening it asks, the button takes.
import { afterEach, expect, test } from "vitest";
import { StoreFault } from "../../../src/ports/commit-store.js";
import { from } from "../../unit/application/office.js";
import { linkOn, openPhoneWorld, type PhoneWorld, takenBy, type WorldOptions } from "./phone-world.js";

let world: PhoneWorld;
afterEach(() => world.stop());
const paged = async (options: WorldOptions = {}) => {
  world = await openPhoneWorld(options);
  const id = await world.declare({ title: "<b>Checkout</b> fora do ar" });
  const link = world.url + linkOn(options.primary?.[0] === "carla" ? world.carla : world.bruno);
  return { ...world, id, link };
};
const pressed = (link: string) => fetch(link, { method: "POST" });
const heading = async (answer: Response): Promise<string> => /<h1>(.*?)<\/h1>/.exec(await answer.text())?.[1] ?? "";

test("opening the link, even again and again, takes nothing", async () => {
  const { id, link } = await paged();
  for (const method of ["GET", "HEAD", "GET"]) expect((await fetch(link, { method })).status).toBe(200);
  const page = await (await fetch(link)).text();
  expect(page).toContain("Assumir este incidente?");
  expect(page).toContain("&lt;b&gt;Checkout&lt;/b&gt;");
  expect(page).not.toContain("<script");
  expect(await takenBy(world, id)).toBeNull();
});

test("the button takes, twice pressed too, and a second device finds it taken", async () => {
  const { id, link, app } = await paged();
  expect(await heading(await pressed(link))).toBe("O incidente está com você");
  expect(await heading(await pressed(link))).toBe("O incidente já está com você");
  expect(await takenBy(world, id)).toBe("bruno");
  const version = (await app.handler.look({ by: "id", id }))?.snapshot.incident.version;
  expect(await heading(await fetch(link))).toBe("O incidente já está com você");
  expect((await app.handler.look({ by: "id", id }))?.snapshot.incident.version).toBe(version);
});

test("pages are never stored, indexed, framed or given away by a referrer", async () => {
  const { link } = await paged();
  const { headers } = await fetch(link);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("x-robots-tag")).toContain("noindex");
  expect(headers.get("referrer-policy")).toBe("no-referrer");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
});

test("who comes second reads who has it", async () => {
  const { id, link, take } = await paged();
  await take(id, "ana");
  for (const answer of [await fetch(link), await pressed(link)]) {
    expect([answer.status, await heading(answer)]).toEqual([200, "Já está com Ana Souza"]);
  }
  expect(await takenBy(world, id)).toBe("ana");
});

test("in the language of the person who was paged", async () => {
  const { link } = await paged({ primary: ["carla"] });
  expect(await heading(await fetch(link))).toBe("Take this incident?");
});

test("a link of an incident that is over is gone", async () => {
  const { id, link, app } = await paged();
  const cancel = { type: "cancel", reason: "false-alarm", text: "Nada aconteceu de verdade aqui." } as const;
  const outcome = await app.handler.change({ by: "id", id }, cancel as never, from("bruno"));
  expect(outcome.kind).toBe("done");
  const answer = await pressed(link);
  expect([answer.status, await heading(answer)]).toEqual([410, "Não é mais preciso assumir"]);
});

test("a link older than a day is expired", async () => {
  const { id, link, office } = await paged();
  await office.realTime.pass(24 * 60 * 60_000 + 1);
  for (const answer of [await fetch(link), await pressed(link)]) expect(answer.status).toBe(410);
  expect(await takenBy(world, id)).toBeNull();
});

test.each(["AAAAAAAAAAA", "short", "%2e%2e%2f", "a".repeat(5_000), "AAAAAAAAAA'"])(
  "a link that nobody was sent is unknown: %s",
  async (token) => {
    const { url, id } = await paged();
    for (const method of ["GET", "POST"]) {
      const answer = await fetch(`${url}/t/${token}`, { method });
      expect([answer.status, await heading(answer)]).toEqual([404, "Este link não vale mais"]);
    }
    expect(await takenBy(world, id)).toBeNull();
  },
);

test("while the store is away nothing is promised, and trying again is offered", async () => {
  const { link, office, id } = await paged();
  const { append } = office.world.commits;
  office.world.commits.append = async () => {
    throw new StoreFault("store_unreachable", "not-saved");
  };
  const answer = await pressed(link);
  office.world.commits.append = append;
  expect([answer.status, await heading(answer)]).toEqual([503, "Ainda não está confirmado"]);
  expect(await heading(await pressed(link))).toBe("O incidente está com você");
  expect(await takenBy(world, id)).toBe("bruno");
});

test("the record names the link without being one", async () => {
  const { id, link, office } = await paged();
  await pressed(link);
  const commits = await office.world.commits.load(id);
  expect(JSON.stringify(commits)).toContain('"link:');
  expect(JSON.stringify(commits)).not.toContain(link.slice(-11));
});
