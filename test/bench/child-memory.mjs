// Memory of the embedded store, which is a child of the product. Its data file is mapped into memory, so only private
// pages count; Linux alone tells them apart.
import { readdirSync, readFileSync } from "node:fs";

/** Private memory in bytes of all children of a process, or null where the system does not tell. */
export function privateMemoryOfChildren(pid) {
  const children = childrenOf(pid);
  if (children === null) return null;
  return children.reduce((sum, child) => sum + privateMemoryOf(child), 0);
}

function childrenOf(pid) {
  if (process.platform !== "linux") return null;
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
}

function parentOf(pid) {
  try {
    // The name in parentheses may hold anything; the parent is the second field after it.
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
  } catch {
    // It ended meanwhile.
    return null;
  }
}

function privateMemoryOf(pid) {
  const kilobytes = /^Anonymous:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1];
  return Number(kilobytes) * 1024;
}
