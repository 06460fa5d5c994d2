// Commits in MongoDB: one insert is the transaction, two unique indexes are the rules.
import { randomBytes } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import type { Model } from "mongoose";
import type { Commit } from "../domain/incident/commit.js";
import type { CommandId, IncidentId } from "../domain/incident/ids.js";
import { type AppendResult, type CommitStore, type PendingMark, StoreFault } from "../ports/commit-store.js";
import { type CommitDocument, commitKey, fromCommitDocument, toCommitDocument } from "./commit-document.js";
import type { MongoConnection } from "./connect-mongo.js";
import { modelsOf } from "./models.js";
import { createRecentCommits } from "./recent-commits.js";
import { createRecentHashes } from "./recent-hashes.js";
import { asking, askingTwice, duplicateKeyOf, storeFaultOf } from "./store-fault-of.js";

const LOOKS_FOR_REPEATED = 5;
const LOOK_AGAIN_AFTER_MS = 40;

const salt = () => randomBytes(16).toString("hex");

/** Keeps commits in the collection `commits`. */
export function createMongoCommitStore({ connection }: MongoConnection): CommitStore {
  const { commits } = modelsOf(connection);
  const hashes = createRecentHashes();
  const recent = createRecentCommits();

  async function prevHashOf(incidentId: IncidentId, version: number): Promise<string | null> {
    if (version === 1) return null;
    const known = hashes.get(incidentId, version - 1);
    if (known !== null) return known;
    const previous = await asking(() => commits.findById(commitKey(incidentId, version - 1), { hash: 1 }).lean());
    if (previous === null) throw new Error(`Version ${version} of an incident has no version before it.`);
    return previous.hash;
  }

  async function findByCommand(commandId: CommandId): Promise<CommitDocument | null> {
    return asking(() => commits.findOne({ commandId: { $eq: commandId } }).lean<CommitDocument>());
  }

  async function load(incidentId: IncidentId): Promise<readonly Commit[]> {
    const known = recent.get(incidentId);
    // The last known commit is read again: it tells whether this is still the record that is known.
    const from = Math.max(known?.commits.length ?? 0, 1);
    const where = known === null ? { incidentId } : { incidentId, version: { $gte: from } };
    const documents = await asking(() => commits.find(where).sort({ version: 1 }).lean<CommitDocument[]>());
    if (known !== null && documents[0]?.hash !== known.lastHash) {
      recent.forget(incidentId);
      return load(incidentId);
    }
    documents.forEach((document, index) => {
      if (document.version !== from + index) throw new StoreFault("record_has_a_gap", "not-saved");
    });
    const last = documents.at(-1);
    if (last === undefined) return [];
    hashes.remember(incidentId, last.version, last.hash);
    const fresh = known === null ? documents : documents.slice(1);
    const all = [...(known?.commits ?? []), ...read(() => fresh.map(fromCommitDocument))];
    recent.remember(incidentId, { commits: all, lastHash: last.hash });
    return all;
  }

  return {
    async append(commit, pending) {
      const prevHash = await prevHashOf(commit.incidentId, commit.version);
      const document = toCommitDocument(commit, prevHash, salt);
      const result = await insert(commits, pending === null ? document : { ...document, pending }, findByCommand);
      if (result.kind === "appended") hashes.remember(commit.incidentId, commit.version, document.hash);
      return result;
    },

    load,

    async findByCommand(commandId) {
      const document = await findByCommand(commandId);
      return document === null ? null : read(() => fromCommitDocument(document));
    },

    async keepPending(incidentId, version, mark) {
      const own = { _id: commitKey(incidentId, version), "pending.owner": { $eq: mark.owner } };
      const kept = await askingTwice(() => commits.updateOne(own, { $set: { pending: mark } }));
      return kept.matchedCount === 1;
    },

    async clearPending(incidentId, version) {
      await askingTwice(() => commits.updateOne({ _id: commitKey(incidentId, version) }, { $unset: { pending: 1 } }));
    },

    claimAbandoned: (mark, now, limit) => claimAbandoned(commits, mark, now, limit),
  };
}

async function insert(
  commits: Model<CommitDocument>,
  document: CommitDocument,
  findByCommand: (commandId: CommandId) => Promise<CommitDocument | null>,
): Promise<AppendResult> {
  try {
    await askingTwice(() => commits.collection.insertOne(document as never));
    return { kind: "appended" };
  } catch (err) {
    const violated = duplicateKeyOf(err);
    if (violated === null) throw err;
    const isSameCommand = violated.includes("commandId");
    for (let look = 0; look < LOOKS_FOR_REPEATED; look += 1) {
      const earlier = await findByCommand(document.commandId as CommandId);
      // The salts are random, so an equal hash is this very insert, repeated after its answer was lost.
      if (earlier?.hash === document.hash) return { kind: "appended" };
      if (earlier !== null) return { kind: "repeated", commit: read(() => fromCommitDocument(earlier)) };
      if (!isSameCommand) return { kind: "conflict" };
      // A majority of the replicas does not have it yet.
      await setTimeout(LOOK_AGAIN_AFTER_MS);
    }
    throw new StoreFault("commit_not_yet_visible", "unknown", err);
  }
}

async function claimAbandoned(
  commits: Model<CommitDocument>,
  mark: PendingMark,
  now: Date,
  limit: number,
): Promise<readonly Commit[]> {
  const claimed: Commit[] = [];
  let unreadable: unknown = null;
  for (let count = 0; count < limit; count += 1) {
    const document = await asking(() =>
      commits
        .findOneAndUpdate({ "pending.until": { $exists: true, $lte: now } }, { $set: { pending: mark } })
        .sort({ "pending.until": 1 })
        .lean<CommitDocument>(),
    );
    if (document === null) break;
    try {
      claimed.push(fromCommitDocument(document));
    } catch (err) {
      // A later program wrote it; the commits that this program can read must not wait for that.
      unreadable = err;
    }
  }
  if (claimed.length === 0 && unreadable !== null) throw storeFaultOf(unreadable) ?? unreadable;
  return claimed;
}

/** Maps what was read, turning an event that this program does not know into a fault. */
function read<T>(map: () => T): T {
  try {
    return map();
  } catch (err) {
    throw storeFaultOf(err) ?? err;
  }
}
