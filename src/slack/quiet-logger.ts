import { type Logger, LogLevel } from "@slack/bolt";

// The SDK logs payloads and errors raw, with texts and addresses in them (invariant I8); what matters is reported by
// the code that calls it.
const nothing = (): void => {};

/** A logger for the SDK that writes nothing. */
export const quietLogger: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};
