/** Domain time: it may run fast in the sandbox and stands still in tests. Leases, signatures and timeouts use real time instead. */
export interface Clock {
  now(): Date;
  /** The domain instant that will be reached after so many milliseconds of real time. */
  after(realMs: number): Date;
  /** Calls `fire` once domain time reaches `at` (at once when it has passed); the returned function cancels it. */
  at(at: Date, fire: () => void): () => void;
}
