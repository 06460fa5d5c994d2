// Writes the app package for Teams. `npm run teams:package -- --app-id <id> --website https://company.example`
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { teamsPackage } from "./teams-package.js";

const USAGE = `Writes the app package for Microsoft Teams.

  --app-id <id>       id of the bot's registration (or TEAMS_APP_ID)
  --website <url>     the company's own page, with https:// (or PUBLIC_URL)
  --privacy <url>     its privacy statement; unset, the page above
  --terms <url>       its terms of use; unset, the page above
  --developer <name>  the company's name, at most 32 characters (or ORG_NAME)
  --out <file>        unset, dist-package/plantao-teams.zip

Without an id or an address the package can be looked at and validated, but not used.
`;

/** Stand for what is not known yet; Teams refuses to install a package with this id. */
const NO_APP_ID = "00000000-0000-0000-0000-000000000000";
const NO_WEBSITE = "https://plantao.example.com";

function run(): number {
  const { values } = parseArgs({
    options: {
      "app-id": { type: "string" },
      website: { type: "string" },
      privacy: { type: "string" },
      terms: { type: "string" },
      developer: { type: "string" },
      out: { type: "string" },
      help: { type: "boolean" },
    },
  });
  if (values.help === true) {
    process.stdout.write(USAGE);
    return 0;
  }
  const appId = (values["app-id"] ?? (process.env["TEAMS_APP_ID"] || NO_APP_ID)).toLowerCase();
  const website = values.website ?? (process.env["PUBLIC_URL"] || NO_WEBSITE);
  const developer = values.developer ?? process.env["ORG_NAME"] ?? "Plantão";
  const privacyUrl = values.privacy ?? website;
  const termsUrl = values.terms ?? website;
  const problems = [
    ...(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(appId) ? [] : ["--app-id is not an id of a registration"]),
    ...[website, privacyUrl, termsUrl].flatMap((url) =>
      isHttps(url) ? [] : ["an address does not start with https://"],
    ),
    ...(developer.length <= 32 ? [] : ["--developer is longer than 32 characters"]),
  ];
  if (problems.length > 0) {
    process.stderr.write(`${[...new Set(problems)].join("\n")}\n\n${USAGE}`);
    return 2;
  }
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    version: string;
  };
  const out = values.out ?? "dist-package/plantao-teams.zip";
  mkdirSync(dirname(out), { recursive: true });
  writeFileSync(out, teamsPackage({ appId, version, websiteUrl: website, privacyUrl, termsUrl, developer }));
  const missing = [
    ...(appId === NO_APP_ID ? ["TEAMS_APP_ID (or --app-id)"] : []),
    ...(website === NO_WEBSITE ? ["PUBLIC_URL (or --website)"] : []),
  ];
  if (missing.length > 0) process.stderr.write(`Only to look at: ${missing.join(" and ")} not set.\n`);
  process.stdout.write(`${out}\n`);
  return 0;
}

const isHttps = (text: string): boolean => URL.canParse(text) && new URL(text).protocol === "https:";

process.exitCode = run();
