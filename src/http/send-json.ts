import type { ServerResponse } from "node:http";

/** Answers with JSON. */
export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.setHeader("content-type", "application/json; charset=utf-8");
  response.setHeader("cache-control", "no-store");
  response.writeHead(status, { "content-length": Buffer.byteLength(text) });
  response.end(text);
}
