// The line on which the stand-ins for SendGrid and Twilio reach the bot: posts to this machine only, with retries.
import { Agent, request as httpRequest } from "node:http";

/** What the bot answered to a callback; status 0 means no answer. */
export interface CallbackAnswer {
  readonly status: number;
  readonly body: string;
  readonly contentType: string;
}

/** A callback to send. */
export interface Callback {
  /** The address as the bot gave it, and as it was signed. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** When to try again, and how long to wait for an answer. */
export interface RetryRule {
  readonly retries: number;
  readonly delayMs: number;
  readonly retryOn: (answer: CallbackAnswer) => boolean;
  readonly readMs: number;
}

/** A callback that was sent, with the last answer. */
export interface SentCallback extends Callback {
  readonly at: Date;
  readonly tries: number;
  readonly answer: CallbackAnswer;
}

/** The line to the bot. */
export interface CallbackLine {
  /** Sends, trying again as the rule says, and answers as the bot did at last. */
  post(callback: Callback, rule: RetryRule): Promise<CallbackAnswer>;
  /** Callbacks sent so far, unless the line is lean. */
  readonly sent: readonly SentCallback[];
  /** Counts work that will lead to a callback, so that `settled` waits for it. */
  track<Value>(work: Promise<Value>): Promise<Value>;
  /** Waits in real time, and answers false at once when the line closes. */
  pause(ms: number): Promise<boolean>;
  /** Resolves when nothing is on its way to the bot. */
  settled(): Promise<void>;
  close(): void;
}

/** How the line is set up. */
export interface CallbackLineOptions {
  /** Public origins of the bot and the address on this machine that each stands for. */
  readonly publicUrls: Readonly<Record<string, string>>;
  readonly lean: boolean;
}

const nothing: CallbackAnswer = { status: 0, body: "", contentType: "" };

/** Opens the line. */
export function createCallbackLine(options: CallbackLineOptions): CallbackLine {
  const agent = new Agent({ keepAlive: true });
  const waits = createWaits();
  const underWay = new Set<Promise<unknown>>();
  const sent: SentCallback[] = [];

  function track<Value>(work: Promise<Value>): Promise<Value> {
    underWay.add(work);
    const done = (): void => {
      underWay.delete(work);
    };
    work.then(done, done);
    return work;
  }

  async function send(callback: Callback, rule: RetryRule): Promise<CallbackAnswer> {
    const target = localAddress(callback.url, options.publicUrls);
    let tries = 0;
    let answer = nothing;
    while (target && !waits.closed()) {
      answer = await postOnce(agent, target, callback, rule.readMs);
      tries += 1;
      if (tries > rule.retries || !rule.retryOn(answer)) break;
      await waits.pause(rule.delayMs);
    }
    if (!options.lean) sent.push({ ...callback, at: new Date(), tries, answer });
    return answer;
  }

  return {
    sent,
    track,
    pause: waits.pause,
    post: (callback, rule) => track(send(callback, rule)),
    async settled() {
      // A conversation asks for its next document a moment after the answer to the last one.
      for (let quiet = false; !quiet; quiet = underWay.size === 0) {
        await Promise.allSettled([...underWay]);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    close() {
      waits.close();
      agent.destroy();
    },
  };
}

/** Waits that all end when the line closes, so that none outlives the stand-in. */
function createWaits() {
  const ends = new Set<() => void>();
  let closed = false;
  return {
    closed: () => closed,
    pause: (ms: number): Promise<boolean> =>
      new Promise((resolve) => {
        const end = (): void => {
          clearTimeout(timer);
          ends.delete(end);
          resolve(!closed);
        };
        const timer = setTimeout(end, ms);
        ends.add(end);
        if (closed) end();
      }),
    close() {
      closed = true;
      for (const end of [...ends]) end();
    },
  };
}

/** Says whether an address is one that a webhook could have: an absolute http or https URL. */
export function isWebhookUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}

/** Where to post on this machine, with the path as the bot wrote it, or undefined when the URL means another machine. */
function localAddress(url: string, publicUrls: Readonly<Record<string, string>>): LocalAddress | undefined {
  const asked = new URL(url);
  const { protocol, hostname, port } = new URL(publicUrls[asked.origin] ?? asked);
  const local = /^127\.\d+\.\d+\.\d+$|^localhost$|^\[::1\]$/.test(hostname) && protocol === "http:";
  // A parsed URL writes some characters differently, and the signature covers what the bot wrote.
  const written = /^[a-z]+:\/\/[^/?#]*(\/[\x21-\x7e]*)$/i.exec(url)?.[1];
  const path = written ?? `${asked.pathname}${asked.search}`;
  return local ? { hostname: hostname.replace(/^\[|\]$/g, ""), port, path } : undefined;
}

interface LocalAddress {
  readonly hostname: string;
  readonly port: string;
  readonly path: string;
}

function postOnce(agent: Agent, address: LocalAddress, callback: Callback, readMs: number): Promise<CallbackAnswer> {
  return new Promise((resolve) => {
    const headers = { "content-length": String(Buffer.byteLength(callback.body)), ...callback.headers };
    const outgoing = httpRequest({ ...address, method: "POST", agent, headers, timeout: readMs });
    outgoing.on("timeout", () => outgoing.destroy());
    outgoing.on("error", () => resolve(nothing));
    outgoing.on("response", (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", () => resolve(nothing));
      incoming.on("end", () => {
        const contentType = incoming.headers["content-type"] ?? "";
        resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks).toString("utf8"), contentType });
      });
    });
    outgoing.end(callback.body);
  });
}
