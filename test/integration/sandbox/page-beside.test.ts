// Phones, mailboxes and Teams on the page, in a real browser.
import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { card, cardMessage, cardType, type PageStage, startPageStage } from "./page-stage.js";

const executablePath = "/usr/bin/chromium";
const missing = !existsSync(executablePath);
if (missing) console.warn(`Browser tests are skipped: ${executablePath} is missing (apt-get install -y chromium)`);

const phone = "+5511999990001";
const hostile = `<img src=x onerror="document.title='hurt'"><script>top.document.title='hurt'</script>`;

let browser: Browser;
let stage: PageStage;
let page: Page;

describe.skipIf(missing)("beside the workspace", () => {
  const errors: string[] = [];
  const refusedOnPurpose: RegExp[] = [];
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    stage = await startPageStage();
    for (const list of [errors, refusedOnPurpose]) list.length = 0;
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(5000);
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
    await page.goto(stage.sandbox.url);
    await page.getByRole("button", { name: "Telefones" }).waitFor();
  });
  afterEach(async () => {
    await page.close();
    await stage.stop();
    expect(errors.filter((error) => !refusedOnPurpose.some((known) => known.test(error)))).toEqual([]);
  });

  const open = (side: string) => page.getByRole("button", { name: side }).click();
  const device = () => page.getByRole("article", { name: phone });

  it("a text arrives by itself and is answered by text", async () => {
    await open("Telefones");
    await stage.sms(phone, `INC-7 <b>fora</b> ${hostile} https://cubo.example/i/7.`);
    await device().getByText("INC-7 <b>fora</b>").waitFor();
    const link = device().getByRole("link", { name: "https://cubo.example/i/7", exact: true });
    expect(await link.getAttribute("rel")).toContain("noopener");
    const field = device().getByRole("textbox");
    await field.fill("pego eu");
    await stage.sms(phone, "segundo aviso");
    await device().getByText("segundo aviso").waitFor();
    expect(await field.inputValue()).toBe("pego eu");
    await field.press("Enter");
    await device().locator(".own", { hasText: "pego eu" }).waitFor();
    await stage.bot.waitFor((arrivals) => arrivals.length > 0);
    expect(stage.bot.at("/sms")).toMatchObject([{ fields: { From: phone, To: "+551140000001", Body: "pego eu" } }]);
    expect(await page.title()).not.toBe("hurt");
  });

  it("a ringing call is answered, a key is pressed and what was said is read", async () => {
    await open("Telefones");
    stage.bot.answer("/key", { status: 200, body: "<Response><Say>Assumido por você.</Say></Response>" });
    const asks = `<Gather numDigits="1" timeout="60" action="${stage.bot.url}/key"><Say>Incidente N1. Tecle 1.</Say></Gather>`;
    await stage.call(phone, `<Response>${asks}</Response>`);
    await device().getByText("Tocando").waitFor();
    await device().getByRole("button", { name: "Atender" }).click();
    await device().getByText("Incidente N1. Tecle 1.").waitFor();
    await device().getByRole("button", { name: "Tecla 1" }).click();
    await device().getByText("encerrada").waitFor();
    await device().getByText("O que foi dito").click();
    await device().getByText("Assumido por você.").waitFor();
    expect(stage.bot.at("/key")).toMatchObject([{ fields: { Digits: "1" } }]);
  });

  it("a ringing call is refused, and one under way is hung up", async () => {
    await open("Telefones");
    await stage.call(phone, "<Response><Pause length='60'/></Response>");
    await device().getByRole("button", { name: "Desligar" }).click();
    await device().getByText("recusada").waitFor();
    await stage.call(phone, "<Response><Pause length='60'/></Response>");
    await device().getByRole("button", { name: "Atender" }).click();
    await device().getByText("Em ligação").waitFor();
    await device().getByRole("button", { name: "Desligar" }).click();
    await device().getByText("encerrada").waitFor();
  });

  it("a mail is shown with its own styles, and what is hostile in it does nothing", async () => {
    // Blocked scripts and images are reported by the browser; that they are is what this test wants.
    refusedOnPurpose.push(/Blocked (script execution|form submission)|Content Security Policy/);
    await open("E-mails");
    // The listening bot stands for the rest of the world: whatever reaches it has left the mail.
    const form = `<form action="${stage.bot.url}/form" method="post"><button>enviar</button></form>`;
    const loads = `<img src="${stage.bot.url}/pixel"><link rel="stylesheet" href="${stage.bot.url}/style">`;
    const bait = `<a href="${stage.bot.url}/link">isca</a>${loads}${form}`;
    const style = "<style>h1 { color: rgb(1, 2, 3) }</style>";
    await stage.mail(
      "rita@cliente.example",
      `Aviso ${hostile}`,
      `${style}<h1>Checkout fora</h1>${hostile}${bait}`,
      "em texto",
    );
    await page.getByRole("button", { name: "Aviso" }).click();
    const inside = page.frameLocator("iframe");
    const heading = inside.getByRole("heading", { name: "Checkout fora" });
    await heading.waitFor();
    expect(await heading.evaluate((node) => getComputedStyle(node).color)).toBe("rgb(1, 2, 3)");
    expect(await page.locator("iframe").getAttribute("sandbox")).toBe("");
    await inside.getByRole("button", { name: "enviar" }).click({ noWaitAfter: true });
    await inside.getByRole("link", { name: "isca" }).click({ noWaitAfter: true });
    await page.getByText("Versão em texto").click();
    await page.getByText("em texto", { exact: true }).waitFor();
    expect(stage.bot.arrivals).toEqual([]);
    expect(page.frames().map((frame) => frame.url())).not.toContainEqual(expect.stringContaining(stage.bot.url));
    expect(await page.title()).not.toBe("hurt");
  });

  it("a card's button is pressed, its question answered and its inputs sent", async () => {
    stage.bot.answer("/api/messages", ({ raw }) => {
      const { name, value } = JSON.parse(raw) as { name?: string; value?: { action: { data: { nota: string } } } };
      if (name !== "adaptiveCard/action") return { status: 200 };
      const shown = card(`Assumido: ${value?.action.data.nota}`, {});
      return answer({ statusCode: 200, type: cardType, value: shown });
    });
    const note = { type: "Input.Text", id: "nota", label: "Nota" };
    const execute = { type: "Action.Execute", title: "Assumir", verb: "take", data: {} };
    const ask = {
      type: "Action.ShowCard",
      title: "Encerrar",
      card: { ...card("Tem certeza?", {}), actions: [{ ...execute, title: "Sim", verb: "end" }] },
    };
    await stage.post(
      { channel: "Incidentes" },
      cardMessage(`**INC-7** ${hostile}`, { body: [note], actions: [execute, ask] }),
    );
    await page.locator("#side-heading").getByRole("button", { name: "Incidentes" }).click();
    await page.getByText("INC-7", { exact: true }).waitFor();
    await page.getByText("Encerrar").click();
    await page.getByText("Tem certeza?").waitFor();
    await page.getByLabel("Nota").fill("já olho");
    await page.getByRole("button", { name: "Sim", exact: true }).click();
    await page.getByText("Assumido: já olho").waitFor();
    expect(await page.title()).not.toBe("hurt");
    await page.getByLabel("Você é").selectOption("Bruno Lima");
    await page.getByText("INC-7", { exact: true }).waitFor();
    expect(await page.getByText("Assumido: já olho").count()).toBe(0);
  });

  it("a dialog of Teams is filled in, refused by the client, and submitted", async () => {
    const fields = [
      { type: "Input.Text", id: "titulo", label: "Título", isRequired: true, errorMessage: "Diga o que houve" },
      { type: "Input.ChoiceSet", id: "dados", label: "Dados", style: "expanded", choices: choices("Sim", "Não") },
      {
        type: "Input.ChoiceSet",
        id: "onde",
        label: "Onde",
        isMultiSelect: true,
        style: "expanded",
        choices: choices("Site", "App"),
      },
      { type: "Input.Toggle", id: "ensaio", label: "Ensaio", title: "É um ensaio" },
      { type: "Input.Date", id: "dia", label: "Dia" },
    ];
    stage.bot.answer("/api/messages", ({ raw }) => {
      const { name } = JSON.parse(raw) as { name?: string };
      const content = {
        ...card("Declarar", { body: fields }),
        actions: [{ type: "Action.Submit", title: "Registrar", data: { form: 1 } }],
      };
      const value = { title: "Novo incidente", card: { contentType: cardType, content } };
      return name === "task/fetch" ? answer({ task: { type: "continue", value } }) : answer({});
    });
    const declare = { type: "Action.Submit", title: "Declarar", data: { msteams: { type: "task/fetch" } } };
    await stage.post({ person: "ana" }, cardMessage("Olá", { actions: [declare] }));
    await page.getByRole("button", { name: "Chat com o Plantão" }).click();
    await page.getByRole("button", { name: "Declarar" }).click();
    await page.getByRole("dialog", { name: "Novo incidente" }).waitFor();
    await page.getByRole("group", { name: "Onde" }).getByLabel("Site").check();
    await page.getByRole("group", { name: "Onde" }).getByLabel("App").check();
    await page.getByLabel("É um ensaio").check();
    await page.getByLabel("Dia").fill("2026-11-23");
    await page.getByRole("button", { name: "Registrar" }).click();
    await page.getByRole("alert").filter({ hasText: "Diga o que houve" }).waitFor();
    expect(await page.getByLabel("App").isChecked()).toBe(true);
    await page.getByLabel("Título").fill("Checkout caiu");
    await page.getByRole("group", { name: "Dados" }).getByLabel("Não").check();
    await page.getByRole("button", { name: "Registrar" }).click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    const submitted = stage.bot
      .at("/api/messages")
      .map(({ raw }) => JSON.parse(raw))
      .filter(({ name }) => name === "task/submit");
    const data = {
      form: 1,
      titulo: "Checkout caiu",
      dados: "Não",
      onde: "Site,App",
      ensaio: "true",
      dia: "2026-11-23",
    };
    expect(submitted).toMatchObject([{ value: { data } }]);
  });

  it("a person calls the bot in a channel and answers in a thread, and Slack stays beside it", async () => {
    await page.getByRole("button", { name: "@Plantão" }).click();
    await page.keyboard.type("ajuda");
    await page.keyboard.press("Enter");
    await page.getByRole("article").filter({ hasText: "ajuda" }).getByText("@Plantão").waitFor();
    await stage.bot.waitFor((arrivals) => arrivals.length > 0);
    expect(JSON.parse(stage.bot.at("/api/messages")[0]?.raw ?? "{}")).toMatchObject({ text: "<at>Plantão</at> ajuda" });
    await page.locator("#pieces").getByRole("button", { name: "Responder" }).click();
    await page.getByLabel("Mensagem no Teams").fill("na conversa");
    await page.keyboard.press("Enter");
    await page.locator("#pieces .in-thread", { hasText: "na conversa" }).waitFor();
    await page.getByLabel("Mensagem ou comando").fill("oi do Slack");
    await page.keyboard.press("Enter");
    await page.locator("#messages").getByText("oi do Slack").waitFor();
    expect(stage.sandbox.teams?.channels()[0]?.threads).toHaveLength(1);
  });

  it("a narrow screen shows one thing at a time and nothing sticks out", async () => {
    await page.setViewportSize({ width: 375, height: 740 });
    await stage.sms(phone, "x".repeat(300));
    await open("Telefones");
    await device().getByText("xxx").waitFor();
    expect(await page.locator("main").isVisible()).toBe(false);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(375);
    await open("Slack");
    await page.getByLabel("Mensagem ou comando").waitFor();
    expect(await device().isVisible()).toBe(false);
  });

  it("a bot that does not answer is said, not swallowed", async () => {
    refusedOnPurpose.push(/409/);
    stage.bot.answer("/api/messages", { status: 500 });
    const execute = { type: "Action.Execute", title: "Assumir", verb: "take", data: {} };
    await stage.post({ person: "ana" }, cardMessage("INC-7", { actions: [execute] }));
    await page.getByRole("button", { name: "Chat com o Plantão" }).click();
    await page.getByRole("button", { name: "Assumir" }).click();
    await page.getByRole("alert").filter({ hasText: "O bot não respondeu como devia" }).waitFor();
  });
});

const choices = (...titles: string[]) => titles.map((title) => ({ title, value: title }));
const answer = (body: object) => ({ status: 200, type: "application/json", body: JSON.stringify(body) });
