// What people can do that is easy to get wrong in a stand-in: questions before an action, inputs in messages, who hears what.
import { afterEach, expect, test } from "vitest";
import type { RunningTeamsSandbox } from "../../../src/sandbox/teams/start-teams-sandbox.js";
import type { TeamsSandboxOptions } from "../../../src/sandbox/teams/teams-sandbox.js";
import { type RealBot, startRealBot } from "./real-bot.js";
import { aCard, carrying, ids, startTenant } from "./tenant-fixture.js";

let sandbox: RunningTeamsSandbox;
let bot: RealBot;
const heard: unknown[] = [];

const open = async (changes: Partial<TeamsSandboxOptions> = {}): Promise<void> => {
  heard.length = 0;
  sandbox = await startTenant(changes);
  bot = await startRealBot(sandbox);
  bot.handle(async ({ activity }) => {
    heard.push(activity.value ?? activity.text ?? activity.membersAdded?.map(({ id }) => id));
    return undefined;
  });
};
const shows = (content: unknown): Promise<void> =>
  bot.proactively(async (context) => void (await context.sendActivity(carrying(content) as never)), ids.incidents);

afterEach(async () => {
  await bot.stop();
  await sandbox.stop();
});

test("a button that asks first sends nothing when declined, and its one action when not", async () => {
  await open();
  const yes = { type: "Action.Submit", title: "Sim, cancelar", data: { do: "cancel" } };
  const ask = { type: "Action.ShowCard", title: "Cancelar", card: { type: "AdaptiveCard", body: [], actions: [yes] } };
  await shows(aCard("INC-1", { actions: [ask] }));
  const ana = sandbox.person("ana");
  expect(await ana.presses("Cancelar", { in: "Incidentes", confirm: false })).toMatchObject({ sent: false });
  expect(heard).toEqual([]);
  await ana.presses("Cancelar", { in: "Incidentes" });
  await ana.presses("Sim, cancelar", { in: "Incidentes" });
  expect(heard).toEqual([{ do: "cancel" }, { do: "cancel" }]);
  await expect(ana.presses("Sim, cancelar", { in: "Incidentes", confirm: false })).rejects.toThrow(
    "asks no confirmation",
  );
});

test("inputs of a message travel with the action, and the client stops what it finds wrong", async () => {
  await open();
  const body = [
    {
      type: "Input.Number",
      id: "minutes",
      label: "Minutos",
      isRequired: true,
      errorMessage: "De 1 a 60.",
      min: 1,
      max: 60,
    },
    { type: "Input.Toggle", id: "loud", label: "Aviso", title: "Avisar", valueOn: "yes", valueOff: "no" },
  ];
  await shows(aCard("Adiar", { body, actions: [{ type: "Action.Submit", title: "Ok", data: { do: "pause" } }] }));
  const press = (inputs: Record<string, string | number | boolean>) =>
    sandbox.person("ana").presses("Ok", { in: "Incidentes", inputs });
  expect((await press({})).errors).toEqual({ minutes: "De 1 a 60." });
  expect((await press({ minutes: 61 })).errors).toEqual({ minutes: "De 1 a 60." });
  await press({ Minutos: 30, loud: true });
  expect(heard).toEqual([{ do: "pause", minutes: "30", loud: "yes" }]);
});

test("with the permission for channel messages the bot hears what does not mention it", async () => {
  await open({ hearsEverything: true });
  await sandbox.person("bruno").types("alguém viu?", { in: "Incidentes" });
  expect(heard).toEqual(["alguém viu?"]);
});

test("somebody new is told to the bot and can act at once; somebody outside the team sees no channel", async () => {
  await open();
  const eva = await sandbox.addPerson({ name: "Eva Rocha" });
  expect(heard).toEqual([[eva.id]]);
  expect((await eva.mentions("ajuda")).acknowledged).toBe(true);
  expect(() => sandbox.person("carla").sees("Incidentes")).toThrow("not in the team");
});

test("waiting ends with what was waited for, or says what happened instead", async () => {
  await open();
  const ana = sandbox.person("ana");
  const waiting = ana.waitsToSee("Incidentes", /INC-\d/);
  await shows(aCard("INC-7"));
  expect((await waiting).visible).toBe("INC-7");
  await expect(ana.waitsForView("Declarar", 20)).rejects.toThrow(/nothing within 20 ms.*\n[\s\S]*INC-7/);
});
