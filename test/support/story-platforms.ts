// The people of a story on either chat platform: the same acts and the same sights, wherever they work.
import type { Handle, Story } from "./story.js";

/** Chat platforms on which a story can be played. */
export type StoryPlatform = "slack" | "teams";

/** The channel in which an incident is declared on Slack, and in which Teams keeps its incidents. */
const WHERE = { slack: "geral", teams: "Incidentes" } as const;

/** How long people look at a form that is not there yet, in real time. */
const PATIENCE_MS = 8_000;

type Values = Readonly<Record<string, string | readonly string[]>>;
type Presses = (label: string, place: { readonly in: string }) => Promise<unknown>;

/** A form on a screen. */
export type FormSight = { readonly visible: string; readonly title: string };

/** What people do and see on both platforms. */
type Hands = {
  readonly presses: Presses;
  waitsForView(pattern: string | RegExp, ms: number): Promise<FormSight>;
  openView(): FormSight | undefined;
  fills(values: Readonly<Record<string, string | string[]>>): Promise<void>;
  submits(): Promise<{ readonly closed: boolean }>;
  closes(): Promise<void>;
  sees(place: string): readonly { readonly visible: string }[];
  directMessages(): readonly { readonly visible: string }[];
};

/** Somebody of the staff. */
export type StoryPerson = {
  /** Gives the bot an order in the incident's channel or thread. */
  says(verb: string): Promise<void>;
  /** Presses a button in the incident's channel or thread. */
  presses(label: string): Promise<void>;
  /** Opens a form by a button, waits until it says what is expected, fills it in and sends it. */
  sends(button: string, expected: string | RegExp, values?: Values): Promise<FormSight>;
  /** Takes by the button of the bot's personal message. */
  takesByMessage(): Promise<void>;
  /** Everything visible in the incident's channel or thread, oldest first. */
  sees(): readonly string[];
  /** Personal messages of the bot, oldest first. */
  direct(): readonly string[];
};

/** One platform of a running story. */
export type StoryStage = {
  readonly platform: StoryPlatform;
  person(handle: Handle): StoryPerson;
  /** Declares the incident of most stories: an N1 at the checkout for the given customers. */
  declares(by: Handle, customers: readonly string[], more?: Values): Promise<void>;
  /** Declares by a slash command or by a message that mentions the bot. */
  declaresInOneLine(by: Handle, line: string): Promise<void>;
  /** Where the incident is talked about: the name of its channel, or the id of its thread. */
  room(): string;
};

/** The answers that make an N1. */
const N1_ANSWERS = {
  title: "Checkout fora do ar",
  service: "checkout",
  scope: "large",
  effect: "outage",
  data: "none",
} as const;

const copied = (values: Values): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, typeof value === "string" ? value : [...value]]),
  );

/** The people of a story on one platform. */
export const stageOn = (platform: StoryPlatform, story: Story): StoryStage => {
  const teams = (): NonNullable<Story["sandbox"]["teams"]> => {
    if (story.sandbox.teams === null) throw new Error("The story has no Teams.");
    return story.sandbox.teams;
  };
  const handsOf = (handle: Handle): Hands =>
    platform === "slack" ? story.person(handle) : (teams().person(handle) as unknown as Hands);
  const room = (): string => {
    if (platform === "slack") return story.room();
    const found = teams()
      .threads(WHERE.teams)
      .find(({ messages }) => messages[0]?.fromBot === true);
    if (found === undefined) throw new Error("There is no thread of an incident.");
    return found.conversationId;
  };
  // Slack draws a form anew with each answer; in Teams a person asks for it.
  const redraws = async (handle: Handle): Promise<void> => {
    if (platform === "teams") await teams().person(handle).presses("Atualizar formulário", { in: "form" });
  };
  // On a machine that has no time the answer comes later than the platform waits; it is saved all the same.
  const closes = async (hands: Hands): Promise<void> => {
    const { closed } = await hands.submits();
    const shown = hands.openView()?.visible ?? "";
    await story.settle();
    if (!closed && !shown.startsWith("Não confirmado ainda")) throw new Error(`The form stays open: ${shown}`);
    if (hands.openView() !== undefined) await hands.closes();
  };
  const person = (handle: Handle): StoryPerson => {
    const hands = handsOf(handle);
    return {
      async says(verb) {
        await (platform === "slack"
          ? story.person(handle).types(`/incidente ${verb}`, { in: room() })
          : teams().person(handle).mentions(verb, { in: room() }));
        await story.settle();
      },
      async presses(label) {
        await hands.presses(label, { in: room() });
        await story.settle();
      },
      async sends(button, expected, values = {}) {
        await hands.presses(button, { in: room() });
        const opened = await hands.waitsForView(expected, PATIENCE_MS);
        await hands.fills(copied(values));
        if (Object.keys(values).length > 0) await redraws(handle);
        await story.settle();
        await closes(hands);
        return opened;
      },
      async takesByMessage() {
        await hands.presses("Assumir", { in: "@bot" });
        await story.settle();
      },
      sees: () => hands.sees(room()).map(({ visible }) => visible),
      direct: () => hands.directMessages().map(({ visible }) => visible),
    };
  };
  return {
    platform,
    person,
    room,
    async declaresInOneLine(by, line) {
      await (platform === "slack"
        ? story.person(by).types(`/incidente ${line}`, { in: WHERE.slack })
        : teams().person(by).mentions(line, { in: WHERE.teams }));
      await story.settle();
    },
    async declares(by, customers, more = {}) {
      const hands = handsOf(by);
      if (platform === "slack") await story.person(by).types("/incidente declarar", { in: WHERE.slack });
      else {
        const typed = await teams().person(by).mentions("declarar", { in: WHERE.teams });
        await story.settle();
        await hands.presses("Abrir formulário", { in: typed.conversationId });
      }
      await hands.waitsForView("Declarar incidente", PATIENCE_MS);
      await hands.fills(copied({ ...N1_ANSWERS, more: ["more"] }));
      await redraws(by);
      await hands.fills(copied({ customers, ...more }));
      await closes(hands);
    },
  };
};
