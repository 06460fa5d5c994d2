// Log lines as JSON, one fact each: a constant sentence and fields. Errors go in the field `err`.
import winston from "winston";
import { redactText, redactValue } from "./redact.js";

/** Levels, from what somebody must act on now to what helps a developer. */
export type LogLevel = "error" | "warn" | "info" | "debug";

/** The fields of a line. The three names that winston joins or overwrites are not available. */
export type LogFields = {
  readonly [field: string]: unknown;
  readonly message?: never;
  readonly level?: never;
  readonly timestamp?: never;
};

/** Writes lines; never throws. */
export type Log = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>> & {
  /** The same log with fields on every line; those of a call win. */
  child(fields: LogFields): Log;
};

/** Where lines go and how. */
export type LoggerOptions = {
  readonly level: LogLevel;
  readonly stream: NodeJS.WritableStream;
  /** Lines for people instead of JSON; by default only on a terminal. */
  readonly pretty?: boolean;
};

const RESERVED: ReadonlySet<string> = new Set(["message", "level", "timestamp"]);

/** Creates the log of a process. */
export function createLogger({
  level,
  stream,
  pretty = "isTTY" in stream && stream.isTTY === true,
}: LoggerOptions): Log {
  const { combine, timestamp, json } = winston.format;
  const logger = winston.createLogger({
    level,
    format: combine(timestamp(), redaction(), pretty ? prettyPrint() : json()),
    transports: [new winston.transports.Stream({ stream })],
    exitOnError: false,
  });
  return logOf(logger, {});
}

function logOf(logger: winston.Logger, bound: LogFields): Log {
  const write = (level: LogLevel) => (message: string, fields?: LogFields) => {
    logger.log({ level, message, ...safeNames({ ...bound, ...fields }) });
  };
  return {
    error: write("error"),
    warn: write("warn"),
    info: write("info"),
    debug: write("debug"),
    child: (fields) => logOf(logger, { ...bound, ...fields }),
  };
}

/** Callers that escape the types (plain objects of vendors) must not garble the line either. */
function safeNames(fields: LogFields): Record<string, unknown> {
  const entries = Object.entries(fields);
  return Object.fromEntries(entries.map(([name, value]) => [RESERVED.has(name) ? `${name}Field` : name, value]));
}

/** Last before the output, so that nothing is added after it. */
const redaction = winston.format((info) => {
  const { level, message, timestamp, ...fields } = info;
  const masked = redactValue(fields) as Record<string, unknown>;
  return Object.assign(info, masked, { level, timestamp, message: redactText(String(message)) });
});

const prettyPrint = () =>
  winston.format.printf(({ level, message, timestamp, ...fields }) => {
    const { err, ...rest } = fields;
    const details = Object.keys(rest).length === 0 ? "" : ` ${JSON.stringify(rest)}`;
    const failure = err === undefined ? "" : `\n  ${describeError(err)}`;
    return `${String(timestamp).slice(11, 23)} ${level.padEnd(5)} ${String(message)}${details}${failure}`;
  });

function describeError(err: unknown): string {
  if (typeof err === "object" && err !== null && "stack" in err) return String(err.stack).replaceAll("\n", "\n  ");
  return typeof err === "string" ? err : JSON.stringify(err);
}
