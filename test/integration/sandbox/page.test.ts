// The page in a real browser: what a visitor of the demo does.
import { existsSync } from "node:fs";
import { request as httpRequest } from "node:http";
import type { App } from "@slack/bolt";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type BoltBot, startBoltBot } from "./bolt-bot.js";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const options = [plain("Fora do ar"), plain("Lento")].map((text, index) => ({ text, value: `e${index}` }));
const optional = (block_id: string, label: string, element: object) => ({
  type: "input" as const,
  block_id,
  optional: true,
  label: plain(label),
  element: { action_id: "v", ...element },
});

function register(app: App): void {
  app.command("/incident", async ({ ack, command, client }) => {
    const blocks = [
      {
        type: "input",
        block_id: "title",
        label: plain("Título"),
        element: { type: "plain_text_input", action_id: "v" },
      },
      optional("details", "Detalhes", { type: "plain_text_input", multiline: true }),
      { ...optional("effect", "Efeito", { type: "static_select", options }), dispatch_action: true },
      optional("data", "Dados", { type: "radio_buttons", options }),
      optional("extra", "Também", { type: "checkboxes", options }),
      optional("where", "Onde", { type: "multi_static_select", options }),
      optional("who", "Comandante", { type: "users_select" }),
      optional("next", "Próximo aviso", { type: "datetimepicker" }),
    ];
    const view = {
      type: "modal",
      callback_id: "declare",
      title: plain("Declarar"),
      submit: plain("Registrar"),
      blocks,
    };
    await client.apiCall("views.open", { trigger_id: command.trigger_id, view });
    await ack();
  });
  app.action({ block_id: "effect" }, async ({ ack, body, client }) => {
    await ack();
    const view = (body as { view?: { id: string; blocks: object[] } }).view;
    const blocks = [...(view?.blocks ?? []), { type: "section", text: plain("Nível calculado: N1") }];
    const next = {
      type: "modal",
      callback_id: "declare",
      title: plain("Declarar"),
      submit: plain("Registrar"),
      blocks,
    };
    await client.apiCall("views.update", { view_id: view?.id, view: next });
  });
  app.view("declare", async ({ ack, view, client, body }) => {
    const title = String(view.state.values["title"]?.["v"]?.value);
    if (title === "x") return ack({ response_action: "errors", errors: { title: "Diga mais" } });
    await ack();
    const button = { type: "button", style: "primary", action_id: "take", text: plain("Assumir") };
    const confirm = {
      title: plain("Encerrar?"),
      text: plain("Avisa 42 clientes."),
      confirm: plain("Sim"),
      deny: plain("Não"),
    };
    const blocks = [
      { type: "header", text: plain(title) },
      { type: "actions", elements: [button, { ...button, action_id: "end", text: plain("Encerrar"), confirm }] },
    ];
    await client.apiCall("chat.postMessage", { channel: "#geral", text: title, blocks });
    await client.chat.postMessage({ channel: body.user.id, text: "Você declarou." });
    return undefined;
  });
  app.action({ action_id: /^(take|end)$/ }, async ({ ack, respond, body, action }) => {
    await ack();
    const verb = "action_id" in action && action.action_id === "take" ? "Assumido" : "Encerrado";
    await respond({ replace_original: true, text: `${verb} por <@${body.user.id}>` });
  });
  app.event("app_home_opened", async ({ event, client }) => {
    const blocks = [{ type: "section", text: plain("Meus incidentes") }];
    await client.apiCall("views.publish", { user_id: event.user, view: { type: "home", blocks } });
  });
}

const executablePath = "/usr/bin/chromium";
const missing = !existsSync(executablePath);
if (missing) console.warn(`Browser tests are skipped: ${executablePath} is missing (apt-get install -y chromium)`);

let browser: Browser;
let bot: BoltBot;
let page: Page;

beforeEach(async () => {
  bot = await startBoltBot(register, {
    channels: [
      { name: "geral", general: true, bot: true },
      { name: "incidentes", members: ["bruno"] },
    ],
  });
});
afterEach(() => bot.stop());

describe.skipIf(missing)("in a browser", () => {
  const errors: string[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    errors.length = 0;
    page = await browser.newPage();
    page.setDefaultTimeout(5000);
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(bot.sandbox.url);
  });
  afterEach(async () => {
    await page.close();
    expect(errors).toEqual([]);
  });

  const type = async (text: string) => {
    await page.getByLabel("Mensagem ou comando").fill(text);
    await page.keyboard.press("Enter");
  };

  it("a person declares by form, takes with a button and confirms", async () => {
    await type("/incident");
    await page.getByLabel("Título").fill("x");
    await page.getByRole("button", { name: "Registrar" }).click();
    await page.getByRole("alert").filter({ hasText: "Diga mais" }).waitFor();
    await page.getByLabel("Título").fill("Checkout caiu");
    await page.getByLabel("Efeito").selectOption("Fora do ar");
    await page.getByText("Nível calculado: N1").waitFor();
    expect(await page.getByLabel("Título").inputValue()).toBe("Checkout caiu");
    await page.getByLabel("Detalhes").fill("linha 1\nlinha 2");
    await page.getByRole("group", { name: "Dados" }).getByLabel("Lento").check();
    await page.getByRole("group", { name: "Também" }).getByLabel("Fora do ar").check();
    await page.getByLabel("Onde").selectOption(["Fora do ar", "Lento"]);
    await page.getByLabel("Comandante").selectOption({ label: "Bruno Lima (@bruno)" });
    await page.getByLabel("Próximo aviso").fill("2026-11-23T18:30");
    await page.getByRole("button", { name: "Registrar" }).click();
    await page.getByRole("heading", { name: "Checkout caiu" }).waitFor();

    const { slack } = bot.sandbox;
    const sent = slack.deliveries.filter(({ payload }) => payload["type"] === "view_submission").at(-1)?.payload;
    const seconds = new Date("2026-11-23T18:30").getTime() / 1000;
    expect(sent).toMatchObject({
      view: {
        state: {
          values: {
            title: { v: { value: "Checkout caiu" } },
            details: { v: { value: "linha 1\nlinha 2" } },
            effect: { v: { selected_option: { value: "e0" } } },
            data: { v: { selected_option: { value: "e1" } } },
            extra: { v: { selected_options: [{ value: "e0" }] } },
            where: { v: { selected_options: [{ value: "e0" }, { value: "e1" }] } },
            who: { v: { selected_user: slack.person("bruno").id } },
            next: { v: { selected_date_time: seconds } },
          },
        },
      },
    });

    await page.getByRole("button", { name: "Encerrar" }).click();
    await page.getByRole("button", { name: "Não", exact: true }).click();
    await page.getByRole("button", { name: "Assumir" }).click();
    await page.getByText("Assumido por @ana").waitFor();
    await page.getByRole("button", { name: "Mensagens do Plantão" }).click();
    await page.getByText("Você declarou.").waitFor();
  });

  it("what others do appears by itself, and ephemeral messages only to their reader", async () => {
    await bot.app.client.chat.postEphemeral({
      channel: bot.sandbox.slack.channel("geral")?.id ?? "",
      user: bot.sandbox.slack.person("ana").id,
      text: "só ana",
    });
    await page.getByText("só ana").waitFor();
    await page.getByLabel("Você é").selectOption("Bruno Lima");
    await bot.sandbox.slack.person("carla").types("bom dia *a todos* <b>");
    await page.getByText("bom dia a todos <b>").waitFor();
    expect(await page.getByText("só ana").count()).toBe(0);
  });

  it("a person joins a channel, answers in a thread and opens the home tab", async () => {
    await page.getByRole("button", { name: "incidentes" }).click();
    await page.getByRole("button", { name: "Entrar no canal" }).click();
    await page.getByRole("button", { name: "Entrar no canal" }).waitFor({ state: "detached" });
    await type("primeira");
    await page.getByRole("button", { name: "Responder" }).click();
    await type("resposta");
    await page.locator(".in-thread", { hasText: "resposta" }).waitFor();
    const [first, second] = bot.sandbox.slack.person("ana").sees("incidentes");
    expect(second?.threadTs).toBe(first?.ts);
    await page.getByRole("button", { name: "Início do app" }).click();
    await page.getByText("Meus incidentes").waitFor();
  });

  it("a mistake is said, not swallowed", async () => {
    await bot.sandbox.slack.person("ana").joins("incidentes");
    bot.sandbox.slack.person("ana").leaves("geral");
    await page.getByRole("button", { name: "Entrar no canal" }).waitFor();
    expect(await page.getByLabel("Mensagem ou comando").isDisabled()).toBe(true);
  });
});

describe("over HTTP", () => {
  const statusFor = (headers: Record<string, string>, path = "/") =>
    new Promise<number>((resolve, reject) => {
      const asked = httpRequest(new URL(path, bot.sandbox.url), { headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      });
      asked.on("error", reject).end();
    });

  it("the page is one document that loads nothing from elsewhere", async () => {
    const response = await fetch(bot.sandbox.url);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(await response.text()).not.toMatch(/(src|href)="(https?:)?\/\//);
  });

  it("a foreign host name that points here is refused", async () => {
    expect(await statusFor({ host: "evil.example" })).toBe(403);
    expect(await statusFor({ host: "evil.example" }, "/page/state?as=ana")).toBe(403);
    expect(await statusFor({})).toBe(200);
  });

  it("a form of another site cannot act in a person's name", async () => {
    const post = (contentType: string) =>
      fetch(`${bot.sandbox.url}/page/do`, {
        method: "POST",
        headers: { "content-type": contentType },
        body: JSON.stringify({ as: "ana", place: "geral", do: "type", text: "oi" }),
      });
    expect((await post("text/plain")).status).toBe(400);
    expect(bot.sandbox.slack.person("ana").sees("geral")).toEqual([]);
    expect((await post("application/json")).status).toBe(200);
  });

  it("an unknown path is not found", async () => {
    expect(await statusFor({}, "/nothing")).toBe(404);
    expect(await statusFor({}, "/page/nothing")).toBe(404);
    expect(await statusFor({}, "/slack/nothing")).toBe(404);
  });
});
