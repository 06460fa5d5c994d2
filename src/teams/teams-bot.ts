// The SDK's side of the conversation: it only takes activities apart and puts answers into Teams' shapes.
import { type InvokeResponse, TeamsActivityHandler, type TurnContext } from "botbuilder";
import type { Presence } from "./dispatch-presence.js";
import { type Arrival, readArrival } from "./read-activity.js";
import { record, textOr } from "./read-field.js";
import type { TaskAnswer } from "./task-answer.js";

/** What the door does with each kind of activity. */
export type Turns = {
  /** Anything that arrives tells where the bot can speak. */
  seen(arrival: Arrival): void;
  message(arrival: Arrival, activity: unknown): Promise<void>;
  presence(arrival: Arrival, what: Presence): Promise<void>;
  /** The words to show, or null for a button that is not ours. */
  execute(arrival: Arrival, data: unknown): Promise<string | null>;
  fetch(arrival: Arrival, data: unknown): Promise<TaskAnswer>;
  submit(arrival: Arrival, data: unknown): Promise<TaskAnswer>;
  /** The form of the message extension. */
  compose(arrival: Arrival): Promise<TaskAnswer>;
};

const CARD_TYPE = "application/vnd.microsoft.card.adaptive";
const BAD_REQUEST: InvokeResponse = { status: 400, body: { error: "bad-request" } };
const PRESENCES: Readonly<Record<string, Presence>> = {
  add: "installed",
  "add-upgrade": "upgraded",
  remove: "removed",
  "remove-upgrade": "upgraded",
};

/** Takes activities that the guard let through. */
export class TeamsBot extends TeamsActivityHandler {
  readonly #turns: Turns;
  readonly #tenantId: string;

  constructor(turns: Turns, tenantId: string) {
    super();
    this.#turns = turns;
    this.#tenantId = tenantId;
  }

  protected override async onMessageActivity({ activity }: TurnContext): Promise<void> {
    const arrival = this.#arrivalOf(activity);
    if (arrival !== null && record(activity.from)["role"] !== "bot") await this.#turns.message(arrival, activity);
  }

  protected override async onInstallationUpdateActivity({ activity }: TurnContext): Promise<void> {
    const arrival = readArrival(activity, this.#tenantId);
    const what = PRESENCES[textOr(activity.action) ?? ""];
    if (arrival !== null && what !== undefined) await this.#turns.presence(arrival, what);
  }

  protected override async onConversationUpdateActivity({ activity }: TurnContext): Promise<void> {
    const arrival = readArrival(activity, this.#tenantId);
    if (arrival === null) return;
    const hasBot = (accounts: unknown): boolean =>
      Array.isArray(accounts) && accounts.some((account) => record(account)["id"] === activity.recipient.id);
    if (hasBot(activity.membersAdded)) await this.#turns.presence(arrival, "installed");
    else if (hasBot(activity.membersRemoved)) await this.#turns.presence(arrival, "removed");
    else this.#turns.seen(arrival);
  }

  protected override async onInvokeActivity(context: TurnContext): Promise<InvokeResponse> {
    const { name, value } = context.activity;
    const turn = INVOKES[name ?? ""];
    if (turn === undefined) return super.onInvokeActivity(context);
    const isComposed = name?.startsWith("composeExtension/") === true;
    const arrival = isComposed ? this.#composedBy(context.activity) : this.#arrivalOf(context.activity);
    return arrival === null ? BAD_REQUEST : turn(this.#turns, arrival, record(value));
  }

  /** A message extension works also where the bot is no member, so nothing can be said or opened there. */
  #composedBy(activity: unknown): Arrival | null {
    const arrival = readArrival(activity, this.#tenantId);
    return arrival === null ? null : { ...arrival, row: { ...arrival.row, kind: "personal" } };
  }

  #arrivalOf(activity: unknown): Arrival | null {
    const arrival = readArrival(activity, this.#tenantId);
    if (arrival !== null) this.#turns.seen(arrival);
    return arrival;
  }
}

type InvokeTurn = (turns: Turns, arrival: Arrival, value: Record<string, unknown>) => Promise<InvokeResponse>;

const INVOKES: Readonly<Record<string, InvokeTurn>> = {
  "adaptiveCard/action": async (turns, arrival, value) =>
    executed(await turns.execute(arrival, record(value["action"])["data"])),
  "task/fetch": async (turns, arrival, value) => task(await turns.fetch(arrival, value["data"])),
  "task/submit": async (turns, arrival, value) => task(await turns.submit(arrival, value["data"])),
  "composeExtension/fetchTask": async (turns, arrival) => task(await turns.compose(arrival)),
  "composeExtension/submitAction": async (turns, arrival, value) => task(await turns.submit(arrival, value["data"])),
};

function executed(words: string | null): InvokeResponse {
  if (words === null) {
    const value = { code: "BadRequest", message: "This button is not one of the bot's." };
    return { status: 400, body: { statusCode: 400, type: "application/vnd.microsoft.error", value } };
  }
  const body = { statusCode: 200, type: "application/vnd.microsoft.activity.message", value: words };
  return { status: 200, body };
}

function task(answer: TaskAnswer): InvokeResponse {
  if (answer.kind === "text") return { status: 200, body: { task: { type: "message", value: answer.text } } };
  const card = { contentType: CARD_TYPE, content: answer.card };
  const value = { title: answer.title, height: "large", width: "medium", card };
  return { status: 200, body: { task: { type: "continue", value } } };
}
