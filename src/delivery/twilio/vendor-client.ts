// The SDK's client behind a line, loaded only when the first request is made. Its HTTP client is ours, because the
// SDK has no option for the base address, loses Retry-After, and keeps the last request with its credentials in memory.
import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import twilio from "twilio";
import type RequestClient from "twilio/lib/base/RequestClient.js";
import type Response from "twilio/lib/http/response.js";
import type { TwilioLineOptions } from "./line-options.js";
import { TwilioAnswerError, TwilioNetworkError } from "./outcome.js";

/** Opens the client of one line. */
export function openVendorClient(options: TwilioLineOptions): { readonly client: twilio.Twilio; close(): void } {
  const httpClient = new LineClient(options);
  const client = twilio(options.accountSid, options.authToken.reveal(), { httpClient, autoRetry: false });
  return { client, close: () => httpClient.close() };
}

class LineClient extends twilio.RequestClient {
  readonly #apiUrl: string | null;
  readonly #agents: readonly (HttpAgent | HttpsAgent)[];

  constructor({ apiUrl, sockets, timeoutMs }: TwilioLineOptions) {
    super({ timeout: timeoutMs, autoRetry: false });
    this.#apiUrl = apiUrl?.replace(/\/+$/, "") ?? null;
    const settings = { keepAlive: true, maxSockets: sockets, maxFreeSockets: sockets };
    // The SDK's own agent follows HTTP_PROXY of the environment and then forgets its limits.
    const [http, https] = [new HttpAgent(settings), new HttpsAgent(settings)];
    this.axios.defaults.httpAgent = http;
    this.axios.defaults.httpsAgent = https;
    this.#agents = [http, https];
  }

  override async request<T>(asked: RequestClient.RequestOptions<T>): Promise<Response.default<T>> {
    const answer = await super
      .request<T>({ ...asked, uri: this.#addressOf(asked.uri) })
      .catch((error: unknown) => {
        throw new TwilioNetworkError(error);
      })
      .finally(() => {
        delete this.lastRequest;
        delete this.lastResponse;
      });
    if (answer.statusCode >= 300) throw new TwilioAnswerError(answer);
    return answer;
  }

  close(): void {
    for (const agent of this.#agents) agent.destroy();
  }

  /** Only the origin is replaced, so that regions and API versions stay as the SDK made them. */
  #addressOf(uri: string): string {
    return this.#apiUrl === null ? uri : uri.replace(/^https:\/\/[a-z0-9.-]+\.twilio\.com(?=\/)/i, this.#apiUrl);
  }
}
