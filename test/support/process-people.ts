// People who go on until they have an answer: what a bot that dies in between leaves open is done again, with the same
// request where Slack would send the same one.
import type { SlackPerson } from "../../src/sandbox/slack/person.js";
import type { Stage } from "./process-stage.js";
import { eventually } from "./process-wait.js";

/** The text by which the mitigation is found again. */
export const MITIGATION = "rollback da versão 42";

const PATIENCE_MS = 60_000;
const FORM_MS = 1500;
const REPLY_MS = 3000;

/** Repeats an attempt until it answers true. */
const patiently = (what: string, attempt: () => Promise<boolean>): Promise<void> =>
  eventually(attempt, { ms: PATIENCE_MS, what, everyMs: 100 });

/** Ana declares an N1 by form; resolves with the name of the form's title once the bot has accepted it. */
export const declareByForm = async (stage: Stage, title: string): Promise<void> => {
  const ana = stage.person("ana");
  let accepted = false;
  while (!accepted) {
    await openDeclaration(ana);
    await fillDeclaration(ana, title);
    await patiently("the declaration is answered", async () => {
      const answer = await ana.submits();
      accepted = answer.closed;
      return accepted || ana.openView()?.callbackId !== "declare";
    });
    if (accepted) return;
    // "Not confirmed yet": whoever reads that looks whether it was saved before declaring anew.
    await ana.closes(true);
    accepted = await isListed(ana, title);
  }
};

const openDeclaration = (ana: SlackPerson): Promise<void> =>
  patiently("the form opens", async () => {
    if (ana.openView()?.callbackId === "declare") return true;
    if (!(await ana.types("/incidente declarar", { in: "geral" })).acknowledged) return false;
    await ana.waitsForView("Declarar incidente", FORM_MS);
    return true;
  });

const fillDeclaration = (ana: SlackPerson, title: string): Promise<void> =>
  patiently("the form is filled in", async () => {
    await ana.fills({ title, service: "checkout", scope: "large", effect: "outage", data: "none" });
    const has = (blockId: string): boolean => ana.openView()?.fields.some((one) => one.blockId === blockId) ?? false;
    if (!has("customers")) await ana.chooses("more", ["more"]);
    if (!has("customers") || !/Nível: N1/.test(ana.openView()?.visible ?? "")) return false;
    await ana.fills({ customers: ["padaria-aurora", "hospital-vida"] });
    return true;
  });

const isListed = async (ana: SlackPerson, title: string): Promise<boolean> => {
  let body = "";
  await patiently("the list is answered", async () => {
    const answer = await ana.types("/incidente listar", { in: "geral" });
    body = answer.body;
    return answer.acknowledged && !/confirmado/.test(body);
  });
  return body.includes(title);
};

/** Waits until the bot has opened the incident's channel and answers its name. */
export const roomOpens = async (stage: Stage): Promise<string> => {
  let name = "";
  await patiently("the incident's channel opens", async () => {
    name = stage.sandbox.slack.channels().find((channel) => channel.name.startsWith("inc-"))?.name ?? "";
    return name !== "";
  });
  return name;
};

/** A person presses Assumir and knows who has the incident. */
export const takeByButton = (stage: Stage, handle: string, room: string): Promise<void> => {
  const person = stage.person(handle);
  const { transcript } = stage.sandbox.slack;
  return patiently(`${handle} takes the incident`, async () => {
    const from = transcript.entries.length;
    if (!(await person.presses("Assumir", { in: room })).acknowledged) return false;
    const told = await transcript.waitFor(
      (entry) => entry.ephemeral === true && entry.person === handle && entry.text !== undefined,
      REPLY_MS,
      from,
    );
    return /está com você|já assumiu|Nada mudou/.test(told.text ?? "");
  });
};

/** A person types the mitigation and knows that it is recorded. */
export const mitigateByCommand = (stage: Stage, handle: string, room: string): Promise<void> =>
  patiently(`${handle} mitigates`, async () => {
    const answer = await stage.person(handle).types(`/incidente mitigar ${MITIGATION}`, { in: room });
    return answer.acknowledged && /Feito|Já foi feito|Já está no estado/.test(answer.body);
  });

/** A person presses Resolver, fills in the form and knows that it was accepted. */
export const resolveByForm = (stage: Stage, handle: string, room: string): Promise<void> => {
  const person = stage.person(handle);
  return patiently(`${handle} resolves`, async () => {
    if (person.openView() === undefined) {
      await person.presses("Resolver", { in: room });
      await person.waitsForView("Resolver", FORM_MS);
    }
    await person.fills({ data: "not-affected", reason: "clientes confirmaram" });
    const answer = await person.submits();
    if (!answer.closed && person.openView()?.callbackId === "message") await person.closes(true);
    return answer.closed;
  });
};

/** What the timeline says to a person who asks for it in the room. */
export const askTimeline = async (stage: Stage, handle: string, room: string): Promise<string> => {
  let body = "";
  await patiently("the timeline is answered", async () => {
    const answer = await stage.person(handle).types("/incidente linha-do-tempo", { in: room });
    body = answer.body;
    return answer.acknowledged && body.includes("linha do tempo");
  });
  return body;
};
