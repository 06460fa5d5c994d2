// Looks at what a configuration relies on, one thing at a time, for `plantao doctor` and `plantao verify`.
import { loadCompanyData } from "./app-data.js";
import { broken, examineVendors, off, ok, warning } from "./app-examine-vendors.js";
import { createSystemClock } from "./app-time.js";
import { openStore, type StoreLine } from "./app-world.js";
import type { DoctorCheck, Examine } from "./cli/doctor.js";
import type { VerifyStore } from "./cli/verify.js";
import type { Config } from "./config/config.js";
import { createLogger } from "./logging/create-logger.js";
import type { MongoConnection } from "./storage/connect-mongo.js";
import { createDirectoryView, type DirectoryView } from "./storage/directory-view.js";
import { createMongoCatalogue } from "./storage/mongo-catalogue.js";
import { createMongoDirectory } from "./storage/mongo-directory.js";
import { verifyChain } from "./storage/verify-chain.js";

const STORE_WAIT_MS = 8_000;

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs work on the configured store once it is ready, and closes it. */
export const withStore = async <T>(config: Config, work: (store: StoreLine) => Promise<T>): Promise<T> => {
  const log = createLogger({ level: "error", stream: process.stderr });
  const store = await openStore(config, log, () => undefined);
  try {
    const late = new Promise<never>((_, reject) => {
      setTimeout(() => {
        const state = store.mongo.ready();
        reject(new Error(state.ok ? "the store did not answer" : state.reason));
      }, STORE_WAIT_MS).unref();
    });
    await Promise.race([store.mongo.untilReady(), late]);
    return await work(store);
  } finally {
    await store.close();
  }
};

/** Who is on duty for what: as the file says, which `serve` brings to the store, else as the store says. */
const readDuties = async (
  config: Config,
  mongo: MongoConnection,
): Promise<(Pick<DirectoryView, "person" | "onDuty"> & { readonly serviceIds: readonly string[] }) | null> => {
  if (config.peopleFile !== null) {
    // A file that cannot be used is found, and told, by its own check.
    const people = (await loadCompanyData(config).catch(() => null))?.people ?? null;
    if (people === null) return null;
    const documents = people.people.map((person) => ({ ...person, _id: person.id }));
    const { person, onDuty } = createDirectoryView(documents, people.roster);
    return { person, onDuty, serviceIds: Object.keys(people.roster.services) };
  }
  // Nothing reads them again later, so nobody else would hear of a fault.
  const silent = { onFault: () => undefined };
  const [directory, catalogue] = [createMongoDirectory(mongo, silent), createMongoCatalogue(mongo, silent)];
  await Promise.all([directory.refresh(), catalogue.refresh()]);
  return { ...directory, serviceIds: catalogue.services().map(({ id }) => id) };
};

/** Counts only, and roles: who it is stands in the file. */
const examineDuties = async (config: Config, mongo: MongoConnection): Promise<readonly DoctorCheck[]> => {
  // Without Twilio no phone rings, and that is said already.
  if (config.twilio === null) return [];
  const duties = await readDuties(config, mongo);
  if (duties === null) return [];
  const at = createSystemClock(config.clock).now();
  const asked = [null, ...duties.serviceIds].flatMap((id) => Object.entries(duties.onDuty(id, at).byRole));
  const onDuty = asked.flatMap(([role, ids]) => ids.map((id) => ({ role, id })));
  const name = "people on duty";
  if (onDuty.length === 0)
    return [
      warning(name, "nobody: no phone rings, administrators are mentioned", "Name who is on duty in PEOPLE_FILE."),
    ];
  const without = onDuty.filter(({ id }) => (duties.person(id)?.phone ?? null) === null);
  const count = new Set(without.map(({ id }) => id)).size;
  const all = new Set(onDuty.map(({ id }) => id)).size;
  const roles = [...new Set(without.map(({ role }) => role))].join(", ");
  return [
    count === 0
      ? ok(name, `everybody (${all}) has a phone`)
      : warning(name, `${count} of ${all} without a phone: ${roles}`, "Enter their numbers in the people file."),
  ];
};

const examineStore = async (config: Config): Promise<readonly DoctorCheck[]> => {
  const kind = config.store.kind === "embedded" ? `embedded store in ${config.store.dataDir}` : "MongoDB";
  const remedy =
    config.store.kind === "embedded"
      ? "Stop the other process that uses DATA_DIR, or give this one another directory it may write to."
      : "Check MONGODB_URI, the server and the network between them.";
  try {
    return await withStore(config, async ({ mongo }) => {
      const skew = Math.round(mongo.skewMs() ?? 0);
      const clock: DoctorCheck =
        Math.abs(skew) > 2_000
          ? warning("clock", `differs by ${skew} ms from the store's`, "Let NTP set the clock of this machine.")
          : ok("clock", `within ${Math.abs(skew)} ms of the store's`);
      return [ok("store", `${kind} is ready`), clock, ...(await examineDuties(config, mongo))];
    });
  } catch (error) {
    return [broken("store", `${kind}: ${textOf(error)}`, remedy)];
  }
};

const examineFiles = async (config: Config): Promise<DoctorCheck> => {
  try {
    const { policy, people, customers } = await loadCompanyData(config);
    const counted = `${people?.people.length ?? 0} people, ${customers?.customers.length ?? 0} customers, ${customers?.contracts.length ?? 0} contracts`;
    return ok(
      "files",
      `policy ${policy.id} version ${policy.version}${policy.confirmed ? "" : " (shipped numbers, not confirmed)"}; ${counted}`,
    );
  } catch (error) {
    return broken("files", textOf(error), "Mend the file and run doctor again.");
  }
};

const examineSlack = async (config: Config): Promise<readonly DoctorCheck[]> => {
  if (config.slack === null)
    return [
      off(
        "slack",
        "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set",
        "Create the app from manifests/slack-manifest.json and set both.",
      ),
    ];
  const { examineSlackToken } = await import("./slack/examine-token.js");
  const { botToken, apiUrl } = config.slack;
  const found = await examineSlackToken({ token: botToken.reveal(), apiUrl: apiUrl ?? "https://slack.com/api/" });
  if (!found.ok)
    return [
      broken(
        "slack",
        `auth.test answered ${found.code}`,
        "Check SLACK_BOT_TOKEN and SLACK_API_URL; install the app in the workspace again if its token was revoked.",
      ),
    ];
  const missing = found.missingScopes;
  const token = ok("slack", `the token is accepted (bot ${found.botUserId})`);
  return missing.length === 0
    ? [token, ok("slack scopes", "all that the bot uses are granted")]
    : [
        token,
        broken(
          "slack scopes",
          `missing: ${missing.join(", ")}`,
          "Add them under OAuth & Permissions and install the app again.",
        ),
      ];
};

const examineAddress = ({ http: { publicUrl } }: Config): DoctorCheck =>
  publicUrl === null
    ? off("public address", "PUBLIC_URL is not set", "Set it once vendors must reach this listener from outside.")
    : ok("public address", publicUrl);

/** Examines the store, the clock, who is on duty, the files, and every vendor that is configured. */
export const examine: Examine = async (config) => {
  const [store, files, slack, vendors] = await Promise.all([
    examineStore(config),
    examineFiles(config),
    examineSlack(config),
    examineVendors(config),
  ]);
  return [...store, files, ...slack, ...vendors, examineAddress(config)];
};

/** Verifies the hash chains of the configured store. */
export const verifyStore: VerifyStore = (config) => withStore(config, ({ mongo }) => verifyChain(mongo, "all"));
