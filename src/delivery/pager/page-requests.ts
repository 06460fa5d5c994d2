// What a page asks of the provider: an SMS with a link, or a call that asks us for its words when it is answered.
import type { StaffLanguage } from "../../ports/directory.js";
import type { Page, PhoneWay } from "../../ports/pager.js";
import { callOpening } from "../../render/page-call.js";
import { pageSmsText } from "../../render/page-sms.js";
import type { SendOutcome } from "../outcome.js";
import type { CallScript, TwilioLine } from "../twilio/twilio-client.js";
import { statusUrl, voiceUrl } from "../twilio/webhook-urls.js";
import { linkPath } from "./page-token.js";

/** From where pages come and where they lead; null switches a part off. */
export type PageSettings = {
  readonly messagingServiceSid: string | null;
  readonly voiceFrom: string | null;
  /** Without it calls only read, and nothing reports what became of a page. */
  readonly publicUrl: string | null;
  /** Origin of the links in SMS; the public address where it is not set. */
  readonly shortUrl: string | null;
};

/** One page, ready to be asked for. */
export type PageRequest = {
  readonly page: Page;
  readonly phone: string;
  readonly token: string;
  readonly asks: boolean;
  readonly language: StaffLanguage;
};

/** The requests of pages, and what of them can be found again at the provider. */
export type PageRequests = {
  /** Why this way is not there; null when it is. */
  off(by: PhoneWay): string | null;
  send(line: Pick<TwilioLine, "sendSms" | "placeCall">, request: PageRequest): Promise<SendOutcome>;
  /** The number that calls come from. */
  readonly voiceFrom: string | null;
};

/** A page that is ten minutes old has been followed by others. */
const VALIDITY_SECONDS = 600;
/** Voicemail often picks up after 30 s. */
const RING_SECONDS = 25;

/** Creates the requests. */
export function createPageRequests(settings: PageSettings): PageRequests {
  const { messagingServiceSid, voiceFrom, publicUrl, shortUrl } = settings;
  const linkOrigin = publicUrl === null ? null : (shortUrl ?? publicUrl);
  const linkOf = (token: string): string | null => (linkOrigin === null ? null : `${linkOrigin}${linkPath(token)}`);
  const statusCallbackOf = (token: string) => (publicUrl === null ? null : statusUrl(publicUrl, token));

  const scriptOf = async ({ page, token, language }: PageRequest): Promise<CallScript> => {
    if (publicUrl !== null) return { url: voiceUrl(publicUrl, token) };
    const { speak } = await import("../twilio/call-twiml.js");
    return { twiml: speak(callOpening(page.snapshot, { language, keys: false }), language) };
  };

  return {
    voiceFrom,
    off(by) {
      if (by === "sms") return messagingServiceSid === null ? "sms_off" : null;
      return voiceFrom === null ? "voice_off" : null;
    },
    async send(line, request) {
      const { page, phone: to, token, asks, language } = request;
      const statusCallback = statusCallbackOf(token);
      if (page.by === "sms") {
        // Who is only informed has nothing to take, and a link would say so.
        const body = pageSmsText(page.snapshot, { language, link: asks ? linkOf(token) : null });
        const sms = { to, body, statusCallback, validitySeconds: VALIDITY_SECONDS };
        return line.sendSms({ ...sms, messagingServiceSid: messagingServiceSid ?? "" });
      }
      const script = await scriptOf(request);
      return line.placeCall({ to, from: voiceFrom ?? "", script, statusCallback, ringSeconds: RING_SECONDS });
    },
  };
}
