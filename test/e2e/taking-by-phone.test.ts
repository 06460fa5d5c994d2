// Taking without chat: by the link of a page, and by answering its SMS. A customer's phone can only end its own SMS.
import { afterEach, describe, expect, test } from "vitest";
import { openStory, type Story } from "../support/story.js";
import { CONTACTS, outsideOf, STAFF_PHONES } from "../support/story-outside.js";
import { stageOn } from "../support/story-platforms.js";

let story: Story;
afterEach(async () => {
  story.ignoreNews();
  await story.close();
});

const open = async (customers: readonly string[] = ["padaria-aurora"]) => {
  story = await openStory({ reach: "live" });
  const stage = stageOn("slack", story);
  await stage.declares("ana", customers);
  return { stage, outside: outsideOf(story), card: () => stage.person("ana").sees()[0] ?? "" };
};

describe("the link of a page", () => {
  const linkOf = (number: string): string => {
    const text = outsideOf(story).twilio.phone(number).texts()[0]?.body ?? "";
    return `${story.url}${/\/t\/[\w-]{11}$/.exec(text)?.[0]}`;
  };
  const reads = async (url: string, method: "GET" | "POST" | "HEAD" = "GET") => {
    const answer = await fetch(url, { method });
    const page = await answer.text();
    await story.settle();
    return { status: answer.status, page };
  };

  test("asks when it is opened, takes when its button is pressed, and tells everybody else who has it", async () => {
    const { outside, card } = await open();
    const [bruno, helena] = [linkOf(STAFF_PHONES.bruno), linkOf(STAFF_PHONES.helena)];
    for (const method of ["GET", "HEAD", "GET"] as const) expect((await reads(bruno, method)).status).toBe(200);
    expect((await reads(bruno)).page).toContain("Assumir este incidente?");
    expect(card()).not.toContain("Com quem está\nBruno Lima");

    expect((await reads(bruno, "POST")).page).toContain("O incidente está com você");
    expect(card()).toContain("Com quem está\nBruno Lima");
    expect((await reads(bruno, "POST")).page).toMatch(/está com você/);
    for (const method of ["GET", "POST"] as const)
      expect(await reads(helena, method)).toEqual({
        status: 200,
        page: expect.stringContaining("Já está com Bruno Lima"),
      });
    expect(story.news().filter((line) => line.includes("assumiu o incidente"))).toHaveLength(1);
    await story.advance({ minutes: 5 });
    expect(outside.twilio.acceptedCalls()).toEqual([]);
  });

  test("is worth nothing when it is forged", async () => {
    const { card } = await open();
    const link = linkOf(STAFF_PHONES.bruno);
    const forged = [`${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`, `${link}A`, `${story.url}/t/AAAAAAAAAAA`];
    for (const url of forged)
      for (const method of ["GET", "POST"] as const) expect((await reads(url, method)).status).toBe(404);
    expect(card()).toContain("[Assumir]");
  });
});

describe("an SMS that comes back", () => {
  test("takes with the digit 1, once, and says who has it to whoever comes later", async () => {
    const { outside, card } = await open();
    const { twilio, phone } = outside;
    await phone("bruno").reply("1");
    await story.settle();
    expect(card()).toContain("Com quem está\nBruno Lima");
    expect(phone("bruno").texts().at(-1)?.body).toMatch(/^Pronto: INC-1 esta com voce/);
    const reply = twilio.callbacks.filter(({ url }) => url.endsWith("/webhooks/twilio/sms")).at(-1);
    if (reply === undefined) throw new Error("No SMS reached the bot.");
    expect((await twilio.redeliver(reply)).status).toBe(200);
    await phone("helena").reply("ok");
    await story.settle();
    expect(phone("helena").texts().at(-1)?.body).toMatch(/^INC-1 ja esta com Bruno Lima/);
    expect(story.news().filter((line) => line.includes("assumiu o incidente"))).toHaveLength(1);
    await story.advance({ minutes: 5 });
    expect(twilio.acceptedCalls()).toEqual([]);
  });

  test("from a customer takes nothing, and STOP ends that phone's SMS but not its e-mail", async () => {
    const { stage, outside, card } = await open(["padaria-aurora", "hospital-vida"]);
    const igor = stage.person("igor");
    await igor.sends("Avisar 2 clientes", "Sai assim que você enviar");
    const marina = outside.twilio.phone(CONTACTS.marina.phone);
    await marina.reply("1");
    await marina.reply("PARE");
    await story.settle();
    expect(card()).toContain("[Assumir]");
    expect(marina.texts()).toHaveLength(1);

    await stage.person("bruno").says("mitigar rollback");
    await igor.sends("Avisar observação", "Outra pessoa aprova");
    await stage.person("bruno").presses("Aprovar e enviar");
    expect(outside.counts()).toMatchObject({ marina: "2 + 1", plantao: "2 + 2", lucia: "2 + 2" });
    expect(igor.sees().at(-1)).toContain("1 não saiu: aviso mais novo ou contato que não quer.");
  });
});
