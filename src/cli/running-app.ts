// The product as the program sees it: started from a configuration, with an address, until it is stopped.
import type { Config } from "../config/config.js";

/** A running product. */
export type RunningApp = {
  readonly url: string;
  /** Domain time of the product. */
  readonly now: () => Date;
  untilReady(): Promise<void>;
  stop(): Promise<void>;
};

/** Starts the product; rejects with a sentence for the operator when it cannot. */
export type StartApp = (
  config: Config,
  options: { readonly logStream?: NodeJS.WritableStream; readonly onFatal: (reason: string) => void },
) => Promise<RunningApp>;

/** Resolves when the process is asked to end. */
export type UntilAskedToEnd = () => Promise<void>;

/** The configuration is not usable (sysexits EX_CONFIG). */
export const EXIT_CONFIG = 78;

/** The product could not go on (sysexits EX_SOFTWARE). */
export const EXIT_FAILED = 70;
