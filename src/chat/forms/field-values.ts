// Reads values that came back from a platform. Nothing is trusted: wrong types count as empty, unknown options as errors.
import type { Listed } from "../asks.js";
import { foldText } from "../fold-text.js";
import type { FieldErrors, FormValues } from "../form.js";
import type { TextKey } from "../texts/pt-br.js";
import { say, type WordSlots } from "../texts/say.js";
import type { ReadInput } from "./form-input.js";

/** Reads fields one by one and collects what is wrong with them. */
export class FieldReader {
  readonly #values: FormValues;
  readonly #input: ReadInput;
  readonly #errors: Record<string, string> = {};

  constructor(values: FormValues, input: ReadInput) {
    this.#values = values;
    this.#input = input;
  }

  /** A text that may be empty. */
  text(id: string, max: number): string {
    const value = this.#values[id];
    const text = typeof value === "string" ? value.trim() : "";
    if (text.length > max) this.wrong(id, "error.too-long", { max, actual: text.length });
    return text;
  }

  /** A text that must be there. */
  required(id: string, max: number): string {
    const text = this.text(id, max);
    if (text === "") this.wrong(id, "error.required");
    return text;
  }

  /** One of the given options; null when empty. */
  choice<T extends string>(id: string, options: readonly T[]): T | null {
    const value = this.#values[id];
    if (typeof value !== "string" || value === "") return null;
    const found = options.find((option) => option === value);
    if (found === undefined) this.wrong(id, "error.not-an-option");
    return found ?? null;
  }

  /** One of the given options, which must be chosen; the first option stands in for what is wrong. */
  requiredChoice<T extends string>(id: string, options: readonly [T, ...T[]]): T {
    const value = this.choice(id, options);
    if (value === null && this.#errors[id] === undefined) this.wrong(id, "error.required");
    return value ?? options[0];
  }

  /** Whether a tick box is ticked. */
  ticked(id: string, option: string): boolean {
    const value = this.#values[id];
    return Array.isArray(value) ? value.includes(option) : value === option;
  }

  /** An instant that has passed; null when empty. */
  past(id: string): Date | null {
    const value = this.#values[id];
    if (!(value instanceof Date) || Number.isNaN(value.getTime())) return null;
    if (value.getTime() > this.#input.now.getTime()) this.wrong(id, "error.future");
    return value;
  }

  /** Customers chosen by id or typed by name, separated by commas. */
  customers(id: string): readonly string[] {
    const value = this.#values[id];
    const said = typeof value === "string" ? value.split(/[,;\n]/u) : Array.isArray(value) ? value : [];
    const names = said.map((name: string) => name.trim()).filter((name) => name !== "");
    const found = names.map((name) => ({ name, customer: this.#customer(name) }));
    const unknown = found.find(({ customer }) => customer === undefined);
    if (unknown) this.wrong(id, "error.unknown-customer", { name: unknown.name });
    return [...new Set(found.flatMap(({ customer }) => (customer ? [customer.id] : [])))];
  }

  /** Marks a field as wrong; the first thing wrong with it stays. */
  wrong(id: string, key: TextKey, slots: WordSlots = {}): void {
    this.#errors[id] ??= say(this.#input.language, key, slots);
  }

  /** Whether anything is wrong so far. */
  get isWrong(): boolean {
    return Object.keys(this.#errors).length > 0;
  }

  /** The request when nothing is wrong, else the errors. */
  result<T>(
    request: T,
  ): { readonly ok: true; readonly request: T } | { readonly ok: false; readonly errors: FieldErrors } {
    return this.isWrong ? { ok: false, errors: this.#errors } : { ok: true, request };
  }

  #customer(name: string): Listed | undefined {
    const folded = foldText(name);
    return this.#input.customers.find((customer) => customer.id === name || foldText(customer.name) === folded);
  }
}

/** A text, or null when it is empty. */
export function orNull(text: string): string | null {
  return text === "" ? null : text;
}
