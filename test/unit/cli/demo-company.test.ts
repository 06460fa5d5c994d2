import { expect, test } from "vitest";
import { handleOf } from "../../../src/cli/demo-company.js";

test("people are called by their first name without accents", () => {
  expect(["Fábio Nunes", "Ana Souza", "Zé"].map(handleOf)).toEqual(["fabio", "ana", "ze"]);
});
