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

/** The running workspace with its page. */
export type DemoSandbox = { readonly url: string; readonly slack: DemoSlack; stop(): Promise<void> };

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
};

/** What the demonstration needs from the process. */
export type DemoDeps = {
  readonly startApp: StartApp;
  readonly startSandbox: (options: DemoSandboxOptions) => Promise<DemoSandbox>;
  readonly untilAskedToEnd: UntilAskedToEnd;
};
