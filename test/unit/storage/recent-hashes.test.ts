import { expect, test } from "vitest";
import { createRecentHashes } from "../../../src/storage/recent-hashes.js";

test("only the latest version of an incident is known", () => {
  const hashes = createRecentHashes();
  hashes.remember("inc", 1, "h1");
  expect(hashes.get("inc", 1)).toBe("h1");
  hashes.remember("inc", 2, "h2");
  expect([hashes.get("inc", 1), hashes.get("inc", 2), hashes.get("other", 1)]).toEqual([null, "h2", null]);
});

test("the incident that was used least recently is forgotten first", () => {
  const hashes = createRecentHashes(2);
  for (const [id, version] of [
    ["a", 1],
    ["b", 1],
    ["a", 2],
    ["c", 1],
  ] as const)
    hashes.remember(id, version, "h");
  expect([hashes.get("a", 2), hashes.get("b", 1), hashes.get("c", 1)]).toEqual(["h", null, "h"]);
});
