import type { App } from "@slack/bolt";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type BoltBot, startBoltBot } from "./bolt-bot.js";

const plain = (text: string) => ({ type: "plain_text" as const, text });

function register(app: App): void {
  app.command("/incident", async ({ command, client, ack }) => {
    await client.views.open({
      trigger_id: command.trigger_id,
      view: {
        type: "modal",
        callback_id: "declare",
        private_metadata: command.channel_id,
        title: plain("Declarar incidente"),
        submit: plain("Declarar"),
        blocks: [
          {
            type: "input",
            block_id: "title",
            label: plain("Título"),
            element: { type: "plain_text_input", action_id: "value", initial_value: command.text },
          },
          {
            type: "input",
            block_id: "effect",
            label: plain("Efeito"),
            dispatch_action: true,
            element: {
              type: "static_select",
              action_id: "value",
              options: [
                { text: plain("Fora do ar"), value: "outage" },
                { text: plain("Lento"), value: "slow" },
              ],
            },
          },
        ],
      },
    });
    await ack();
  });
  app.action({ block_id: "effect" }, async ({ ack, client, body }) => {
    await ack();
    if (body.type !== "block_actions" || !body.view) return;
    const { id, hash, blocks, title, submit, private_metadata, callback_id } = body.view;
    await client.views.update({
      view_id: id,
      hash,
      view: {
        type: "modal",
        callback_id,
        private_metadata,
        title: plain(title.text),
        submit: plain(submit?.text ?? "ok"),
        blocks: [...blocks, { type: "context", elements: [plain("Nível N1")] }],
      },
    });
  });
  app.view("declare", async ({ ack, view, client, body }) => {
    const title = view.state.values["title"]?.["value"]?.value ?? "";
    if (title.length < 5) return ack({ response_action: "errors", errors: { title: "Curto demais" } });
    await ack();
    await client.chat.postMessage({
      channel: view.private_metadata,
      text: title,
      blocks: [
        { type: "header", text: plain(title) },
        { type: "section", text: { type: "mrkdwn", text: `*Declarado* por <@${body.user.id}>` } },
        {
          type: "actions",
          elements: [{ type: "button", action_id: "take", text: plain("Assumir"), value: "1" }],
        },
      ],
    });
    return undefined;
  });
  app.action("take", async ({ ack, respond, body }) => {
    await ack();
    await respond({ replace_original: true, text: `Assumido por <@${body.user.id}>` });
  });
}

let bot: BoltBot;
beforeEach(async () => {
  bot = await startBoltBot(register);
});
afterEach(() => bot.stop());

it("a person declares by form and takes with a button, through the real Bolt", async () => {
  const { slack } = bot.sandbox;
  const ana = slack.person("ana");
  expect(await ana.types("/incident caiu", { in: "geral" })).toMatchObject({ status: 200, acknowledged: true });
  expect(ana.openView()).toMatchObject({ title: "Declarar incidente", submitLabel: "Declarar" });

  expect(await ana.submits()).toMatchObject({ sent: false, errors: { effect: "Preencha este campo." } });
  await ana.chooses("Efeito", "Fora do ar");
  expect(ana.openView()?.visible).toContain("Nível N1");
  expect(ana.openView()?.values["title"]?.["value"]).toMatchObject({ value: "caiu" });

  expect(await ana.submits()).toMatchObject({ sent: true, errors: { title: "Curto demais" }, closed: false });
  await ana.fills({ Título: "Checkout caiu" });
  expect(await ana.submits()).toMatchObject({ status: 200, closed: true });
  expect(ana.openView()).toBeUndefined();

  const bruno = slack.person("bruno");
  const card = await bruno.waitsToSee("geral", "Checkout caiu");
  expect(card.visible).toBe("Checkout caiu\nDeclarado por @ana\n[Assumir]");
  expect(await bruno.presses("Assumir", { in: "geral" })).toMatchObject({ acknowledged: true });
  const changed = await bruno.waitsToSee("geral", "Assumido por @bruno");
  expect(changed.ts).toBe(card.ts);
  expect(slack.transcript.unknownMethods).toEqual([]);
  expect(slack.transcript.refusals).toEqual([]);
});
