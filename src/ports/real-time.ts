/** Real time, for leases, timeouts and waiting between tries; never for anything that an incident remembers. */
export interface RealTime {
  now(): Date;
  wait(ms: number): Promise<void>;
  /** Does work, which must not reject, at intervals until the returned function is called. */
  every(ms: number, work: () => Promise<unknown>): () => void;
}
