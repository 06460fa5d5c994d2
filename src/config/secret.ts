import { inspect } from "node:util";

const PRINTED = "[secret]";

/** A value that must not be seen: whatever prints it prints `[secret]`; only `reveal` gives it. */
export class Secret {
  readonly #value: string;
  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, for the call to the vendor that needs it. */
  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return PRINTED;
  }

  toJSON(): string {
    return PRINTED;
  }

  [inspect.custom](): string {
    return PRINTED;
  }
}
