// The accumulators of $group.
import { Decimal128, Double } from "bson";
import { toDouble } from "../bson/compare-numbers.js";
import { compareValues } from "../bson/compare-values.js";
import { encodeKey } from "../bson/encode-key.js";
import { isNumber, type Value } from "../bson/value.js";
import { notSupported } from "../store-error.js";

/** Takes the values of a group one by one. */
export interface Accumulator {
  add(value: Value | undefined): void;
  result(): Value;
}

const MAX_INT = 2n ** 31n - 1n;
const MAX_LONG = 2n ** 63n - 1n;

/** Accumulators by name. */
export const ACCUMULATORS: ReadonlyMap<string, () => Accumulator> = new Map<string, () => Accumulator>([
  ["$sum", () => new Sum()],
  ["$avg", () => new Average()],
  ["$min", () => new Extreme(-1)],
  ["$max", () => new Extreme(1)],
  ["$first", () => new Edge(true)],
  ["$last", () => new Edge(false)],
  ["$push", () => new Push()],
  ["$addToSet", () => new DistinctValues()],
]);

/** Whole numbers are added exactly; one double makes the sum a double. */
class Sum implements Accumulator {
  #whole = 0n;
  #fraction = 0;
  #double = false;
  #long = false;

  add(value: Value | undefined): void {
    if (value === undefined || !isNumber(value)) return;
    if (value instanceof Decimal128) throw notSupported("Arithmetic on Decimal128 ($sum)");
    if (value instanceof Double) {
      this.#double = true;
      this.#fraction += value.value;
      return;
    }
    if (typeof value === "bigint") this.#long = true;
    this.#whole += BigInt(value);
  }

  result(): Value {
    if (this.#double) return new Double(this.#fraction + Number(this.#whole));
    if (this.#whole > MAX_LONG || this.#whole < -MAX_LONG - 1n) return new Double(Number(this.#whole));
    const small = this.#whole <= MAX_INT && this.#whole >= -MAX_INT - 1n;
    return small && !this.#long ? Number(this.#whole) : this.#whole;
  }
}

class Average implements Accumulator {
  readonly #sum = new Sum();
  #count = 0;

  add(value: Value | undefined): void {
    if (value === undefined || !isNumber(value)) return;
    this.#sum.add(value);
    this.#count += 1;
  }

  result(): Value {
    const sum = this.#sum.result();
    return this.#count === 0 || !isNumber(sum) ? null : new Double(toDouble(sum) / this.#count);
  }
}

class Extreme implements Accumulator {
  readonly #sign: 1 | -1;
  #best: Value = null;

  constructor(sign: 1 | -1) {
    this.#sign = sign;
  }

  add(value: Value | undefined): void {
    if (value === undefined || value === null) return;
    if (this.#best === null || compareValues(value, this.#best) * this.#sign > 0) this.#best = value;
  }

  result(): Value {
    return this.#best;
  }
}

class Edge implements Accumulator {
  readonly #first: boolean;
  #seen = false;
  #value: Value = null;

  constructor(first: boolean) {
    this.#first = first;
  }

  add(value: Value | undefined): void {
    if (this.#first && this.#seen) return;
    this.#seen = true;
    this.#value = value ?? null;
  }

  result(): Value {
    return this.#value;
  }
}

class Push implements Accumulator {
  readonly #values: Value[] = [];

  add(value: Value | undefined): void {
    if (value !== undefined) this.#values.push(value);
  }

  result(): Value {
    return this.#values;
  }
}

class DistinctValues implements Accumulator {
  readonly #byKey = new Map<string, Value[]>();

  add(value: Value | undefined): void {
    if (value === undefined) return;
    const key = encodeKey([{ value, descending: false }]).bytes.toString("latin1");
    const alike = this.#byKey.get(key) ?? [];
    if (alike.some((known) => compareValues(known, value) === 0)) return;
    this.#byKey.set(key, [...alike, value]);
  }

  result(): Value {
    return [...this.#byKey.values()].flat();
  }
}
