// What a driver asks before it sends anything of its own, and harmless questions about the server.
import type { Doc, Value } from "../bson/value.js";
import { MAX_DOCUMENT_BYTES } from "../engine/stored-document.js";
import { documentList } from "./arguments.js";
import type { Command, Request } from "./command.js";

/** The version whose behaviour the store follows. */
const SERVER_VERSION = "7.0.0";
const MAX_WIRE_VERSION = 21;

const HELLO_FIELDS = ["helloOk", "client", "compression", "backpressure", "topologyVersion", "maxAwaitTimeMS", "hello"];

/** The commands of the handshake. */
export const HANDSHAKE_COMMANDS: readonly Command[] = [
  { name: "hello", fields: HELLO_FIELDS, run: (request) => hello(request, "isWritablePrimary") },
  { name: "ismaster", fields: HELLO_FIELDS, run: (request) => hello(request, "ismaster") },
  { name: "isMaster", fields: HELLO_FIELDS, run: (request) => hello(request, "ismaster") },
  { name: "ping", fields: [], run: () => new Map() },
  { name: "buildInfo", fields: [], run: buildInfo },
  { name: "buildinfo", fields: [], run: buildInfo },
  { name: "connectionStatus", fields: ["showPrivileges"], run: connectionStatus },
  { name: "startSession", fields: [], run: () => new Map() },
  { name: "endSessions", fields: [], run: acceptSessions },
  { name: "refreshSessions", fields: [], run: acceptSessions },
  { name: "killSessions", fields: [], run: acceptSessions },
];

/** No setName and no topologyVersion: drivers then see a standalone server and poll it. */
function hello({ connectionId }: Request, primaryField: string): Doc {
  return new Map<string, Value>([
    ["helloOk", true],
    [primaryField, true],
    ["maxBsonObjectSize", MAX_DOCUMENT_BYTES],
    ["maxMessageSizeBytes", 48_000_000],
    ["maxWriteBatchSize", 100_000],
    ["localTime", new Date()],
    ["logicalSessionTimeoutMinutes", 30],
    ["connectionId", connectionId],
    ["minWireVersion", 0],
    ["maxWireVersion", MAX_WIRE_VERSION],
    ["readOnly", false],
  ]);
}

function buildInfo(): Doc {
  return new Map<string, Value>([
    ["version", SERVER_VERSION],
    ["versionArray", SERVER_VERSION.split(".").map(Number).concat(0)],
    ["storageEngines", ["plantao-embedded"]],
    ["bits", 64],
    ["maxBsonObjectSize", MAX_DOCUMENT_BYTES],
  ]);
}

function connectionStatus(): Doc {
  const authInfo: Doc = new Map<string, Value>([
    ["authenticatedUsers", []],
    ["authenticatedUserRoles", []],
  ]);
  return new Map([["authInfo", authInfo]]);
}

/** Sessions carry nothing without transactions; naming them is enough. */
function acceptSessions(request: Request): Doc {
  documentList(request, request.name);
  return new Map();
}
