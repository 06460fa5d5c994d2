// Socket Mode: apps that cannot be reached over HTTP get their requests over a WebSocket that they open.
import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { slackDeadlines } from "../../limits/slack.js";
import { type BotAnswer, type BotLine, type Delivery, noAnswer } from "./bot-line.js";
import { acceptWebSocket, type WebSocketConnection } from "./web-socket.js";
import { isJson, parseJson } from "./wire.js";

/** The Socket Mode side of the workspace. */
export interface SocketMode {
  /** Gives out the address of a connection point, good for one connection. */
  open(): string;
  upgrade(path: string, request: IncomingMessage, socket: Duplex): void;
  connections(): number;
  /** Tells every connected app to connect again, as Slack does every few hours. */
  orderReconnect(): void;
  /** Cuts every connection without a word. */
  drop(): void;
  stop(): void;
}

const envelopeTypes = { command: "slash_commands", interaction: "interactive", event: "events_api" } as const;
// Clients give a connection up after 30 seconds without a ping.
const pingEveryMs = 5000;
// Slack allows ten connections for each app.
const mostConnections = 10;

interface Envelopes {
  send(
    connection: WebSocketConnection,
    delivery: Delivery,
    headers: Readonly<Record<string, string>>,
  ): Promise<BotAnswer>;
  acknowledged(text: string): void;
}

/** Keeps the envelopes that wait for their acknowledgement. */
function createEnvelopes(): Envelopes {
  const waiting = new Map<string, (answer: BotAnswer) => void>();
  return {
    send(connection, delivery, headers) {
      const id = randomBytes(16).toString("hex");
      return new Promise((resolve) => {
        const finish = (answer: BotAnswer): void => {
          clearTimeout(deadline);
          waiting.delete(id);
          resolve(answer);
        };
        const deadline = setTimeout(() => finish(noAnswer("operation_timeout")), slackDeadlines.ackMs);
        waiting.set(id, finish);
        connection.send(JSON.stringify(envelope(id, delivery, headers)));
      });
    },
    acknowledged(text) {
      const parsed = parseJson(text);
      if (!isJson(parsed)) return;
      const { payload } = parsed;
      const body = payload === undefined ? "" : typeof payload === "string" ? payload : JSON.stringify(payload);
      waiting.get(String(parsed["envelope_id"]))?.({ status: 200, headers: {}, body });
    },
  };
}

/** Creates the Socket Mode side; while an app is connected, the line to the bot goes over its connections. */
export function createSocketMode(line: BotLine, appId: string, baseUrl: () => string): SocketMode {
  const tickets = new Set<string>();
  const open = new Set<WebSocketConnection>();
  const envelopes = createEnvelopes();
  const pinger = setInterval(() => each((connection) => connection.ping()), pingEveryMs);
  pinger.unref();

  function each(act: (connection: WebSocketConnection) => void): void {
    for (const connection of [...open]) act(connection);
  }

  function welcome(connection: WebSocketConnection): void {
    open.add(connection);
    line.useSocket((delivery, headers) => {
      const latest = [...open].at(-1);
      return latest ? envelopes.send(latest, delivery, headers) : Promise.resolve(noAnswer("dispatch_failed"));
    });
    connection.onMessage(envelopes.acknowledged);
    connection.onClose(() => {
      open.delete(connection);
      if (open.size === 0) line.useSocket(undefined);
    });
    connection.send(JSON.stringify({ type: "hello", num_connections: open.size, connection_info: { app_id: appId } }));
  }

  return {
    open() {
      const ticket = randomBytes(16).toString("hex");
      tickets.add(ticket);
      return `${baseUrl().replace(/^http/, "ws")}/slack/socket/${ticket}`;
    },
    upgrade(path, request, socket) {
      const ticket = /^\/slack\/socket\/(\w+)$/.exec(path)?.[1] ?? "";
      const admitted = tickets.delete(ticket) && open.size < mostConnections;
      if (admitted) welcome(acceptWebSocket(request, socket));
      else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
    },
    connections: () => open.size,
    orderReconnect: () => each((connection) => connection.send(reconnectOrder)),
    drop: () => each((connection) => connection.drop()),
    stop() {
      clearInterval(pinger);
      each((connection) => connection.close());
    },
  };
}

const reconnectOrder = JSON.stringify({ type: "disconnect", reason: "refresh_requested" });

function envelope(id: string, { kind, payload }: Delivery, headers: Readonly<Record<string, string>>) {
  const attempt = headers["x-slack-retry-num"];
  const retry = attempt ? { retry_attempt: Number(attempt), retry_reason: headers["x-slack-retry-reason"] } : {};
  return {
    envelope_id: id,
    type: envelopeTypes[kind],
    payload,
    accepts_response_payload: kind !== "event",
    ...retry,
  };
}
