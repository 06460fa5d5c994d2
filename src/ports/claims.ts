/** Uniqueness across incidents and running numbers. */
export interface Claims {
  /** True when this call made the claim; false when somebody holds it. */
  claim(key: string, holder: string): Promise<boolean>;
  /** The next number of a series; gaps are allowed. */
  next(series: string): Promise<number>;
}
