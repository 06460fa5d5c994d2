// The rooms against an emulator that others wrote, so that our own stand-in cannot share our misunderstandings.
import { WebClient } from "@slack/web-api";
import { createEmulator, type Emulator } from "emulate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sheetOf } from "../../../src/domain/incident/sheet.js";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { createPeopleLinker } from "../../../src/slack/link-people.js";
import { createPacer } from "../../../src/slack/pacer.js";
import { createSlackChatRooms } from "../../../src/slack/slack-chat-rooms.js";
import { clientOptions } from "../../../src/slack/slack-clients.js";
import { botScopes } from "../../../src/slack/slack-manifest.js";
import { createSlackPeople } from "../../../src/slack/slack-people.js";
import { createCatalogueView, EMPTY_CATALOGUE } from "../../../src/storage/catalogue-view.js";
import { aDeclaration, declared } from "../../support/incident-builders.js";
import { createMemoryDirectory } from "../../support/memory/memory-directory.js";
import { createMemoryPlaces } from "../../support/memory/memory-places.js";

const token = "xoxb-plantao";
const seed = {
  strict_scopes: true,
  users: [{ name: "bruno", real_name: "Bruno Lima", email: "bruno@cubo.example" }],
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
    { token, type: "bot", user_id: "U0BOT", app_id: "A1", bot_id: "B1", bot_user_id: "U0BOT", scopes: botScopes() },
  ],
};
let emulator: Emulator;
let client: WebClient;
beforeAll(async () => {
  emulator = await createEmulator({ service: "slack", port: 0, seed: { slack: seed } });
  client = new WebClient(token, clientOptions({ apiUrl: `${emulator.url}/api/` }));
});
afterAll(() => emulator.close());

test("a room is opened, described, filled, written in, edited and pinned with the scopes of the manifest", async () => {
  const directory = createMemoryDirectory();
  const users = await client.users.list({});
  const bruno = users.members?.find(({ name }) => name === "bruno");
  const card = await directory.whoActs({
    platform: "slack",
    userId: bruno?.id ?? "",
    name: "Bruno",
    email: null,
    admin: false,
  });
  const nothing = (): void => {};
  const reporter = {
    requestRefused: nothing,
    answerLate: nothing,
    callFailed: nothing,
    broke: nothing,
    connection: nothing,
  };
  const settings = { commands: ["/incidente"], language: "pt-BR", zone: "America/Sao_Paulo" } as const;
  const catalogue = createCatalogueView(EMPTY_CATALOGUE);
  const pacer = createPacer(Date.now);
  const rooms = createSlackChatRooms({
    client,
    pacer,
    linker: createPeopleLinker({ client, pacer, directory, reporter, realNow: Date.now }),
    people: createSlackPeople({ client, directory, catalogue, settings, reporter }),
    directory,
    places: createMemoryPlaces(),
    announcementChannel: null,
    botUserId: () => "U0BOT",
  });
  const { incident } = declared(aDeclaration());
  const at = incident.detectedAt;
  const snapshot = { incident, sheet: sheetOf(incident, cuboSuitePolicyV1, at), policy: cuboSuitePolicyV1, at };

  const opened = await rooms.openRoom(snapshot, false);
  expect(opened?.name).toBe("inc-1-checkout-fora-do-ar");
  const room = opened?.room ?? { platform: "slack", roomId: "" };
  expect((await rooms.openRoom(snapshot, false))?.name).toBe("inc-1-checkout-fora-do-ar-2");
  await rooms.describeRoom(room, snapshot);
  await rooms.invite(room, [card.id]);
  await rooms.invite(room, [card.id]);
  const notice = { kind: "incident-card" } as const;
  const message = await rooms.post({ to: { kind: "room", room }, notice, snapshot, key: "k1", mayExist: false });
  expect(await rooms.post({ to: { kind: "room", room }, notice, snapshot, key: "k1", mayExist: true })).toEqual(
    message,
  );
  expect(await rooms.edit(message, notice, snapshot)).toBe(true);
  await rooms.pin(message);
  await rooms.pin(message);
  const personal = { to: { kind: "person", person: card.id }, notice, snapshot, key: "k2", mayExist: false } as const;
  expect((await rooms.post(personal)).roomId).toMatch(/^D/);

  const info = await client.conversations.info({ channel: room.roomId });
  expect(info.channel?.topic?.value).toContain("Checkout fora do ar");
  const members = await client.conversations.members({ channel: room.roomId });
  expect(members.members).toContain(bruno?.id);
});
