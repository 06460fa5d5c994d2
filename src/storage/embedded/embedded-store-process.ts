// The program of the child process. It prints one line of JSON when it listens or when it cannot start, and ends when
// its parent does: a closed stdin means that nobody is left to serve.
import { openEmbeddedStore } from "./open-embedded-store.js";
import type { StartReport } from "./start-report.js";

const EXIT_CANNOT_START = 78;

function report(line: StartReport): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

/** LMDB raises these beside the failure that the command already answers, for example on a full disk. */
function isFailedCommit(reason: unknown): boolean {
  if (!(reason instanceof Error)) return false;
  return reason.message.includes("Commit failed") || /No space left|Input\/output error|quota/i.test(reason.message);
}

async function run(): Promise<void> {
  const dataDir = process.argv[2];
  if (dataDir === undefined) throw new Error("The data directory is missing");
  const store = await openEmbeddedStore({ dataDir });
  const stop = (): void => {
    store.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error("The embedded store did not stop cleanly:", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  // Ctrl-C reaches the whole group; the parent decides when the store may go.
  process.on("SIGINT", () => undefined);
  process.stdin.on("end", stop);
  process.stdin.on("close", stop);
  process.stdin.on("error", stop);
  process.stdin.resume();
  report({ listening: store.uri });
}

process.on("unhandledRejection", (reason) => {
  // The command that failed has its answer already, and LMDB has printed the cause.
  if (isFailedCommit(reason)) return;
  console.error("The embedded store met an unexpected failure:", reason);
  process.exit(1);
});

run().catch((error: unknown) => {
  report({ failed: error instanceof Error ? error.message : String(error) });
  process.exitCode = EXIT_CANNOT_START;
  process.stdin.destroy();
});
