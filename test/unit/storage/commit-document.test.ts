import { createHash, randomBytes } from "node:crypto";
import fc from "fast-check";
import { BSON } from "mongodb";
import { describe, expect, test } from "vitest";
import type { Commit } from "../../../src/domain/incident/commit.js";
import { prose } from "../../../src/domain/incident/prose.js";
import {
  type CommitDocument,
  fromCommitDocument,
  hashOf,
  toCommitDocument,
} from "../../../src/storage/commit-document.js";
import { aCommit, aNote, arbitraryCommit } from "../../contract/commit-builders.js";

const salt = () => randomBytes(16).toString("hex");
const throughBson = (document: CommitDocument) =>
  BSON.deserialize(BSON.serialize(document, { ignoreUndefined: true })) as CommitDocument;

describe("a commit as a document", () => {
  test("any commit comes back the same through the bytes of the store", () => {
    fc.assert(
      fc.property(arbitraryCommit, (commit) => {
        const back = fromCommitDocument(throughBson(toCommitDocument(commit, null, salt)));
        expect(back).toEqual(commit);
      }),
    );
  });

  test("the hash is the same after the bytes of the store", () => {
    fc.assert(
      fc.property(arbitraryCommit, (commit) => {
        const document = toCommitDocument(commit, "previous", salt);
        expect(hashOf(throughBson(document))).toBe(document.hash);
      }),
    );
  });

  test.each<[string, (document: CommitDocument) => object]>([
    ["the instant", (document) => ({ at: new Date(document.at.getTime() + 1) })],
    ["the version", () => ({ version: 2 })],
    ["the incident", () => ({ incidentId: "other" })],
    ["the actor", () => ({ actor: { kind: "system", name: "clock" } })],
    ["the command", () => ({ commandId: "other" })],
    ["the commit before it", () => ({ prevHash: "other" })],
    ["the events", () => ({ events: [] })],
    ["the effects", () => ({ effects: [] })],
    ["a free text", () => ({ events: [{ ...aNote(""), text: { prose: "outra", salt: "00".repeat(16) } }] })],
  ])("changing %s changes the hash", (_name, change) => {
    const document = toCommitDocument(aCommit(), "previous", salt);
    expect(hashOf({ ...document, ...change(document) })).not.toBe(document.hash);
  });

  test("the mark of pending effects is outside the hash", () => {
    const document = toCommitDocument(aCommit(), null, salt);
    expect(hashOf({ ...document, pending: { owner: "a", until: new Date() } } as CommitDocument)).toBe(document.hash);
  });

  test("the hash is the one that RFC 8785 and SHA-256 give", () => {
    const commit = aCommit({ incidentId: "inc1", commandId: "cmd1" } as Partial<Commit>);
    const document = toCommitDocument({ ...commit, events: [], effects: [] }, null, salt);
    const canonical = [
      '{"actor":{"kind":"person","personId":"bruno"},"at":"2026-11-23T13:01:00.000Z","commandId":"cmd1",',
      '"effects":[],"events":[],"incidentId":"inc1","prevHash":null,"version":1}',
    ].join("");
    expect(document.hash).toBe(createHash("sha256").update(canonical).digest("hex"));
  });

  test("lone surrogates in a text do not break the hash", () => {
    const commit = aCommit({ events: [{ ...aNote(""), text: prose("a\uD800") } as never] });
    const document = toCommitDocument(commit, null, salt);
    expect(hashOf(throughBson(document))).toBe(document.hash);
  });
});
