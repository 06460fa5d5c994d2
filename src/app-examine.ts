// Looks at what a configuration relies on, one thing at a time, for `plantao doctor` and `plantao verify`.
import { loadCompanyData } from "./app-data.js";
import { openStore, type StoreLine } from "./app-world.js";
import type { DoctorCheck, Examine } from "./cli/doctor.js";
import type { VerifyStore } from "./cli/verify.js";
import type { Config } from "./config/config.js";
import { createLogger } from "./logging/create-logger.js";
import { verifyChain } from "./storage/verify-chain.js";

const STORE_WAIT_MS = 8_000;

const ok = (name: string, finding: string): DoctorCheck => ({ name, state: "ok", finding, remedy: null });
const broken = (name: string, finding: string, remedy: string): DoctorCheck => ({
  name,
  state: "broken",
  finding,
  remedy,
});
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const withStore = async <T>(config: Config, work: (store: StoreLine) => Promise<T>): Promise<T> => {
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
          ? {
              name: "clock",
              state: "warning",
              finding: `differs by ${skew} ms from the store's`,
              remedy: "Let NTP set the clock of this machine.",
            }
          : ok("clock", `within ${Math.abs(skew)} ms of the store's`);
      return [ok("store", `${kind} is ready`), clock];
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
      {
        name: "slack",
        state: "off",
        finding: "SLACK_BOT_TOKEN and SLACK_SIGNING_SECRET are not set",
        remedy: "Create the app from manifests/slack-manifest.json and set both.",
      },
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

/** Examines store, clock, files and Slack. */
export const examine: Examine = async (config) => [
  ...(await examineStore(config)),
  await examineFiles(config),
  ...(await examineSlack(config)),
  config.http.publicUrl === null
    ? {
        name: "public address",
        state: "off",
        finding: "PUBLIC_URL is not set",
        remedy: "Set it once vendors must reach this listener from outside.",
      }
    : ok("public address", config.http.publicUrl),
];

/** Verifies the hash chains of the configured store. */
export const verifyStore: VerifyStore = (config) => withStore(config, ({ mongo }) => verifyChain(mongo, "all"));
