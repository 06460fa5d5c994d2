// A commit as a document, and its place in the hash chain of its incident.
import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Commit } from "../domain/incident/commit.js";
import type { Effect } from "../domain/incident/effects.js";
import type { Actor, CommandId, IncidentId } from "../domain/incident/ids.js";
import { fromStored, type Salt, toHashable, toStored } from "./stored-value.js";
import { upcastEvents } from "./upcast-events.js";

/** What the hash covers, with dates as dates and free text beside its salt. */
export type CommitBody = {
  readonly incidentId: string;
  readonly version: number;
  readonly at: Date;
  readonly actor: unknown;
  readonly commandId: string;
  readonly events: readonly unknown[];
  readonly effects: readonly unknown[];
  readonly prevHash: string | null;
};

/** A commit as it lies in the collection; `pending` is the one field outside the hash. */
export type CommitDocument = CommitBody & {
  readonly _id: string;
  readonly hash: string;
  readonly pending?: { readonly owner: string; readonly until: Date };
};

/** Key of a commit's document. */
export const commitKey = (incidentId: IncidentId, version: number): string => `${incidentId}.${version}`;

/** Builds the document of a commit that follows the one with hash `prevHash`. */
export function toCommitDocument(commit: Commit, prevHash: string | null, salt: Salt): CommitDocument {
  const body = {
    incidentId: commit.incidentId,
    version: commit.version,
    at: commit.at,
    actor: toStored(commit.actor, salt),
    commandId: commit.commandId,
    events: commit.events.map((event) => toStored(event, salt)),
    effects: commit.effects.map((effect) => toStored(effect, salt)),
    prevHash,
  };
  return { _id: commitKey(commit.incidentId, commit.version), ...body, hash: hashOf(body) };
}

/** Reads a commit back; throws UnreadableEvent when this code does not know one of its events. */
export function fromCommitDocument(document: CommitDocument): Commit {
  return {
    incidentId: document.incidentId as IncidentId,
    version: document.version,
    at: document.at,
    actor: fromStored(document.actor) as Actor,
    commandId: document.commandId as CommandId,
    events: upcastEvents(document.events.map(fromStored)),
    effects: document.effects.map((effect) => fromStored(effect) as Effect),
  };
}

/** SHA-256 of the canonical JSON (RFC 8785) of a commit's body, free text digested. */
export function hashOf(body: CommitBody): string {
  const { incidentId, version, at, actor, commandId, events, effects, prevHash } = body;
  const hashable = toHashable({ incidentId, version, at, actor, commandId, events, effects, prevHash });
  const json = canonicalize(hashable);
  if (json === undefined) throw new Error("A commit has no canonical form.");
  return createHash("sha256").update(json, "utf8").digest("hex");
}
