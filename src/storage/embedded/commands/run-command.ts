// Finds a command in the table, runs it and makes its reply; whatever goes wrong becomes an error reply.
import { Double } from "bson";
import { decodeKeepingRaw } from "../bson/decode-document.js";
import { composeDocument, elementsOf, encodeDocument } from "../bson/encode-document.js";
import type { Doc, Value } from "../bson/value.js";
import type { Engine } from "../engine/engine.js";
import { asStoreError, StoreError } from "../store-error.js";
import type { ClientMessage } from "../wire/client-message.js";
import { AGGREGATE_COMMAND } from "./aggregate-command.js";
import { assertArguments } from "./arguments.js";
import { COLLECTION_COMMANDS } from "./collection-commands.js";
import type { Command, Request } from "./command.js";
import { FIND_AND_MODIFY_COMMANDS } from "./find-and-modify.js";
import { HANDSHAKE_COMMANDS } from "./handshake-commands.js";
import { INDEX_COMMANDS } from "./index-commands.js";
import { INSERT_COMMAND } from "./insert-command.js";
import { READ_COMMANDS } from "./read-commands.js";
import { STATEMENT_COMMANDS } from "./write-statements.js";

const OK_ELEMENT = elementsOf(new Map([["ok", new Double(1)]]));

/** Refused with the text a standalone server uses, because drivers read it. */
const TRANSACTION_COMMANDS = new Set(["commitTransaction", "abortTransaction"]);

/** Every command the store answers. */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  [
    ...HANDSHAKE_COMMANDS,
    INSERT_COMMAND,
    ...STATEMENT_COMMANDS,
    ...FIND_AND_MODIFY_COMMANDS,
    ...READ_COMMANDS,
    AGGREGATE_COMMAND,
    ...INDEX_COMMANDS,
    ...COLLECTION_COMMANDS,
  ].map((command) => [command.name, command]),
);

/** Answers one message of a client with an encoded document. */
export async function runCommand(engine: Engine, message: ClientMessage, connectionId: number): Promise<Buffer> {
  try {
    const request = readRequest(engine, message, connectionId);
    const command = COMMANDS.get(request.name);
    if (command === undefined) throw unknownCommand(request.name);
    assertArguments(request, command.fields);
    const reply = await command.run(request);
    return composeDocument([...(reply instanceof Map ? [elementsOf(reply)] : reply.elements), OK_ELEMENT]);
  } catch (error) {
    return errorReply(asStoreError(error));
  }
}

function unknownCommand(name: string): StoreError {
  if (TRANSACTION_COMMANDS.has(name)) {
    return new StoreError(20, "Transaction numbers are only allowed on a replica set member or mongos");
  }
  return new StoreError(59, `no such command: '${name}'`);
}

function readRequest(engine: Engine, message: ClientMessage, connectionId: number): Request {
  const { doc: body, raw } = decodeKeepingRaw(message.body, "documents");
  const [name] = body.keys();
  if (name === undefined) throw new StoreError(9, "The command is an empty document");
  const database = body.get("$db") ?? message.database;
  if (typeof database !== "string") throw new StoreError(40571, "OP_MSG requests require a $db argument");
  const sequences = new Map<string, readonly Doc[]>();
  let documents: readonly Buffer[] | undefined = raw;
  for (const [field, items] of message.sequences) {
    if (body.has(field)) throw new StoreError(40415, `BSON field '${name}.${field}' is a duplicate field`);
    if (field === "documents") documents = items;
    else
      sequences.set(
        field,
        items.map((item) => decodeKeepingRaw(item, "").doc),
      );
  }
  return { engine, name, database, body, documents, sequences, connectionId };
}

function errorReply({ code, codeName, message, details }: StoreError): Buffer {
  const reply: Doc = new Map<string, Value>([
    ["ok", new Double(0)],
    ["errmsg", message],
    ["code", code],
    ["codeName", codeName],
  ]);
  for (const [name, value] of details) if (value instanceof Map) reply.set(name, value);
  return encodeDocument(reply);
}
