import { setTimeout as pause } from "node:timers/promises";

/** Looks at a condition again and again until it holds, at most for `ms`; an error counts as "not yet". */
export const eventually = async (
  condition: () => boolean | Promise<boolean>,
  { ms, what, everyMs = 25 }: { readonly ms: number; readonly what: string; readonly everyMs?: number },
): Promise<void> => {
  const end = Date.now() + ms;
  let trouble = "";
  for (;;) {
    try {
      if (await condition()) return;
      trouble = "";
    } catch (error) {
      trouble = `; the last look ended with: ${error instanceof Error ? error.message : String(error)}`;
    }
    if (Date.now() > end) throw new Error(`Not within ${ms} ms: ${what}${trouble}`);
    await pause(everyMs);
  }
};
