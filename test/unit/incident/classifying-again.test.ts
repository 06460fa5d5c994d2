import { expect, test } from "vitest";
import type { SaidAnswers } from "../../../src/domain/classification/answers.js";
import { withSaid } from "../../../src/domain/classification/answers.js";
import type { IncidentCommand } from "../../../src/domain/incident/commands.js";
import {
  aDeclaration,
  answersFor,
  by,
  declared,
  followedBy,
  fullRoster,
  refusalOf,
} from "../../support/incident-builders.js";

const classify = (answers: SaidAnswers, reason: string | null = null): IncidentCommand => ({
  type: "classify",
  answers,
  cause: null,
  effectiveFrom: null,
  reason,
  onCall: fullRoster,
});

test("an answer that is not given anew stays as it was", () => {
  const story = followedBy(declared(), classify({ data: "lost" }));
  expect(story.incident.classification).toMatchObject({
    answers: { scope: "large", effect: "outage", data: "lost", exposure: "none" },
    level: 1,
    provisional: false,
  });
});

test("an exposure that was told once is not forgotten by classifying the rest again", () => {
  const exposed = followedBy(declared(aDeclaration({ level: 3 })), classify({ exposure: "suspected" }));
  const again = followedBy(exposed, classify({ scope: "large", effect: "outage", data: "none" }));
  expect(again.incident.classification.answers.exposure).toBe("suspected");
});

test("telling one answer more does not open the way to lower an N1 without authority", () => {
  const story = followedBy(declared(), classify({ data: "lost" }), { actor: by("igor") });
  const lowered = followedBy(story, classify(answersFor[4]), { actor: by("igor") });
  expect(refusalOf(lowered)).toBe("needs-authority");
});

test("nothing said anew changes nothing", () => {
  expect(refusalOf(followedBy(declared(), classify({})))).toBe("nothing-changed");
});

test("numbers of those affected go with the scope that they stood for", () => {
  const counted = { ...answersFor[1], counts: { users: 40 } };
  expect(withSaid(counted, { data: "lost" }).counts).toEqual({ users: 40 });
  expect(withSaid(counted, { scope: "single" })).not.toHaveProperty("counts");
});
