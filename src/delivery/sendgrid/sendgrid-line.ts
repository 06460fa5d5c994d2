// The line to SendGrid: its own client of @sendgrid/mail and its own connections. The body goes out as it is: the
// package's `send` would copy message headers to the HTTP request, where they could replace the key.
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { DrillGuard } from "../broadcast/drill-guard.js";
import { heldBack } from "../broadcast/drill-guard.js";
import type { MailLine, MailReply } from "../broadcast/lines.js";
import { type MailSender, mailBody } from "./mail-body.js";
import { replyOfAnswer, replyOfFailure } from "./mail-outcome.js";

/** How the line is set up. */
export type SendGridLineOptions = {
  readonly apiKey: { reveal(): string };
  /** Null: SendGrid's own address. */
  readonly apiUrl: string | null;
  readonly from: MailSender;
  readonly guard: DrillGuard;
  readonly timeoutMs?: number;
};

type MailService = { setClient(client: Client): unknown; setApiKey(key: string): unknown };
type Client = {
  setDefaultRequest(options: object): unknown;
  request(options: object): Promise<readonly [{ statusCode: number; headers: unknown }, unknown]>;
};
type Opened = { readonly client: Client; readonly agents: readonly (HttpAgent | HttpsAgent)[] };

const SOCKETS = 2;
/** A body of 1,000 recipients has half a megabyte. */
const TIMEOUT_MS = 15_000;
const DEFAULT_URL = "https://api.sendgrid.com/";

/** Creates the line; the SDK is loaded by the first request. */
export function createSendGridLine(options: SendGridLineOptions): MailLine {
  let opened: Promise<Opened> | null = null;
  const open = (): Promise<Opened> => {
    opened ??= openClient(options);
    return opened;
  };
  return {
    async send(request): Promise<MailReply> {
      const held = await heldBack(options.guard, request.incidentId);
      if (held !== null) return { outcome: held, badRecipients: [], holdMs: null };
      const { client } = await open();
      try {
        const body = mailBody(request, options.from);
        const [{ statusCode, headers }] = await client.request({ method: "POST", url: "/v3/mail/send", body });
        return replyOfAnswer(statusCode, headers, new Date());
      } catch (error) {
        const reply = replyOfFailure(error, new Date());
        const places = reply.badRecipients.map((place) => request.indexes[place] ?? -1);
        return { ...reply, badRecipients: places };
      }
    },
    stop() {
      opened?.then(({ agents }) => agents.forEach((agent) => void agent.destroy())).catch(() => undefined);
    },
  };
}

async function openClient({ apiKey, apiUrl, timeoutMs = TIMEOUT_MS }: SendGridLineOptions): Promise<Opened> {
  // Both packages are CommonJS whose export is an instance that carries its class; their types do not tell.
  const mail = (await import("@sendgrid/mail")).default as unknown as { readonly MailService: new () => MailService };
  const http = (await import("@sendgrid/client")).default as unknown as { readonly Client: new () => Client };
  const settings = { keepAlive: true, maxSockets: SOCKETS, maxFreeSockets: SOCKETS };
  const [httpAgent, httpsAgent] = [new HttpAgent(settings), new HttpsAgent(settings)];
  const client = new http.Client();
  // A service of our own: the package's ready-made one belongs to whoever else loads it.
  const service = new mail.MailService();
  service.setClient(client);
  // The address comes last: setting the key sets the address too.
  service.setApiKey(apiKey.reveal());
  client.setDefaultRequest({
    ...{ baseUrl: apiUrl ?? DEFAULT_URL, timeout: timeoutMs },
    ...{ maxRedirects: 0, proxy: false, httpAgent, httpsAgent },
  });
  return { client, agents: [httpAgent, httpsAgent] };
}
