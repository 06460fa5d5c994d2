// Checks that no commit was changed, removed or inserted: every hash against its body, every link against the commit
// before it, every last version against the read model.
import type { IncidentId } from "../domain/incident/ids.js";
import { type CommitDocument, hashOf } from "./commit-document.js";
import type { MongoConnection } from "./connect-mongo.js";
import { modelsOf } from "./models.js";
import { asking } from "./store-fault-of.js";

/** One thing that is wrong with the record of an incident. */
export type ChainProblem = {
  readonly incidentId: string;
  readonly version: number;
  readonly problem: "hash-differs" | "link-broken" | "version-missing" | "time-goes-back" | "latest-missing";
};

/** What was checked and what was found. */
export type ChainReport = {
  readonly incidents: number;
  readonly commits: number;
  readonly problems: readonly ChainProblem[];
};

type Link = Pick<CommitDocument, "incidentId" | "version" | "hash" | "at">;

/** Checks the record of one incident, or of all of them in the order of their ids. */
export async function verifyChain({ connection }: MongoConnection, which: IncidentId | "all"): Promise<ChainReport> {
  const { commits, incidents } = modelsOf(connection);
  const one = which === "all" ? {} : { incidentId: which };
  const problems: ChainProblem[] = [];
  const latest = new Map<string, number>();
  let previous: Link | null = null;
  let count = 0;
  await asking(async () => {
    const cursor = commits
      .find(one)
      .sort({ incidentId: 1, version: 1 })
      .lean<CommitDocument>()
      .cursor({ batchSize: 500 });
    for await (const document of cursor as AsyncIterable<CommitDocument>) {
      const before: Link | null = previous?.incidentId === document.incidentId ? previous : null;
      problems.push(...problemsOf(document, before));
      latest.set(document.incidentId, document.version);
      previous = document;
      count += 1;
    }
  });
  const rows = which === "all" ? {} : { _id: which };
  await asking(async () => {
    for await (const { _id, version } of incidents.find(rows, { version: 1 }).lean().cursor({ batchSize: 500 })) {
      if (version > (latest.get(_id) ?? 0)) problems.push({ incidentId: _id, version, problem: "latest-missing" });
    }
  });
  return { incidents: latest.size, commits: count, problems };
}

function problemsOf(document: CommitDocument, before: Link | null): ChainProblem[] {
  const { incidentId, version } = document;
  const expected = (before?.version ?? 0) + 1;
  const found: ChainProblem["problem"][] = [];
  if (!hashMatches(document)) found.push("hash-differs");
  if (version !== expected) found.push("version-missing");
  else if (document.prevHash !== (before?.hash ?? null)) found.push("link-broken");
  if (before !== null && document.at < before.at) found.push("time-goes-back");
  return found.map((problem) => ({ incidentId, version, problem }));
}

function hashMatches(document: CommitDocument): boolean {
  try {
    return hashOf(document) === document.hash;
  } catch {
    // A body that cannot be hashed is not the body that was.
    return false;
  }
}
