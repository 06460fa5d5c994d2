// The acts of the demonstration in which phones ring.
import { setTimeout as wait } from "node:timers/promises";
import type { DemoMember } from "./demo-company.js";
import { ensure, PATIENCE_MS, quiet, type Stage } from "./demo-step.js";
import type { DemoTwilio } from "./demo-world.js";

const phonesOf = ({ sandbox }: Stage): DemoTwilio => {
  if (sandbox.twilio === null) throw new Error("There are no phones.");
  return sandbox.twilio;
};

const memberOf = ({ company }: Stage, handle: string): DemoMember & { readonly phone: string } => {
  const member = company.staff.find((one) => one.handle === handle);
  if (!member?.phone) throw new Error(`${handle} has no phone.`);
  return { ...member, phone: member.phone };
};

const firstName = (name: string): string => name.split(" ")[0] ?? name;

/** Phones ring and nobody answers. */
export const ringOut = async (stage: Stage, handles: readonly string[], minutes: number): Promise<void> => {
  const { narrator, words, realMs } = stage;
  const people = handles.map((handle) => memberOf(stage, handle));
  const phones = people.map(({ phone }) => phonesOf(stage).phone(phone));
  // The provider begins one call a second, so they do not ring all at once.
  await Promise.all(phones.map((phone) => phone.waitsForCall(realMs(minutes) + PATIENCE_MS)));
  narrator.tells();
  narrator.says(words.ringOut(people.map(({ name }) => firstName(name)).join(", ")));
  for (const phone of phones) phone.letsItRing();
};

/** Somebody answers, hears what it is about and takes the incident with a key. */
export const takeByPhone = async (stage: Stage, handle: string, room: string, minutes: number): Promise<void> => {
  const { sandbox, narrator, words, realMs } = stage;
  const { phone: number, name } = memberOf(stage, handle);
  const phone = phonesOf(stage).phone(number);
  await phone.waitsForCall(realMs(minutes) + PATIENCE_MS);
  narrator.tells();
  const { heard } = await phone.answer();
  const sentences = [...new Set(heard.split("\n"))].join(" ");
  ensure(words.voice.test(sentences), `the call says only: ${sentences}`);
  narrator.says(words.answers(firstName(name), sentences));
  const answered = await phone.press("1");
  const last = answered.heard.split("\n").at(-1) ?? "";
  ensure(words.voiceTaken.test(last), `the key press is answered by: ${last}`);
  narrator.says(words.presses1(firstName(name), last));
  await sandbox.slack.person(handle).waitsToSee(room, words.taken, PATIENCE_MS);
  await quiet(stage);
  narrator.tells();
};

/** Once somebody has the incident, no chat message, SMS or call follows. */
export const silence = async (stage: Stage, minutes: number): Promise<void> => {
  const { sandbox, narrator, words, realMs } = stage;
  const { entries } = sandbox.slack.transcript;
  const [said, texts, calls] = [
    entries.length,
    sandbox.twilio?.accepted().length,
    sandbox.twilio?.acceptedCalls().length,
  ];
  await wait(realMs(minutes));
  const loud = [
    ...entries.slice(said).filter((entry) => entry.kind === "message" && entry.by === "bot"),
    ...(sandbox.twilio?.accepted().slice(texts) ?? []).map(({ body }) => ({ text: body })),
    ...(sandbox.twilio?.acceptedCalls().slice(calls) ?? []).map(({ to }) => ({ text: to })),
  ];
  ensure(loud.length === 0, words.silenceBroken(loud.map(({ text }) => text ?? "").join(", ")));
  narrator.says(words.silence);
};
