// What a command is: its name, the fields it takes and what it does.
import type { Element } from "../bson/encode-document.js";
import type { Doc } from "../bson/value.js";
import type { Engine } from "../engine/engine.js";

/** A command as it arrived. */
export interface Request {
  engine: Engine;
  name: string;
  database: string;
  body: Doc;
  /** The documents of an insert, not decoded. */
  documents: readonly Buffer[] | undefined;
  /** The statements of an update or delete that came as a document sequence. */
  sequences: ReadonlyMap<string, readonly Doc[]>;
  connectionId: number;
}

/** A reply, without `ok`: a document, or elements that are already encoded. */
export type Reply = Doc | { elements: Element[] };

/** One command of the table. */
export interface Command {
  name: string;
  /** The fields it takes beside those that every command takes. */
  fields: readonly string[];
  run: (request: Request) => Promise<Reply> | Reply;
}
