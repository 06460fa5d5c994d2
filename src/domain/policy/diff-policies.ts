// Differences between two policies as paths and values, so that an approver sees what a new version changes.
import type { Policy } from "./policy.js";

/** A value of a policy, as data. */
export type PolicyValue =
  | string
  | number
  | boolean
  | null
  | readonly PolicyValue[]
  | { readonly [key: string]: PolicyValue };

/** One difference; a side is left out when the path does not exist there. */
export type PolicyDifference = { readonly path: string; readonly before?: PolicyValue; readonly after?: PolicyValue };

/** Lists what changes from one policy to another, in the order of the first, then what only the second has. */
export function diffPolicies(before: Policy, after: Policy): PolicyDifference[] {
  return diffValues("", before, after);
}

function diffValues(path: string, before: PolicyValue | undefined, after: PolicyValue | undefined): PolicyDifference[] {
  const left = keyed(before);
  const right = keyed(after);
  if (left !== null && right !== null) {
    const keys = new Set([...left.keys(), ...right.keys()]);
    return [...keys].flatMap((key) => diffValues(path === "" ? key : `${path}.${key}`, left.get(key), right.get(key)));
  }
  if (isEqual(before, after)) return [];
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

/** Objects compare by key and lists of coded things by code; any other list, such as a rung, is one value. */
function keyed(value: PolicyValue | undefined): Map<string, PolicyValue> | null {
  if (typeof value !== "object" || value === null) return null;
  if (!isList(value)) return new Map(Object.entries(value).filter(([, inner]) => inner !== undefined));
  const entries = value.map((item): [string | null, PolicyValue] => [codeOf(item), item]);
  if (entries.length === 0 || entries.some(([code]) => code === null)) return null;
  const byCode = new Map(entries.map(([code, item]) => [String(code), item]));
  return byCode.size === entries.length ? byCode : null;
}

function codeOf(item: PolicyValue): string | null {
  if (typeof item !== "object" || item === null || isList(item)) return null;
  const { code } = item;
  return typeof code === "string" ? code : null;
}

function isEqual(one: PolicyValue | undefined, other: PolicyValue | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined || typeof one !== "object" || typeof other !== "object") return false;
  if (one === null || other === null || isList(one) !== isList(other)) return false;
  const left = Object.entries(one).filter(([, value]) => value !== undefined);
  const right = new Map(Object.entries(other).filter(([, value]) => value !== undefined));
  return left.length === right.size && left.every(([key, value]) => isEqual(value, right.get(key)));
}

function isList(value: PolicyValue): value is readonly PolicyValue[] {
  return Array.isArray(value);
}
