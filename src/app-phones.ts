// The phones of the staff, as the application composes them: pages by SMS and call, and what comes back.
import type { Application, World } from "./application/create-application.js";
import type { Config } from "./config/config.js";
import type { OptOuts } from "./delivery/broadcast/opt-outs.js";
import { createStaffPhones, type StaffPhones } from "./delivery/pager/create-staff-phones.js";
import type { StatusTaker } from "./delivery/twilio/status-webhook.js";
import { createTwilioLine } from "./delivery/twilio/twilio-client.js";
import type { Route } from "./http/listener.js";
import { takeLinkRoutes } from "./http/take-link-routes.js";
import type { Log } from "./logging/create-logger.js";
import type { MongoConnection } from "./storage/connect-mongo.js";
import { createMongoPageLog } from "./storage/mongo-page-log.js";

// Pages have connections of their own, so that messages to customers never stand before them.
const PAGE_SOCKETS = 10;
const TIMEOUT_MS = 10_000;

/** Puts the phones together; null when Twilio is not configured. */
export const openPhones = (
  config: Config,
  { directory, realTime }: Pick<World, "directory" | "realTime">,
  mongo: MongoConnection,
): StaffPhones | null => {
  const { twilio, http, org } = config;
  if (twilio === null) return null;
  return createStaffPhones({
    line: createTwilioLine({ ...twilio, sockets: PAGE_SOCKETS, timeoutMs: TIMEOUT_MS }),
    settings: {
      messagingServiceSid: twilio.pageMessagingServiceSid ?? twilio.messagingServiceSid,
      voiceFrom: twilio.voiceFrom,
      publicUrl: http.publicUrl,
      shortUrl: http.shortUrl,
    },
    authToken: twilio.authToken,
    log: createMongoPageLog(mongo),
    directory,
    realTime,
    orgLanguage: org.language,
  });
};

/** The paths on which phones answer; none without a public address. */
export const phoneRoutes = (
  config: Config,
  phones: StaffPhones | null,
  { handler }: Pick<Application, "handler">,
  customers: { readonly optOuts: OptOuts; readonly takers: readonly StatusTaker[] },
  log: Log,
): readonly Route[] => {
  const platform = config.slack === null && config.teams !== null ? "Teams" : "Slack";
  const onRefused = (reason: string) => log.info("A request did not pass the door for phones.", { reason });
  const listeners = phones?.listeners({ ...customers, handler, platform, onRefused }) ?? null;
  if (phones === null || listeners === null) return [];
  const byMachine = { method: "POST", machine: true } as const;
  return [
    { ...byMachine, path: "/webhooks/twilio/voice", handle: listeners.voice },
    { ...byMachine, path: "/webhooks/twilio/status", handle: listeners.status },
    { ...byMachine, path: "/webhooks/twilio/sms", handle: listeners.sms },
    ...takeLinkRoutes({ answers: phones.answers(handler), orgLanguage: config.org.language, platform }),
  ];
};
