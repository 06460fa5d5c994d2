import { beforeEach, expect, test } from "vitest";
import type { Claims } from "../../src/ports/claims.js";

/** What every keeper of claims owes its callers. */
export function claimsContract(emptyClaims: () => Promise<Claims>): void {
  let claims: Claims;
  beforeEach(async () => {
    claims = await emptyClaims();
  });

  test("a key is claimed once, by whoever comes first", async () => {
    expect(await claims.claim("fingerprint:abc", "a")).toBe(true);
    expect(await claims.claim("fingerprint:abc", "b")).toBe(false);
    expect(await claims.claim("fingerprint:abc", "a")).toBe(false);
    expect(await claims.claim("fingerprint:def", "b")).toBe(true);
  });

  test("of many claims at once exactly one is made", async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, index) => claims.claim("k", `holder-${index}`)));
    expect(made.filter(Boolean)).toHaveLength(1);
  });

  test("a series counts from one, apart from the others", async () => {
    expect([await claims.next("INC"), await claims.next("INC"), await claims.next("DRILL")]).toEqual([1, 2, 1]);
  });

  test("numbers taken at once all differ", async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => claims.next("INC")));
    expect(new Set(numbers).size).toBe(20);
  });
}
