// How long a recipient waits after each answer that asked to come again (requirements R3-10).
const MINUTES = [1, 2, 5, 15, 30] as const;

/** When to ask again after so many attempts; null when it has been tried often enough. */
export const retryAt = (attempts: number, now: Date): Date | null => {
  const minutes = MINUTES[attempts];
  return minutes === undefined ? null : new Date(now.getTime() + minutes * 60_000);
};

/** Whether an outcome that stayed unknown may be tried once more. */
export const mayTryAgain = (attempts: number): boolean => attempts <= MINUTES.length;
