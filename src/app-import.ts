// Brings the company's files to the configured store, for `plantao import`.
import { loadCompanyData } from "./app-data.js";
import { withStore } from "./app-examine.js";
import type { ImportDeps } from "./cli/import.js";
import { createMongoImports } from "./storage/mongo-imports.js";

/** Reads the configured policy. */
export const loadPolicy: ImportDeps["loadPolicy"] = async (config) =>
  (await loadCompanyData({ ...config, peopleFile: null, customersFile: null })).policy;

/** Runs work on the configured store; a store that cannot be opened is told apart from work that failed. */
export const withImports: ImportDeps["withImports"] = async (config, work) => {
  const begun = { work: false };
  try {
    const value = await withStore(config, ({ mongo }) => {
      begun.work = true;
      return work(createMongoImports(mongo));
    });
    return { ok: true, value };
  } catch (error) {
    if (begun.work) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const held = /The data directory (.+) is in use by process (\d+)/s.exec(reason);
    if (held === null) return { ok: false, trouble: { kind: "closed", reason } };
    return { ok: false, trouble: { kind: "held", directory: held[1] ?? "", pid: Number(held[2]) } };
  }
};
