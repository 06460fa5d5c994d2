import fc from "fast-check";
import { expect, test } from "vitest";
import { makeFold } from "../../../src/application/make-fold.js";
import { foldCommits } from "../../../src/domain/incident/evolve.js";
import { aDeclaration, declared, followedBy, type Story } from "../../support/incident-builders.js";

const noted = (story: Story, text: string): Story => followedBy(story, { type: "add-note", text, happenedAt: null });
const story = ["um", "dois", "três", "quatro", "cinco"].reduce(noted, declared(aDeclaration()));

test("there is no incident without commits", () => {
  expect(makeFold()([])).toBeNull();
});

test("readings of any length in any order give what folding from the beginning gives", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: story.commits.length }), { maxLength: 12 });
  fc.assert(
    fc.property(lengths, (readings) => {
      const fold = makeFold();
      for (const length of readings) {
        const commits = story.commits.slice(0, length);
        expect(fold(commits)).toEqual(foldCommits(commits));
      }
    }),
  );
});

test("the very same commits are not folded twice", () => {
  const fold = makeFold();
  const first = fold(story.commits);
  expect(fold([...story.commits])).toBe(first);
});

test("equal commits that were read anew are folded anew", () => {
  const fold = makeFold();
  const first = fold(story.commits);
  const again = fold(story.commits.map((commit) => ({ ...commit })));
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});
