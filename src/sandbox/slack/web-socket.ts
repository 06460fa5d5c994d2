// The server's side of a WebSocket (RFC 6455): enough for Socket Mode's short text messages.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { longestBody } from "./http-exchange.js";

/** An accepted connection. */
export interface WebSocketConnection {
  send(text: string): void;
  ping(): void;
  /** Closes politely; `drop` cuts the line. */
  close(): void;
  drop(): void;
  onMessage(listener: (text: string) => void): void;
  onClose(listener: () => void): void;
}

const opcodes = { continuation: 0, text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Answers the upgrade request and takes over the connection. */
export function acceptWebSocket(request: IncomingMessage, socket: Duplex): WebSocketConnection {
  const key = String(request.headers["sec-websocket-key"] ?? "");
  const accept = createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");
  const head = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
  socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join("\r\n")}\r\n\r\n`);

  let onMessage: (text: string) => void = () => {};
  let pending = Buffer.alloc(0);
  let message = Buffer.alloc(0);

  function take({ opcode, final, payload }: Frame): void {
    if (opcode === opcodes.ping) socket.write(frame(opcodes.pong, payload));
    else if (opcode === opcodes.close) socket.end(frame(opcodes.close, payload.subarray(0, 2)));
    else if (opcode === opcodes.text || opcode === opcodes.continuation) {
      message = Buffer.concat([message, payload]);
      if (!final) return;
      const whole = message.toString("utf8");
      message = Buffer.alloc(0);
      onMessage(whole);
    }
  }

  socket.on("data", (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk]);
    for (let read = readFrame(pending); read; read = readFrame(pending)) {
      pending = pending.subarray(read.length);
      take(read);
    }
    if (pending.length + message.length > longestBody) socket.destroy();
  });
  socket.on("error", () => socket.destroy());

  return {
    send: (text) => void socket.write(frame(opcodes.text, Buffer.from(text))),
    ping: () => void socket.write(frame(opcodes.ping, Buffer.alloc(0))),
    close: () => void socket.end(frame(opcodes.close, Buffer.from([0x03, 0xe8])), () => socket.destroy()),
    drop: () => void socket.destroy(),
    onMessage: (listener) => {
      onMessage = listener;
    },
    onClose: (listener) => void socket.once("close", listener),
  };
}

interface Frame {
  readonly opcode: number;
  readonly final: boolean;
  readonly payload: Buffer;
  /** Bytes that the frame took. */
  readonly length: number;
}

/** The first whole frame of the bytes, or undefined when more must arrive. */
function readFrame(bytes: Buffer): Frame | undefined {
  if (bytes.length < 2) return undefined;
  const first = bytes.readUInt8(0);
  const second = bytes.readUInt8(1);
  const short = second & 0x7f;
  const extended = short === 126 ? 2 : short === 127 ? 8 : 0;
  const masked = (second & 0x80) !== 0;
  const start = 2 + extended + (masked ? 4 : 0);
  if (bytes.length < start) return undefined;
  const size = extended === 2 ? bytes.readUInt16BE(2) : extended === 8 ? Number(bytes.readBigUInt64BE(2)) : short;
  if (bytes.length < start + size) return undefined;
  const payload = Buffer.from(bytes.subarray(start, start + size));
  if (masked) {
    const mask = bytes.subarray(start - 4, start);
    for (let index = 0; index < size; index++) {
      payload.writeUInt8(payload.readUInt8(index) ^ mask.readUInt8(index % 4), index);
    }
  }
  return { opcode: first & 0x0f, final: (first & 0x80) !== 0, payload, length: start + size };
}

/** A frame as a server sends it: final and unmasked. */
function frame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  if (length < 126) return Buffer.concat([Buffer.from([0x80 | opcode, length]), payload]);
  const head = Buffer.alloc(length < 65_536 ? 4 : 10);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(length < 65_536 ? 126 : 127, 1);
  if (length < 65_536) head.writeUInt16BE(length, 2);
  else head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
