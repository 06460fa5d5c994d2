// Phones, mailboxes and Teams on the page, as requests.
import { request as httpRequest } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startSandbox } from "../../../src/sandbox/start-sandbox.js";
import { type PageStage, startPageStage } from "./page-stage.js";

const phone = "+5511999990001";
let stage: PageStage;

beforeEach(async () => {
  stage = await startPageStage();
});
afterEach(() => stage.stop());

interface Side {
  readonly name: string;
  readonly heading: string;
  readonly news: Readonly<Record<string, string>>;
  readonly pieces: readonly { readonly id: string; readonly html: string }[];
}

async function side(query: Record<string, string>): Promise<Side> {
  const params = new URLSearchParams({ as: "ana", place: "@bot", ...query });
  const response = await fetch(`${stage.sandbox.url}/page/state?${params}`);
  return ((await response.json()) as { side: Side }).side;
}

const act = (body: object): Promise<Response> =>
  fetch(`${stage.sandbox.url}/page/do`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ as: "ana", place: "@bot", ...body }),
  });

const arrived = async (address: string) => stage.sandbox.sendgrid?.mailbox(address).waitsForMail();

describe("a workspace", () => {
  it("has beside it only what was asked for", async () => {
    const plain = await startSandbox();
    expect([plain.teams, plain.twilio, plain.sendgrid]).toEqual([null, null, null]);
    const state = await fetch(`${plain.url}/page/state?as=ana&place=@bot&side=phones`);
    expect(await state.json()).toMatchObject({ side: null });
    expect(await (await fetch(plain.url)).text()).not.toContain("Telefones");
    await plain.stop();
    const withMail = await startSandbox({ sendgrid: {} });
    const { side: drawn } = (await (await fetch(`${withMail.url}/page/state?as=ana`)).json()) as { side: Side };
    expect(drawn).toMatchObject({ name: "mails", news: { mails: "" } });
    expect(await (await fetch(withMail.url)).text()).not.toContain("Telefones");
    await withMail.stop();
  });

  it("that cannot start leaves nothing listening", async () => {
    const taken = Number(new URL(stage.sandbox.twilio?.url ?? "").port);
    const own = await startSandbox();
    const { port } = new URL(own.url);
    await own.stop();
    await expect(
      startSandbox({ port: Number(port), teams: {}, sendgrid: {}, twilio: { port: taken } }),
    ).rejects.toThrow("EADDRINUSE");
    await expect(fetch(own.url)).rejects.toThrow();
  });

  it("stops everything it started", async () => {
    const other = await startSandbox({ teams: {}, twilio: {}, sendgrid: {} });
    const urls = [other.url, other.twilio?.url ?? "", other.sendgrid?.url ?? ""];
    await other.stop();
    for (const url of urls) await expect(fetch(url)).rejects.toThrow();
  });
});

describe("the page", () => {
  it("escapes what arrives in texts, subjects and addresses", async () => {
    await stage.sms(phone, "<script>alert(1)</script>");
    await stage.sandbox.twilio?.phone(phone).waitsForText();
    await stage.mail("rita@cliente.example", "<img src=x>", "<p>oi</p>");
    await arrived("rita@cliente.example");
    const [panel] = (await side({ side: "phones" })).pieces;
    expect(panel?.html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    const [box] = (await side({ side: "mails", mail: "rita@cliente.example 0" })).pieces;
    expect(box?.html).toContain("&lt;img src=x&gt;");
    expect(box?.html).not.toContain("<p>oi</p>");
    expect(box?.html).toContain('sandbox=""');
  });

  it("gives a mail as a document that may run, load and send nothing", async () => {
    await stage.mail("rita@cliente.example", "Aviso", "<p>oi</p>");
    await arrived("rita@cliente.example");
    const url = `${stage.sandbox.url}/page/mail?${new URLSearchParams({ key: "rita@cliente.example 0" })}`;
    const response = await fetch(url);
    expect(await response.text()).toBe("<p>oi</p>");
    const policy = response.headers.get("content-security-policy");
    for (const rule of ["sandbox;", "default-src 'none'", "form-action 'none'", "frame-ancestors 'self'"]) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toContain("script-src");
    for (const key of ["rita@cliente.example 1", "outra@cliente.example 0", "", "x"]) {
      const missing = await fetch(`${stage.sandbox.url}/page/mail?${new URLSearchParams({ key })}`);
      expect(missing.status).toBe(404);
    }
    expect(await statusFor("evil.example", url)).toBe(403);
  });

  it("draws the newest phones and finds the others by number", async () => {
    const numbers = Array.from({ length: 45 }, (_, index) => `+55119999910${String(index).padStart(2, "0")}`);
    for (const number of numbers) await stage.sms(number, "oi");
    for (const number of numbers) await stage.sandbox.twilio?.phone(number).waitsForText();
    const all = await side({ side: "phones" });
    expect(all.pieces).toHaveLength(40);
    expect(all.heading).toContain("40 / 45");
    expect((await side({ side: "phones", filter: "991007" })).pieces.map(({ id }) => id)).toEqual(["p+5511999991007"]);
  });

  it.each<[string, () => Promise<unknown>]>([
    ["texts", () => stage.sms(phone, "oi")],
    ["mails", () => stage.mail("rita@cliente.example", "Aviso", "<p>oi</p>")],
    ["Teams", () => stage.post({ person: "ana" }, { type: "message", text: "oi" })],
  ])("tells its listeners about %s", async (_what, cause) => {
    const stop = new AbortController();
    const stream = await fetch(`${stage.sandbox.url}/page/stream`, { signal: stop.signal });
    const reader = stream.body?.getReader();
    await reader?.read();
    const told = reader?.read();
    await cause();
    expect(new TextDecoder().decode((await told)?.value)).toContain("data:");
    stop.abort();
  });

  it("refuses what cannot be done on phones and in Teams", async () => {
    await stage.sms(phone, "oi");
    const said = async (body: object) => {
      const response = await act(body);
      return `${response.status} ${await response.text()}`;
    };
    expect(await said({ do: "phone-answer", number: "+5511000000000" })).toContain("409 There is no phone");
    expect(await said({ do: "phone-answer", number: phone })).toContain("409");
    expect(await said({ do: "phone-eat", number: phone })).toContain("409 A phone cannot do");
    expect(await said({ do: "teams-eat", at: "@bot" })).toContain('409 Nobody can do "teams-eat"');
    expect(await said({ do: "teams-submit", at: "@bot", dialog: "x", action: "y" })).toContain("409 Este formulário");
    expect(await said({ do: "teams-press", at: "@bot", message: "1", action: "y" })).toContain("409");
  });

  it("shows a channel of Teams only to those of the team", async () => {
    await stage.sandbox.teams?.person("ana").types("segredo do time", { in: "Incidentes" });
    const at = stage.sandbox.teams?.channel("Incidentes")?.id ?? "";
    expect((await side({ side: "teams", at })).pieces[0]?.html).toContain("segredo do time");
    const outside = await startSandbox({
      teams: { people: [{ name: "Ana Souza", handle: "ana", inTeam: false }] },
    });
    const state = async (as: string) => {
      const params = new URLSearchParams({ as, side: "teams", at: outside.teams?.channels()[0]?.id ?? "" });
      return (await (await fetch(`${outside.url}/page/state?${params}`)).json()) as { side: Side & { at?: string } };
    };
    expect((await state("ana")).side).toMatchObject({ at: "@bot", pieces: [] });
    expect((await state("bruno")).side.heading).toContain("Esta pessoa não está no Teams.");
    await outside.stop();
  });
});

function statusFor(host: string, url: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest(url, { headers: { host } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on("error", reject).end();
  });
}
