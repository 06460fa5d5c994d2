// The whole flow against a Slack emulator that others wrote. It takes our Web API calls and hands out triggers; what
// Slack would send, the test signs and sends itself.
import { createHmac } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebClient } from "@slack/web-api";
import { createEmulator, type Emulator } from "emulate";
import { afterEach, expect, test } from "vitest";
import { type App, createApp } from "../../src/app.js";
import { loadCompanyData } from "../../src/app-data.js";
import { readConfig } from "../../src/config/read-config.js";
import { botScopes } from "../../src/slack/slack-manifest.js";
import { openEmbeddedStore } from "../../src/storage/embedded/open-embedded-store.js";
import { catchLogs } from "../support/log-lines.js";
import { createManualClock } from "../support/manual-clock.js";
import { START, unpaced } from "../support/story.js";

const TOKEN = "xoxb-plantao";
const SECRET = "0123456789abcdef0123456789abcdef";
const STAFF = [
  "Ana Souza",
  "Bruno Lima",
  "Carla Dias",
  "Diego Reis",
  "Elisa Prado",
  "Fabio Nunes",
  "Helena Castro",
  "Igor Matos",
];
const emailOf = (name: string): string => `${name.toLowerCase().replace(" ", ".")}@cubosuite.example`;
const seed = {
  strict_scopes: true,
  users: STAFF.map((name) => ({
    name: name.split(" ")[0]?.toLowerCase() ?? "",
    real_name: name,
    email: emailOf(name),
  })),
  channels: [{ name: "incidentes" }],
  oauth_apps: [
    {
      client_id: "1.1",
      client_secret: "s",
      name: "Plantão",
      redirect_uris: [],
      app_id: "A1",
      bot_id: "B1",
      bot_user_id: "U0BOT",
      scopes: botScopes(),
    },
  ],
  tokens: [
    {
      token: TOKEN,
      type: "bot",
      user_id: "U0BOT",
      app_id: "A1",
      bot_id: "B1",
      bot_user_id: "U0BOT",
      scopes: botScopes(),
    },
  ],
};

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

type Workspace = {
  readonly emulator: Emulator;
  readonly client: WebClient;
  readonly users: ReadonlyMap<string, string>;
  readonly announcements: string;
};

const openWorkspace = async (): Promise<Workspace> => {
  const emulator = await createEmulator({ service: "slack", port: 0, seed: { slack: seed } });
  undo.push(() => emulator.close());
  const client = new WebClient(TOKEN, { slackApiUrl: `${emulator.url}/api/`, retryConfig: { retries: 0 } });
  const { members = [] } = await client.users.list({});
  const users = new Map(members.map((user) => [user.name ?? "", user.id ?? ""]));
  const { channels = [] } = await client.conversations.list({});
  return {
    emulator,
    client,
    users,
    announcements: channels.find((channel) => channel.name === "incidentes")?.id ?? "",
  };
};

const startApp = async ({ emulator, announcements }: Workspace, clock: ReturnType<typeof createManualClock>) => {
  const dataDir = await mkdtemp(join(tmpdir(), "plantao-emulated-"));
  const store = await openEmbeddedStore({ dataDir });
  undo.push(
    () => rm(dataDir, { recursive: true, force: true }),
    () => store.stop(),
  );
  const logs = catchLogs();
  const read = readConfig({
    MONGODB_URI: store.uri,
    PORT: "0",
    SLACK_BOT_TOKEN: TOKEN,
    SLACK_SIGNING_SECRET: SECRET,
    SLACK_API_URL: `${emulator.url}/api/`,
    SLACK_ANNOUNCEMENT_CHANNEL: announcements,
    PEOPLE_FILE: "docs/examples/people.yaml",
    CUSTOMERS_FILE: "docs/examples/customers.yaml",
  });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const app = await createApp(read.config, await loadCompanyData(read.config), {
    clock,
    logStream: logs.stream,
    slackPacer: unpaced,
  });
  undo.push(() => app.stop());
  const { url } = await app.start();
  await app.untilReady();
  return { app, url, logs };
};

const send = async (url: string, fields: Record<string, string>): Promise<Response> => {
  const body = new URLSearchParams(fields).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = `v0=${createHmac("sha256", SECRET).update(`v0:${timestamp}:${body}`).digest("hex")}`;
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": timestamp,
    "x-slack-signature": signature,
  };
  return fetch(`${url}/slack/events`, { method: "POST", headers, body });
};

const advance = async (app: App, clock: ReturnType<typeof createManualClock>, until: Date): Promise<void> => {
  for (
    let next = await app.nextWakeAt();
    next !== null && next.getTime() <= until.getTime();
    next = await app.nextWakeAt()
  ) {
    if (next.getTime() > clock.now().getTime()) clock.moveTo(next);
    await app.settle();
  }
  clock.moveTo(until);
  await app.settle();
};

test("a form opened in the emulator declares an N1, the ladder pages, and a button takes it", async () => {
  const workspace = await openWorkspace();
  const { client, users, announcements, emulator } = workspace;
  const clock = createManualClock(START);
  const { app, url, logs } = await startApp(workspace, clock);
  const ana = users.get("ana") ?? "";
  const trigger = (await client.apiCall("views.generateTriggerId", { user_id: ana })) as { trigger_id?: string };
  const opened = await send(url, {
    command: "/incident",
    text: "declare",
    user_id: ana,
    user_name: "ana",
    channel_id: announcements,
    channel_name: "incidentes",
    team_id: "T000000001",
    trigger_id: trigger.trigger_id ?? "",
    response_url: `${emulator.url}/response`,
  });
  expect([opened.status, await opened.text()]).toEqual([200, ""]);

  const field = (value: unknown) => ({ field: value });
  const choice = (value: string) =>
    field({ type: "static_select", selected_option: { text: { type: "plain_text", text: value }, value } });
  const view = {
    id: "V1",
    callback_id: "declare",
    private_metadata: JSON.stringify({ form: {}, channel: announcements, thread: null }),
    blocks: ["title", "service", "scope", "effect", "data"].map((block_id) => ({ type: "input", block_id })),
    state: {
      values: {
        title: field({ type: "plain_text_input", value: "Checkout fora do ar" }),
        service: choice("checkout"),
        scope: choice("large"),
        effect: choice("outage"),
        data: choice("none"),
        more: field({ type: "checkboxes", selected_options: [{ value: "more" }] }),
        customers: field({
          type: "multi_static_select",
          selected_options: [{ value: "padaria-aurora" }, { value: "hospital-vida" }],
        }),
      },
    },
  };
  const submission = {
    type: "view_submission",
    team: { id: "T000000001" },
    user: { id: ana, username: "ana" },
    trigger_id: "1.2.3",
    view,
  };
  const submitted = await send(url, { payload: JSON.stringify(submission) });
  expect(submitted.status).toBe(200);
  await app.settle();

  const { channels = [] } = await client.conversations.list({});
  const room = channels.find((channel) => channel.name === "inc-1-checkout-fora-do-ar");
  expect(room?.topic?.value).toContain("N1");
  const { members = [] } = await client.conversations.members({ channel: room?.id ?? "" });
  for (const handle of ["ana", "bruno", "helena", "igor"]) expect(members).toContain(users.get(handle));

  await advance(app, clock, new Date(START.getTime() + 9 * 60_000));
  const history = await client.conversations.history({ channel: room?.id ?? "", limit: 100 });
  const texts = (history.messages ?? []).map((message) => message.text ?? "");
  for (const percent of [50, 75, 90])
    expect(texts.filter((text) => text.includes(`Pré-aviso: ${percent} %`))).toHaveLength(1);

  const card = history.messages?.find((message) => message.text?.startsWith("INC-1, N1"));
  const blocks = (card?.blocks ?? []) as unknown as readonly {
    type: string;
    block_id?: string;
    elements?: readonly { action_id?: string; value?: string }[];
  }[];
  const button = blocks
    .flatMap((block) => block.elements ?? [])
    .find((element) => element.action_id?.startsWith("take"));
  const press = {
    type: "block_actions",
    team: { id: "T000000001" },
    user: { id: users.get("carla"), username: "carla", name: "carla" },
    channel: { id: room?.id },
    message: { ts: card?.ts },
    container: { type: "message", message_ts: card?.ts, channel_id: room?.id },
    response_url: `${emulator.url}/response`,
    trigger_id: "4.5.6",
    actions: [
      {
        type: "button",
        action_id: button?.action_id,
        block_id: "b",
        value: button?.value,
        action_ts: "1795438800.000001",
      },
    ],
  };
  expect((await send(url, { payload: JSON.stringify(press) })).status).toBe(200);
  await app.settle();
  const after = await client.conversations.history({ channel: room?.id ?? "", limit: 100 });
  expect((after.messages ?? []).map((message) => message.text ?? "")).toContainEqual(
    expect.stringContaining("Carla Dias assumiu o incidente"),
  );
  await advance(app, clock, new Date(START.getTime() + 40 * 60_000));
  const silent = await client.conversations.history({ channel: room?.id ?? "", limit: 100 });
  expect(silent.messages?.length).toBe(after.messages?.length);
  expect(logs.unexpected()).toEqual([]);
});
