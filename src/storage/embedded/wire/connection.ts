// One client connection: messages are answered in order of arrival, malformed bytes close it.
import type { Socket } from "node:net";
import { type ClientMessage, encodeReply, parseMessage } from "./client-message.js";
import { FrameReader } from "./frame-reader.js";

/** Answers a message with an encoded document. */
export type Answer = (message: ClientMessage, connectionId: number) => Promise<Buffer>;

/** A connection being served. */
export interface Connection {
  /** Lets the running command finish, then closes. */
  end(): Promise<void>;
}

/** Serves a socket until it closes. */
export function serveConnection(socket: Socket, connectionId: number, answer: Answer): Connection {
  const reader = new FrameReader();
  let work = Promise.resolve();
  let closing = false;

  const serve = async (message: ClientMessage): Promise<void> => {
    if (closing || socket.destroyed) return;
    const reply = await answer(message, connectionId);
    if (!message.silent && !socket.destroyed) socket.write(encodeReply(message, reply));
  };
  socket.on("data", (chunk: Buffer) => {
    try {
      for (const frame of reader.push(chunk)) {
        const message = parseMessage(frame);
        work = work.then(() => serve(message)).catch(() => void socket.destroy());
      }
    } catch {
      socket.destroy();
    }
  });
  // A client that goes away in the middle of something is nothing to report.
  socket.on("error", () => socket.destroy());
  return {
    end: async () => {
      await work;
      closing = true;
      socket.destroySoon();
    },
  };
}
