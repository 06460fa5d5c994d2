// The demonstration's incident, played by people against the real product. A step that does not happen ends the story.
import { tellCustomers } from "./demo-customers.js";
import { ringOut, silence, takeByPhone } from "./demo-phones.js";
import { ensure, PATIENCE_MS, quiet, type Stage, step } from "./demo-step.js";

const AFFECTED = ["padaria-aurora", "hospital-vida"];

const roomOf = async (stage: Stage): Promise<string> => {
  const { transcript } = stage.sandbox.slack;
  const created = await transcript.waitFor(
    (entry) => entry.kind === "channel" && entry.what === "created",
    PATIENCE_MS,
  );
  return created.channelName ?? "";
};

const declare = async (stage: Stage, customers: readonly string[]): Promise<string> => {
  const { sandbox, narrator, words } = stage;
  const ana = sandbox.slack.person("ana");
  await ana.types(words.declare, { in: "geral" });
  await ana.waitsForView(words.formTitle, PATIENCE_MS);
  if (customers.length === 0) await ana.fills({ title: words.title });
  else {
    await ana.fills({
      title: words.title,
      service: "checkout",
      scope: "large",
      effect: "outage",
      data: "none",
      more: ["more"],
    });
    await ana.fills({ customers: [...customers] });
    ensure(words.level.test(ana.openView()?.visible ?? ""), "the form does not show N1");
  }
  const level = (ana.openView()?.visible ?? "").split("\n").find((line) => /N[1-4]/.test(line)) ?? "";
  narrator.says(words.declares("Ana", words.declare, customers.length === 0 ? words.title : words.filled));
  narrator.quotes(customers.length === 0 ? level : `${level}\n${words.affected}`);
  const answer = await ana.submits();
  ensure(answer.closed, "the form was not accepted");
  return roomOf(stage);
};

const opened = async (stage: Stage, room: string, announced: boolean): Promise<void> => {
  const { sandbox, narrator } = stage;
  const { transcript } = sandbox.slack;
  await transcript.waitFor((entry) => entry.kind === "pin", PATIENCE_MS);
  if (announced)
    await transcript.waitFor((entry) => entry.channelName === "incidentes" && entry.kind === "message", PATIENCE_MS);
  await transcript.waitFor(
    (entry) => entry.kind === "message" && entry.by === "bot" && entry.direct === true,
    PATIENCE_MS,
  );
  await quiet(stage);
  narrator.tells();
  const channel = sandbox.slack.channel(room);
  ensure(
    (channel?.topic ?? "") !== "" && (channel?.pins.length ?? 0) === 1,
    "the channel has no topic or no pinned card",
  );
};

const rung = async (stage: Stage, room: string, percent: number, minutes: number): Promise<void> => {
  const { sandbox, narrator, words, realMs } = stage;
  await sandbox.slack.person("ana").waitsToSee(room, words.warning(percent), realMs(minutes) + PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const take = async (stage: Stage, room: string, handle: string, name: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const person = sandbox.slack.person(handle);
  narrator.says(words.presses(name, words.take));
  await person.presses(words.take, { in: room });
  await person.waitsToSee(room, words.taken, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const mitigate = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const carla = sandbox.slack.person("carla");
  narrator.says(words.types("Carla", words.mitigate));
  await carla.types(words.mitigate, { in: room });
  await carla.waitsToSee(room, words.mitigated, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const resolve = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const carla = sandbox.slack.person("carla");
  await carla.presses(words.resolveButton, { in: room });
  narrator.says(words.presses("Carla", words.resolveButton));
  await carla.waitsForView("", PATIENCE_MS);
  await carla.fills({ data: "not-affected", reason: words.reason });
  ensure((await carla.submits()).closed, "the form was not accepted");
  await carla.waitsToSee(room, words.resolved, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

const record = async (stage: Stage, room: string): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const ana = sandbox.slack.person("ana");
  narrator.says(words.types("Ana", words.timeline));
  await ana.types(words.timeline, { in: room });
  const [, ...entries] = (await ana.waitsToSee(room, words.timelineHead, PATIENCE_MS)).visible.split("\n");
  narrator.wraps(entries.map((entry) => entry.trim()).join(" · "));
};

const listInTeams = async (stage: Stage): Promise<void> => {
  const { sandbox, narrator, words } = stage;
  const diego = sandbox.teams?.person("diego");
  if (diego === undefined) throw new Error("There is no Teams.");
  await diego.mentions(words.list, { in: "@bot" });
  const { visible } = await diego.waitsToSee("@bot", /INC-1/, PATIENCE_MS);
  narrator.says(
    words.teams(
      "Diego",
      visible
        .split("\n")
        .map((line) => line.trim())
        .join(" · "),
    ),
  );
};

/** An N1 for two customers with different contracts, from the declaration to the record. */
export const playStory = async (stage: Stage): Promise<void> => {
  const { words } = stage;
  const { steps } = words;
  const room = await step(steps.declare, () => declare(stage, AFFECTED));
  await step(steps.room, () => opened(stage, room, true));
  await step(steps.phones, () => ringOut(stage, ["bruno", "helena", "igor"], 2));
  await step(steps.rung(50), () => rung(stage, room, 50, 3));
  await step(steps.take, () => takeByPhone(stage, "carla", room, 2));
  await step(steps.silence, () => silence(stage, 3));
  await step(steps.tell, () =>
    tellCustomers(stage, room, AFFECTED, { button: words.tellFirst, sent: words.sentFirst, round: 1, inFull: true }),
  );
  await step(steps.teams, () => listInTeams(stage));
  await step(steps.mitigate, () => mitigate(stage, room));
  await step(steps.resolve, () => resolve(stage, room));
  await step(steps.tellEnd, () =>
    tellCustomers(stage, room, AFFECTED, {
      button: words.tellResolved,
      approve: words.approve,
      sent: words.sentResolved,
      round: 2,
      inFull: false,
    }),
  );
  await step(steps.record, () => record(stage, room));
};

/** Minute one: nothing is configured, and a title is enough. */
export const playEmpty = async (stage: Stage): Promise<void> => {
  const { steps } = stage.words;
  const room = await step(steps.declare, () => declare(stage, []));
  await step(steps.room, () => opened(stage, room, false));
  await step(steps.take, () => take(stage, room, "ana", "Ana"));
  await step(steps.silence, () => silence(stage, 4));
  await step(steps.record, () => record(stage, room));
};
