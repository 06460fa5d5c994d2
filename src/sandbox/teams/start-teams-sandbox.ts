// The stand-in for Microsoft Teams on a server of its own.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerText } from "../slack/http-exchange.js";
import { createTeamsSandbox, type TeamsRooms, type TeamsSandbox, type TeamsSandboxOptions } from "./teams-sandbox.js";

/** The running stand-in. */
export interface RunningTeamsSandbox extends TeamsSandbox {
  /** Address of the server. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts the stand-in; it listens on this machine only, on a free port unless one is given. */
export async function startTeamsSandbox(
  options: TeamsSandboxOptions & { readonly port?: number },
): Promise<RunningTeamsSandbox> {
  let rooms: TeamsRooms | undefined;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const handled = rooms?.handle(url, request, response) ?? Promise.resolve(false);
    void handled.then(
      (known) => {
        if (!known) answerText(response, 404, "Not found");
      },
      (error: unknown) => {
        if (response.headersSent) response.destroy();
        else answerText(response, 500, error instanceof Error ? (error.stack ?? error.message) : String(error));
      },
    );
  });
  await listen(server, options.port ?? 0);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const made = await createTeamsSandbox(options, () => url);
  rooms = made;
  return {
    ...made.teams,
    url,
    stop() {
      made.stop();
      return close(server);
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
