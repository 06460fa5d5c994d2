// The two kinds of message a client sends, and the replies to them.
import { ProtocolError } from "./frame-reader.js";

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM_PRESENT = 1;
const MORE_TO_COME = 2;
const EXHAUST_ALLOWED = 1 << 16;
/** The low sixteen flag bits must be understood by the receiver. */
const REQUIRED_FLAGS = 0xffff;
const HEADER_BYTES = 16;

/** A message with its command, not yet decoded. */
export interface ClientMessage {
  requestId: number;
  kind: "query" | "message";
  body: Buffer;
  /** The documents of kind 1 sections, by name. */
  sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** The database, where it is not part of the body. */
  database: string | undefined;
  /** The client wants no reply. */
  silent: boolean;
}

/** Takes a message apart; throws ProtocolError on anything malformed. */
export function parseMessage(frame: Buffer): ClientMessage {
  const requestId = frame.readInt32LE(4);
  const opCode = frame.readInt32LE(12);
  if (opCode === OP_QUERY) return parseQuery(frame, requestId);
  if (opCode === OP_MSG) return parseOpMsg(frame, requestId);
  throw new ProtocolError(`Unknown operation code ${opCode}`);
}

/** Wraps a reply document for the message it answers. */
export function encodeReply({ requestId, kind }: ClientMessage, document: Buffer): Buffer {
  const extra = kind === "query" ? 20 : 5;
  const head = Buffer.alloc(HEADER_BYTES + extra);
  head.writeInt32LE(head.length + document.length, 0);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(kind === "query" ? OP_REPLY : OP_MSG, 12);
  if (kind === "query") {
    head.writeInt32LE(8, 16);
    head.writeInt32LE(1, 32);
  }
  return Buffer.concat([head, document]);
}

function parseQuery(frame: Buffer, requestId: number): ClientMessage {
  const nameEnd = frame.indexOf(0, HEADER_BYTES + 4);
  if (nameEnd === -1) throw new ProtocolError("OP_QUERY without a collection name");
  const name = frame.toString("utf8", HEADER_BYTES + 4, nameEnd);
  if (!name.endsWith(".$cmd")) throw new ProtocolError("OP_QUERY is only for the handshake");
  const start = nameEnd + 1 + 8;
  const body = documentAt(frame, start, frame.length);
  const database = name.slice(0, -".$cmd".length);
  return { requestId, kind: "query", body, sequences: new Map(), database, silent: false };
}

function parseOpMsg(frame: Buffer, requestId: number): ClientMessage {
  if (frame.length < HEADER_BYTES + 5) throw new ProtocolError("OP_MSG is too short");
  const flags = frame.readUInt32LE(HEADER_BYTES);
  if ((flags & REQUIRED_FLAGS & ~(CHECKSUM_PRESENT | MORE_TO_COME)) !== 0)
    throw new ProtocolError("Unknown OP_MSG flag");
  if ((flags & ~REQUIRED_FLAGS & ~EXHAUST_ALLOWED) !== 0) throw new ProtocolError("Unknown OP_MSG flag");
  const end = frame.length - ((flags & CHECKSUM_PRESENT) === 0 ? 0 : 4);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Buffer | undefined;
  let at = HEADER_BYTES + 4;
  while (at < end) {
    const sectionKind = frame[at];
    at += 1;
    if (sectionKind === 0) {
      if (body !== undefined) throw new ProtocolError("OP_MSG with two bodies");
      body = documentAt(frame, at, end);
      at += body.length;
    } else if (sectionKind === 1) at = readSequence(frame, at, end, sequences);
    else throw new ProtocolError("Unknown OP_MSG section");
  }
  if (body === undefined) throw new ProtocolError("OP_MSG without a body");
  return { requestId, kind: "message", body, sequences, database: undefined, silent: (flags & MORE_TO_COME) !== 0 };
}

function readSequence(frame: Buffer, start: number, limit: number, into: Map<string, readonly Buffer[]>): number {
  if (start + 4 > limit) throw new ProtocolError("Document sequence is cut off");
  const end = start + frame.readInt32LE(start);
  if (end > limit || end < start + 5) throw new ProtocolError("Bad document sequence length");
  const nameEnd = frame.indexOf(0, start + 4);
  if (nameEnd === -1 || nameEnd >= end) throw new ProtocolError("Document sequence without a name");
  const name = frame.toString("utf8", start + 4, nameEnd);
  if (into.has(name)) throw new ProtocolError("Two document sequences of one name");
  const documents: Buffer[] = [];
  let at = nameEnd + 1;
  while (at < end) {
    const document = documentAt(frame, at, end);
    documents.push(document);
    at += document.length;
  }
  into.set(name, documents);
  return end;
}

function documentAt(frame: Buffer, start: number, end: number): Buffer {
  if (start + 5 > end) throw new ProtocolError("Document is cut off");
  const length = frame.readInt32LE(start);
  if (length < 5 || start + length > end) throw new ProtocolError("Bad document length");
  return frame.subarray(start, start + length);
}
