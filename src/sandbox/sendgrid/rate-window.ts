/** The rate limit of the API in windows of a minute, as its headers tell it. */
export interface RateWindow {
  /** Counts a request, and says whether it is one too many. */
  count(): boolean;
  /** Lets nothing remain for some seconds, as far as the headers tell. */
  close(seconds: number): void;
  headers(): Readonly<Record<string, string>>;
}

const windowMs = 60_000;

/** Opens a window of so many requests a minute, in real time. */
export function createRateWindow(perMinute: number): RateWindow {
  let used = 0;
  let closed = false;
  let resetAt = 0;
  const renew = (): void => {
    if (Date.now() < resetAt) return;
    used = 0;
    closed = false;
    resetAt = Date.now() + windowMs;
  };
  return {
    count() {
      renew();
      used += 1;
      return used > perMinute;
    },
    close(seconds) {
      closed = true;
      resetAt = Date.now() + seconds * 1000;
    },
    headers: () => ({
      "x-ratelimit-limit": String(perMinute),
      "x-ratelimit-remaining": String(closed ? 0 : Math.max(0, perMinute - used)),
      "x-ratelimit-reset": String(Math.ceil(resetAt / 1000)),
    }),
  };
}
