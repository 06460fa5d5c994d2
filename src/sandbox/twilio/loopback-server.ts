// What the stand-ins for SendGrid and Twilio share as HTTP servers of this machine.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerText } from "../slack/http-exchange.js";

/** A server that listens on this machine only. */
export interface LoopbackServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Answers one request. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Vendors keep idle connections for about a minute; a shorter time would end some in the face of a client. */
const keepAliveMs = 75_000;

/** Starts a server on 127.0.0.1; port 0 takes a free one. */
export function listenOnLoopback(handle: RequestHandler, port = 0): Promise<LoopbackServer> {
  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (request.socket.destroyed) return;
      if (response.headersSent) request.socket.destroy();
      else answerText(response, 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
    });
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        stop: () =>
          new Promise((done, fail) => {
            server.close((error) => (error ? fail(error) : done()));
            server.closeAllConnections();
          }),
      });
    });
  });
}

/** Reads a body of at most `most` bytes, or answers undefined after reading past a longer one. */
export async function readBytes(request: IncomingMessage, most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= most) chunks.push(chunk);
    else chunks.length = 0;
  }
  return length > most ? undefined : Buffer.concat(chunks);
}

/** The page that a proxy in front of the vendor answers with when the vendor itself does not. */
export function answerProxyPage(response: ServerResponse, status: number, title: string): void {
  const page = `<html>\r\n<head><title>${status} ${title}</title></head>\r\n<body>\r\n<center><h1>${status} ${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;
  answerText(response, status, page, "text/html");
}
