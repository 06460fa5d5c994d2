// Domain values on their way into and out of a document. Every free text is stored beside a random salt, so that the
// hash of a record can cover a digest of the text and stay valid after the text is erased.
import { createHash } from "node:crypto";

/** Makes the salt of one text: 16 random bytes as hexadecimal digits. */
export type Salt = () => string;

type Plain = Readonly<Record<string, unknown>>;
type ObjectRule = (value: Plain) => unknown;

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/** Replaces lone surrogates, which neither UTF-8 nor canonical JSON can carry. */
export const wellFormed = (text: string): string => text.replace(LONE_SURROGATE, "\uFFFD");

/** Turns a domain value into what a document holds; throws on values that would not come back the same. */
export function toStored(value: unknown, salt: Salt): unknown {
  return walk(value, (object) => {
    if ("prose" in object) return saltProse(object, salt);
    if ("proseDigest" in object) throw new Error("The name proseDigest is reserved for digests of free text.");
    return undefined;
  });
}

/** Turns what a document holds back into the domain value. */
export function fromStored(value: unknown): unknown {
  return walk(value, (object) => ("prose" in object ? { prose: object["prose"] } : undefined));
}

/** The form of a stored value that is hashed: free text stands as its salted digest. */
export function toHashable(value: unknown): unknown {
  return walk(value, (object) => ("prose" in object ? { proseDigest: digestOf(object) } : undefined));
}

function saltProse(object: Plain, salt: Salt): Plain {
  const text = object["prose"];
  if (typeof text !== "string" || Object.keys(object).length !== 1) {
    throw new Error("A free text must be an object with the one field prose, a string.");
  }
  return { prose: wellFormed(text), salt: salt() };
}

function digestOf(object: Plain): string {
  const { prose, salt } = object;
  if (typeof prose !== "string" || typeof salt !== "string") throw new Error("A stored free text lacks its salt.");
  return createHash("sha256").update(Buffer.from(salt, "hex")).update(prose, "utf8").digest("hex");
}

function walk(value: unknown, rule: ObjectRule): unknown {
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return wellFormed(value);
  if (typeof value === "number") return finite(value);
  if (value instanceof Date) return validDate(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, rule));
  if (!isPlain(value)) throw new Error(`A value of type ${typeof value} cannot be stored.`);
  return rule(value) ?? walkFields(value, rule);
}

function walkFields(object: Plain, rule: ObjectRule): Plain {
  const copy: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(object)) {
    if (field === undefined) continue;
    const name = wellFormed(key);
    if (name === "__proto__" || name.startsWith("$") || name.includes("\0")) {
      throw new Error("A field's name must not start with $, hold NUL or be __proto__.");
    }
    copy[name] = walk(field, rule);
  }
  return copy;
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new Error("Only finite numbers can be stored.");
  return value;
}

function validDate(value: Date): Date {
  if (Number.isNaN(value.getTime())) throw new Error("An invalid date cannot be stored.");
  return value;
}

function isPlain(value: unknown): value is Plain {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
