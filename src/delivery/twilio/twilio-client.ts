// One line to Twilio: its own SDK client and its own connections, so that pages never wait behind messages to
// customers. What a request came to is told as an outcome; nothing that Twilio or the SDK says leaves this file.
import type { Twilio } from "twilio";
import type { SendOutcome } from "../outcome.js";
import type { TwilioLineOptions } from "./line-options.js";
import { outcomeOf } from "./outcome.js";

/** One SMS to send through a Messaging Service. */
export type SmsRequest = {
  readonly to: string;
  readonly messagingServiceSid: string;
  readonly body: string;
  /** Where Twilio reports what becomes of it; null when it cannot reach us. */
  readonly statusCallback: string | null;
  /** How long it may wait at Twilio before it is dropped. */
  readonly validitySeconds: number;
};

/** What a call says: a document asked for when somebody answers, or one given along. */
export type CallScript = { readonly url: string } | { readonly twiml: string };

/** One call to place. */
export type CallRequest = {
  readonly to: string;
  readonly from: string;
  readonly script: CallScript;
  readonly statusCallback: string | null;
  readonly ringSeconds: number;
};

/** A message or a call that Twilio has; calls have no body. */
export type Sent = {
  readonly sid: string;
  readonly from: string | null;
  readonly body: string;
  /** To the second, by Twilio's clock. */
  readonly createdAt: Date | null;
};

/** Lists end here: what was sent to one number in the last minute is far less. */
export type Sought = { readonly to: string; readonly limit: number };

/** One line to Twilio. No method but the lists throws. */
export type TwilioLine = {
  sendSms(request: SmsRequest): Promise<SendOutcome>;
  placeCall(request: CallRequest): Promise<SendOutcome>;
  /** The latest messages to a number, newest first, or why Twilio could not be asked. */
  listMessages(sought: Sought): Promise<Listed>;
  /** The latest calls to a number, newest first, or why Twilio could not be asked. */
  listCalls(sought: Sought): Promise<Listed>;
  /** Ends a call that has not been answered yet; one that has been goes on. */
  endCall(sid: string): Promise<SendOutcome>;
  /** Closes its idle connections. */
  close(): void;
};

/** What a list gave. */
export type Listed =
  | { readonly ok: true; readonly sent: readonly Sent[] }
  | { readonly ok: false; readonly outcome: SendOutcome };

type Opened = { readonly client: Twilio; close(): void };

/** Creates a line; the SDK is loaded by the first request. */
export function createTwilioLine(options: TwilioLineOptions): TwilioLine {
  let opened: Promise<Opened> | null = null;
  const open = (): Promise<Opened> => {
    opened ??= import("./vendor-client.js").then(({ openVendorClient }) => openVendorClient(options));
    return opened;
  };
  const send = async (ask: (client: Twilio) => Promise<{ readonly sid?: string | null }>): Promise<SendOutcome> => {
    try {
      const { client } = await open();
      const { sid } = await ask(client);
      return { kind: "accepted", providerId: sid ?? null };
    } catch (error) {
      return outcomeOf(error);
    }
  };
  const list = async (ask: (client: Twilio) => Promise<readonly Sent[]>): Promise<Listed> => {
    try {
      const { client } = await open();
      return { ok: true, sent: await ask(client) };
    } catch (error) {
      return { ok: false, outcome: outcomeOf(error) };
    }
  };

  return {
    sendSms: ({ to, messagingServiceSid, body, statusCallback, validitySeconds }) =>
      send(({ messages }) =>
        messages.create({
          ...{ to, messagingServiceSid, body, validityPeriod: validitySeconds, messageIntent: "notifications" },
          ...(statusCallback === null ? {} : { statusCallback }),
        }),
      ),
    placeCall: ({ to, from, script, statusCallback, ringSeconds }) =>
      send(({ calls }) =>
        calls.create({
          ...{ to, from, timeout: ringSeconds, ...script },
          ...(statusCallback === null ? {} : { statusCallback, statusCallbackEvent: CALL_EVENTS }),
        }),
      ),
    listMessages: ({ to, limit }) =>
      list(async ({ messages }) =>
        (await messages.list({ to, limit })).map(({ sid, from, body, dateCreated }) => {
          return { sid, from, body, createdAt: instantOf(dateCreated) };
        }),
      ),
    listCalls: ({ to, limit }) =>
      list(async ({ calls }) =>
        (await calls.list({ to, limit })).map(({ sid, from, dateCreated }) => {
          return { sid, from, body: "", createdAt: instantOf(dateCreated) };
        }),
      ),
    endCall: (sid) => send(({ calls }) => calls(sid).update({ status: "canceled" })),
    close() {
      // A client that could not even be loaded has no connections.
      opened?.then((line) => line.close()).catch(() => undefined);
    },
  };
}

const CALL_EVENTS = ["initiated", "ringing", "answered", "completed"];

function instantOf(date: Date | null | undefined): Date | null {
  return date instanceof Date && !Number.isNaN(date.getTime()) ? date : null;
}
