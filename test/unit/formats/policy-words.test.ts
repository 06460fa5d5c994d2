import { describe, expect, it, test } from "vitest";
import { wordProblem } from "../../../src/formats/file-problem-words.js";
import { FILE_WORDS } from "../../../src/formats/file-words.js";
import { POLICY_WORDS } from "../../../src/formats/policy-words.js";

const all = Object.entries({ ...POLICY_WORDS, ...FILE_WORDS });

describe("the words of a problem", () => {
  test.each(all)("%s have a message and a remedy in both languages, with the same values", (_, words) => {
    const slots = (sentences: readonly string[]) => new Set(sentences.join(" ").match(/\{\w+\}/g) ?? []);
    expect(slots(words["pt-BR"])).toEqual(slots(words.en));
    expect(words["pt-BR"][0]).not.toBe(words.en[0]);
    for (const sentence of [...words["pt-BR"], ...words.en]) expect(sentence).toMatch(/^[\p{Lu}{].*\.$/u);
  });

  it("carry the values, clipped and without control characters", () => {
    const received = `\u001b[31m${"á".repeat(300)}`;
    const { message } = wordProblem(
      { path: "scope", code: "invalid-value", values: { received, allowed: "large" } },
      "en",
    );
    expect(message).toBe(`?[31m${"á".repeat(195)}… is not an accepted value.`);
  });

  it("never fill a slot that a value brought along", () => {
    const problem = { path: "", code: "invalid-value", values: { received: "{allowed}", allowed: "x" } } as const;
    expect(wordProblem(problem, "en").message).toBe("{allowed} is not an accepted value.");
  });
});
