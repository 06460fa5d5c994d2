/** An error as plain fields for a log line, its causes included. */
export type SerialisedError = {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly stack?: string;
  readonly cause?: SerialisedError | string;
};

const MAX_CAUSES = 5;

/** Turns anything that was thrown into plain fields; fields of vendors' errors that may hold requests are left out. */
export function serialiseError(err: unknown, depth = 0): SerialisedError | string {
  if (!(err instanceof Error)) return typeof err === "string" ? err : "something that is no error was thrown";
  const code: unknown = "code" in err ? err.code : undefined;
  return {
    name: err.name,
    message: err.message,
    ...(typeof code === "string" || typeof code === "number" ? { code } : {}),
    ...(err.stack === undefined ? {} : { stack: err.stack }),
    ...(err.cause === undefined || depth >= MAX_CAUSES ? {} : { cause: serialiseError(err.cause, depth + 1) }),
  };
}
