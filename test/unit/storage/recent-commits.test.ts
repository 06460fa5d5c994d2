import { expect, test } from "vitest";
import type { Commit } from "../../../src/domain/incident/commit.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import { createRecentCommits } from "../../../src/storage/recent-commits.js";
import { aCommit } from "../../contract/commit-builders.js";

const recordOf = (id: string, length: number) => {
  const commits: Commit[] = Array.from({ length }, (_, at) =>
    aCommit({ incidentId: id as IncidentId, version: at + 1 }),
  );
  return { commits, lastHash: `hash-${length}` };
};

test("a record is known as it was remembered last", () => {
  const recent = createRecentCommits();
  recent.remember("a", recordOf("a", 1));
  const longer = recordOf("a", 3);
  recent.remember("a", longer);
  expect(recent.get("a")).toMatchObject(longer);
  expect(recent.get("b")).toBeNull();
});

test("a forgotten record is not known", () => {
  const recent = createRecentCommits();
  recent.remember("a", recordOf("a", 1));
  recent.forget("a");
  expect(recent.get("a")).toBeNull();
});

test("above the limit the record that was remembered longest ago goes first", () => {
  const recent = createRecentCommits({ limit: 6 });
  recent.remember("a", recordOf("a", 2));
  recent.remember("b", recordOf("b", 2));
  recent.remember("a", recordOf("a", 3));
  recent.remember("c", recordOf("c", 2));
  expect(["a", "b", "c"].filter((id) => recent.get(id) !== null)).toEqual(["a", "c"]);
});

test("a record longer than the limit is not kept", () => {
  const recent = createRecentCommits({ limit: 6 });
  recent.remember("a", recordOf("a", 7));
  expect(recent.get("a")).toBeNull();
  recent.remember("b", recordOf("b", 6));
  expect(recent.get("b")).not.toBeNull();
});

test("a record is forgotten some time after its first reading, however often it grew since", () => {
  let now = 0;
  const recent = createRecentCommits({ maxAgeMs: 1000, now: () => now });
  recent.remember("a", recordOf("a", 1));
  now = 999;
  recent.remember("a", recordOf("a", 2));
  expect(recent.get("a")).not.toBeNull();
  now = 1000;
  expect(recent.get("a")).toBeNull();
  recent.remember("a", recordOf("a", 2));
  now = 1999;
  expect(recent.get("a")).not.toBeNull();
});
