// The real Twilio SDK, pointed at a stand-in on this machine.
import { Agent } from "node:http";
import twilio from "twilio";
import type { TwilioSandbox } from "../../../src/sandbox/twilio/twilio-sandbox.js";

/** What the SDK throws, as far as these tests look at it. */
export interface Thrown {
  readonly status?: number;
  readonly code?: number | string;
  readonly message: string;
  readonly moreInfo?: string;
}

class LoopbackClient extends twilio.RequestClient {
  readonly base: string;
  constructor(base: string) {
    super({ timeout: 5000 });
    this.base = base;
    this.axios.defaults.httpAgent = new Agent({ keepAlive: true, maxSockets: 20 });
  }
  override request: twilio.RequestClient["request"] = (opts) => {
    const uri = opts.uri.replace(/^https:\/\/[\w.-]+\.twilio\.com/, this.base);
    return super.request(Object.assign(opts, { uri }));
  };
}

/** A client of the SDK with the sandbox's own credentials, or others. */
export function twilioClient({ url, accountSid, authToken }: TwilioSandbox, token = authToken): twilio.Twilio {
  return twilio(accountSid, token, { httpClient: new LoopbackClient(url) });
}

/** The error that a call of the SDK ends with. */
export async function thrownBy(call: Promise<unknown>): Promise<Thrown> {
  try {
    await call;
  } catch (error) {
    return error as Thrown;
  }
  throw new Error("The call was expected to fail");
}
