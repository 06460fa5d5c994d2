// What the demonstration needs of the local workspace, in its own words: the program never imports the sandbox.
import type { StartApp, UntilAskedToEnd } from "./running-app.js";

/** One line of what happened in the workspace. */
export type DemoEntry = {
  readonly at: Date;
  readonly kind: string;
  readonly what: string;
  readonly by: string;
  readonly person?: string;
  readonly channelName?: string;
  readonly text?: string;
  readonly ephemeral?: boolean;
  readonly direct?: boolean;
};

/** A person of the workspace. */
export type DemoPerson = {
  types(text: string, place?: { readonly in?: string }): Promise<unknown>;
  waitsForView(pattern?: string | RegExp, ms?: number): Promise<{ readonly title: string; readonly visible: string }>;
  openView(): { readonly visible: string } | undefined;
  fills(entries: Readonly<Record<string, string | string[]>>): Promise<void>;
  submits(): Promise<{ readonly closed: boolean }>;
  presses(label: string, place?: { readonly in?: string }): Promise<unknown>;
  waitsToSee(channel: string, pattern: string | RegExp, ms?: number): Promise<{ readonly visible: string }>;
};

/** The workspace. */
export type DemoSlack = {
  readonly apiUrl: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly transcript: {
    readonly entries: readonly DemoEntry[];
    waitFor(predicate: (entry: DemoEntry) => boolean, ms?: number, fromIndex?: number): Promise<DemoEntry>;
    subscribe(listener: (entry: DemoEntry) => void): () => void;
  };
  deliverTo(url: string): void;
  person(handle: string): DemoPerson;
  channel(
    name: string,
  ):
    | { readonly id: string; readonly topic: string; readonly pins: readonly { readonly visible: string }[] }
    | undefined;
};

/** A text or a call that a provider took from the product. */
export type DemoText = { readonly to: string; readonly body: string };

/** A call as its phone knows it. */
export type DemoCall = { readonly status: string; readonly heard: string };

/** A phone and the hand that holds it. */
export type DemoPhone = {
  readonly number: string;
  calls(): readonly DemoCall[];
  waitsForCall(ms?: number): Promise<DemoCall>;
  answer(): Promise<DemoCall>;
  press(keys: string): Promise<DemoCall>;
  letsItRing(): DemoCall;
};

/** Phones. */
export type DemoTwilio = {
  readonly url: string;
  readonly accountSid: string;
  readonly authToken: string;
  readonly numbers: readonly { readonly number: string; readonly voice?: boolean }[];
  readonly services: readonly { readonly sid: string }[];
  phone(number: string): DemoPhone;
  phones(): readonly DemoPhone[];
  accepted(): readonly DemoText[];
  acceptedCalls(): readonly { readonly to: string }[];
  receiveTextsAt(url: string): void;
};

/** Mailboxes. */
export type DemoSendGrid = {
  readonly url: string;
  readonly apiKey: string;
  readonly webhookPublicKey: string;
  mailbox(address: string): { messages(): readonly { readonly subject: string }[] };
  sendEventsTo(url: string): void;
};

/** Teams beside Slack. */
export type DemoTeams = {
  readonly serviceUrl: string;
  readonly openIdMetadataUrl: string;
  readonly tokenUrl: string;
  readonly appId: string;
  readonly appPassword: string;
  readonly tenantId: string;
  readonly team: { readonly channels: readonly { readonly id: string; readonly name: string }[] };
  connect(url: string): void;
  installs(): Promise<unknown>;
  person(name: string): {
    mentions(text: string, place?: { readonly in?: string }): Promise<unknown>;
    waitsToSee(place: string, pattern: string | RegExp, ms?: number): Promise<{ readonly visible: string }>;
  };
};

/** The running workspace with its page; what was not asked for is null. */
export type DemoSandbox = {
  readonly url: string;
  readonly slack: DemoSlack;
  readonly twilio: DemoTwilio | null;
  readonly sendgrid: DemoSendGrid | null;
  readonly teams: DemoTeams | null;
  stop(): Promise<void>;
};

type PublicUrls = { readonly publicUrls: Readonly<Record<string, string>> };

/** How the workspace is set up. */
export type DemoSandboxOptions = {
  readonly now: () => Date;
  readonly language: "pt-BR" | "en";
  readonly people: readonly {
    readonly handle: string;
    readonly name: string;
    readonly email: string;
    readonly owner?: boolean;
  }[];
  readonly channels: readonly { readonly name: string; readonly general?: boolean; readonly bot?: boolean }[];
  readonly rateLimits: "enforced";
  readonly twilio?: PublicUrls;
  readonly sendgrid?: PublicUrls;
  readonly teams?: Readonly<Record<string, never>>;
};

/** What the demonstration needs from the process. */
export type DemoDeps = {
  readonly startApp: StartApp;
  readonly startSandbox: (options: DemoSandboxOptions) => Promise<DemoSandbox>;
  readonly untilAskedToEnd: UntilAskedToEnd;
};
