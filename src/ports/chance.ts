/** Chance, as an argument: ids that cannot be guessed and jitter. */
export interface Chance {
  /** At least 96 random bits, in lower-case letters and digits. */
  id(): string;
  /** A number in [0, 1). */
  fraction(): number;
}
