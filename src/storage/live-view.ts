// A view in memory that follows the store: read at start, again every minute, and whenever somebody asks for it.

/** A view and the means to keep it fresh. */
export type LiveView<V> = {
  current(): V;
  /** Reads again; calls during a reading share it. */
  refresh(): Promise<V>;
  /** Reads once, then at intervals; the view stays as it is while the store cannot answer. */
  start(): Promise<void>;
  stop(): void;
};

/** How to read a view, how often, and who hears of readings that failed. */
export type LiveViewOptions<V> = {
  readonly initial: V;
  readonly read: () => Promise<V>;
  readonly everyMs: number;
  readonly onFault: (err: unknown) => void;
};

/** Creates a view that answers from memory at once. */
export function createLiveView<V>({ initial, read, everyMs, onFault }: LiveViewOptions<V>): LiveView<V> {
  let view = initial;
  let reading: Promise<V> | null = null;
  let timer: NodeJS.Timeout | null = null;

  const refresh = (): Promise<V> => {
    reading ??= read()
      .then((fresh) => {
        view = fresh;
        return fresh;
      })
      .finally(() => {
        reading = null;
      });
    return reading;
  };

  return {
    current: () => view,
    refresh,
    async start() {
      await refresh();
      timer ??= setInterval(() => void refresh().catch(onFault), everyMs).unref();
    },
    stop() {
      if (timer !== null) clearInterval(timer);
      timer = null;
    },
  };
}
