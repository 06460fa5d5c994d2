import type { IncomingMessage } from "node:http";

/** The raw bytes of a request, or why there are none. */
export type BodyRead =
  | { readonly kind: "body"; readonly bytes: Buffer }
  | { readonly kind: "too-large" | "broken-off" };

/** Reads at most `limit` bytes; a larger request is not kept in memory. */
export function readBody(request: IncomingMessage, limit: number): Promise<BodyRead> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve({ kind: "too-large" });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        request.pause();
        request.removeAllListeners("data");
        resolve({ kind: "too-large" });
      } else chunks.push(chunk);
    });
    request.once("end", () =>
      resolve({ kind: "body", bytes: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) }),
    );
    request.once("error", () => resolve({ kind: "broken-off" }));
    request.once("close", () => resolve({ kind: "broken-off" }));
  });
}
