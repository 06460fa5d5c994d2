// Everything about the phones of the staff, put together: the pager, and what comes back by call, link and SMS.
import type { CommandHandler } from "../../ports/command-handler.js";
import type { Directory, StaffLanguage } from "../../ports/directory.js";
import type { PageAnswers } from "../../ports/page-answers.js";
import type { PageLog } from "../../ports/page-log.js";
import type { Pager } from "../../ports/pager.js";
import type { RealTime } from "../../ports/real-time.js";
import type { OptOuts } from "../broadcast/opt-outs.js";
import { createSmsWebhook } from "../twilio/sms-webhook.js";
import { createStatusWebhook, type StatusTaker } from "../twilio/status-webhook.js";
import type { TwilioLine } from "../twilio/twilio-client.js";
import { createFormReader } from "../twilio/verify-signature.js";
import { createVoiceWebhook } from "../twilio/voice-webhook.js";
import { createPageAnswers } from "./answer-page.js";
import { createPager } from "./create-pager.js";
import { loadNumbers } from "./page-number.js";
import { createPageRequests, type PageSettings } from "./page-requests.js";
import { createPageTokens } from "./page-token.js";
import { createTakeBySms } from "./take-by-sms.js";
import { createTakePageStatus } from "./take-page-status.js";

/** What the phones of the staff need to ring. */
export type StaffPhonesOptions = {
  readonly line: TwilioLine;
  readonly settings: PageSettings;
  /** Links are derived from it, and what comes back is signed with it. */
  readonly authToken: { reveal(): string };
  readonly log: PageLog;
  readonly directory: Pick<Directory, "person" | "all">;
  readonly realTime: Pick<RealTime, "now" | "wait">;
  readonly orgLanguage: StaffLanguage;
  readonly atOnce?: number;
  readonly callSpacingMs?: number;
};

/** The listeners of what comes back; they exist where there is a public address. */
export type StaffPhoneListeners = {
  readonly voice: ReturnType<typeof createVoiceWebhook>;
  readonly status: ReturnType<typeof createStatusWebhook>;
  readonly sms: ReturnType<typeof createSmsWebhook>;
};

/** What answers need besides. */
export type AnswersOptions = {
  readonly handler: CommandHandler;
  readonly optOuts: OptOuts;
  /** Who else gets statuses, such as messages to customers. */
  readonly takers: readonly StatusTaker[];
  /** Chat platform to name when the incident is not known. */
  readonly platform: string;
  /** A request was not Twilio's; the reason is a code. */
  readonly onRefused: (reason: string) => void;
};

/** The phones of the staff: the pager first, and the answers when there is a handler for them. */
export type StaffPhones = {
  readonly pager: Pager;
  answers(handler: Pick<CommandHandler, "look" | "change">): PageAnswers;
  /** Null without a public address: nobody could reach the listeners. */
  listeners(options: AnswersOptions): StaffPhoneListeners | null;
  stop(): void;
};

const AT_ONCE = 10;
const CALL_SPACING_MS = 1_000;

/** Puts the phones of the staff together. */
export function createStaffPhones(options: StaffPhonesOptions): StaffPhones {
  const { line, settings, authToken, log, directory, realTime, orgLanguage } = options;
  const { atOnce = AT_ONCE, callSpacingMs = CALL_SPACING_MS } = options;
  const requests = createPageRequests(settings);
  const tokenOf = createPageTokens(authToken);
  const shared = { line, log, directory, realTime, orgLanguage };
  const answers: StaffPhones["answers"] = (handler) => createPageAnswers({ ...shared, handler });

  return {
    pager: createPager({ ...shared, requests, tokenOf, atOnce, callSpacingMs }),
    answers,
    listeners({ handler, optOuts, takers, platform, onRefused }) {
      const { publicUrl } = settings;
      if (publicUrl === null) return null;
      const read = createFormReader({ publicUrl, authToken, onRefused });
      const known = { read, orgLanguage, platform };
      const given = answers(handler);
      const take = createTakeBySms({ log, handler, realTime, answers: given });
      return {
        voice: createVoiceWebhook({ ...known, publicUrl, answers: given }),
        status: createStatusWebhook({ read, takers: [createTakePageStatus(log), ...takers] }),
        sms: createSmsWebhook({ ...known, directory, optOuts, take, realTime, numbers: loadNumbers }),
      };
    },
    stop: () => line.close(),
  };
}
