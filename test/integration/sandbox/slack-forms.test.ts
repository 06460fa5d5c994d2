import type { WebClient } from "@slack/web-api";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type BoltBot, startBoltBot } from "./bolt-bot.js";
import { clientFor, refusalOf } from "./slack-client.js";

const plain = (text: string) => ({ type: "plain_text" as const, text });
const note = (text: string) => ({ type: "section" as const, text: plain(text) });
const modal = (title: string, more: object = {}) => ({
  type: "modal" as const,
  callback_id: "form",
  title: plain(title),
  blocks: [note(title)],
  ...more,
});
const field = (block: string, optional = false) => ({
  type: "input" as const,
  block_id: block,
  optional,
  label: plain(block),
  element: { type: "plain_text_input" as const, action_id: "v" },
});

let bot: BoltBot;
let client: WebClient;
let trigger: string;
let answer: object | undefined;

beforeEach(async () => {
  answer = undefined;
  bot = await startBoltBot((app) => {
    app.command("/form", async ({ ack, command }) => {
      trigger = command.trigger_id;
      await ack();
    });
    app.view("form", async ({ ack, body }) => {
      trigger = String((body as { trigger_id?: string }).trigger_id);
      await (ack as (response?: object) => Promise<void>)(answer);
    });
    app.view({ type: "view_closed", callback_id: "form" }, async ({ ack }) => ack());
    app.event("app_home_opened", async ({ event, client: web }) => {
      await web.views.publish({ user_id: event.user, view: { type: "home", blocks: [note("Início de plantão")] } });
    });
  });
  client = clientFor(bot.sandbox);
  await ana().types("/form");
});
afterEach(async () => {
  vi.useRealTimers();
  await bot.stop();
});
const ana = () => bot.sandbox.slack.person("ana");
const open = (view: object) => client.apiCall("views.open", { trigger_id: trigger, view });

describe("triggers", () => {
  it("open one form, once", async () => {
    await open(modal("Um"));
    expect(ana().openView()?.title).toBe("Um");
    expect(await refusalOf(open(modal("Dois")))).toBe("exchanged_trigger_id");
    expect(await refusalOf(client.apiCall("views.open", { trigger_id: "1.2.x", view: modal("x") }))).toBe(
      "invalid_trigger_id",
    );
  });

  it("expire after three seconds", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3001 });
    expect(await refusalOf(open(modal("Tarde")))).toBe("expired_trigger_id");
  });

  it("are not used up by a view that Slack refuses", async () => {
    await expect(open(modal("x".repeat(25)))).rejects.toMatchObject({
      data: {
        error: "invalid_arguments",
        response_metadata: { messages: ["[ERROR] must be less than 25 characters [json-pointer:/view/title/text]"] },
      },
    });
    expect(await refusalOf(open(modal("Um")))).toBe("accepted");
  });
});

describe("changing a form", () => {
  it("keeps what was typed under the same ids and refuses a stale hash", async () => {
    const form = modal("Um", { submit: plain("Enviar"), blocks: [field("título")] });
    const opened = (await open(form)) as { view?: { id: string; hash: string } };
    await ana().fills({ título: "Checkout" });
    const { id: view_id = "", hash = "" } = opened.view ?? {};
    const view = { ...form, blocks: [field("título"), field("novo", true)] };
    await client.apiCall("views.update", { view_id, hash, view });
    expect(ana().openView()?.values["título"]?.["v"]).toMatchObject({ value: "Checkout" });
    expect(await refusalOf(client.apiCall("views.update", { view_id, hash, view }))).toBe("hash_conflict");
    await ana().closes();
    expect(await refusalOf(client.apiCall("views.update", { view_id, view }))).toBe("not_found");
  });

  it("an external id is used by one view at a time and can name it", async () => {
    await open(modal("Um", { external_id: "inc-1" }));
    await client.apiCall("views.update", { external_id: "inc-1", view: modal("Outro", { external_id: "inc-1" }) });
    expect(ana().openView()?.title).toBe("Outro");
    const bruno = bot.sandbox.slack.person("bruno");
    await bruno.types("/form");
    expect(await refusalOf(open(modal("Dois", { external_id: "inc-1" })))).toBe("duplicate_external_id");
  });

  it("a view above 250 KB is too large", async () => {
    const blocks = Array.from({ length: 100 }, () => note("x".repeat(2600)));
    expect(await refusalOf(open(modal("Grande", { blocks })))).toBe("view_too_large");
  });
});

describe("submitting", () => {
  const form = modal("Um", { submit: plain("Enviar"), blocks: [field("título"), field("detalhe", true)] });

  it("required fields are asked for without telling the bot", async () => {
    await open(form);
    const before = bot.sandbox.slack.deliveries.length;
    expect(await ana().submits()).toMatchObject({ sent: false, errors: { título: "Preencha este campo." } });
    expect(bot.sandbox.slack.deliveries).toHaveLength(before);
  });

  it.each([
    ["nothing", undefined, { closed: true }, undefined],
    [
      "errors",
      { response_action: "errors", errors: { título: "Não" } },
      { closed: false, errors: { título: "Não" } },
      "Um",
    ],
    ["update", { response_action: "update", view: modal("Dois") }, { closed: false }, "Dois"],
    ["push", { response_action: "push", view: modal("Sobre") }, { closed: false }, "Sobre"],
    ["clear", { response_action: "clear" }, { closed: true }, undefined],
  ])("the answer %s does what it says", async (_name, response, outcome, title) => {
    await open(form);
    await ana().fills({ título: "x" });
    answer = response;
    expect(await ana().submits()).toMatchObject({ sent: true, acknowledged: true, ...outcome });
    expect(ana().openView()?.title).toBe(title);
  });

  it.each([
    [
      "errors under a field that does not exist",
      { response_action: "errors", errors: { nada: "x" } },
      "invalid_errors",
    ],
    ["a view that Slack refuses", { response_action: "update", view: modal("x".repeat(25)) }, "invalid_arguments"],
  ])("%s count as the bot's failure", async (_what, response, error) => {
    await open(form);
    await ana().fills({ título: "x" });
    answer = response;
    expect(await ana().submits()).toMatchObject({ error, closed: false });
    expect(bot.sandbox.slack.transcript.refusals.at(-1)).toMatchObject({ method: "submission form", error });
  });

  it("at most three forms stand on one another", async () => {
    const top = { ...form, blocks: [field("título", true)] };
    await open(top);
    for (const title of ["Dois", "Três"]) {
      answer = { response_action: "errors", errors: { título: "espere" } };
      await ana().submits();
      await client.apiCall("views.push", { trigger_id: trigger, view: { ...top, title: plain(title) } });
    }
    await ana().submits();
    const fourth = client.apiCall("views.push", { trigger_id: trigger, view: modal("Quatro") });
    expect(await refusalOf(fourth)).toBe("push_limit_reached");
    await ana().closes();
    expect(ana().openView()?.title).toBe("Dois");
  });

  it("the bot is told of a closed form when it asked to be", async () => {
    await open(modal("Um", { notify_on_close: true }));
    await ana().closes();
    expect(bot.sandbox.slack.deliveries.at(-1)?.payload).toMatchObject({ type: "view_closed", is_cleared: false });
  });
});

it("a home tab is published when a person opens it", async () => {
  expect(ana().home()).toBeUndefined();
  await ana().opensHome();
  expect(ana().home()?.visible).toBe("Início de plantão");
});
