/** A request that Twilio refuses, with its error code and the HTTP status. */
export class TwilioRefusal extends Error {
  readonly code: number;
  readonly status: number;
  constructor(code: number, message: string, status = 400) {
    super(message);
    this.name = "TwilioRefusal";
    this.code = code;
    this.status = status;
  }

  /** The body of the answer. */
  toJson(): Readonly<Record<string, unknown>> {
    const { code, message, status } = this;
    return { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status };
  }
}

/** Refuses what Twilio can do and this stand-in cannot. */
export function notOffered(what: string): TwilioRefusal {
  return new TwilioRefusal(20_001, `The sandbox does not offer ${what}.`);
}
