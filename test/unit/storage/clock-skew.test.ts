import { expect, test } from "vitest";
import { certainSkew } from "../../../src/storage/clock-skew.js";

test.each([
  ["inside the round trip nothing is certain", 1_050, 1_000, 1_100, 0],
  ["ahead counts from the answer on", 4_100, 1_000, 1_100, 3_000],
  ["behind counts from the question back", 500, 1_000, 1_100, -500],
])("%s", (_name, server, sent, answered, expected) => {
  expect(certainSkew(server, sent, answered)).toBe(expected);
});
