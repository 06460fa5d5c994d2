// The rooms of src/ and who may enter them. Each comment tells the person who broke the rule what to do instead.
// Every rule is fired by a planted violation in test/unit/architecture/import-rules.test.ts.
const doors = "slack|teams|http"; //              rooms that speak with people and machines
const back = "delivery|storage|jobs"; //          rooms that send, keep and wake
const adapters = `${doors}|${back}`;
const root = "^src/(main|app|app-[^/]+)[.]ts$"; // the composition root, its parts, and the process

/** SDK name pattern -> the room or rooms that may import it. */
const sdkHome = {
  "@slack/[^/]+": "slack",
  "botbuilder[^/]*|botframework[^/]*": "teams",
  "jose|@azure/[^/]+": "teams",
  "express|helmet": "http",
  "twilio|@sendgrid/[^/]+": "delivery",
  "mongoose|mongodb|bson|canonicalize": "storage",
  lmdb: "storage/embedded",
  "agenda|@agendajs/[^/]+": "jobs",
  "winston[^/]*|logform|prom-client": "logging",
  zod: "formats|config",
  "yaml|csv-parse": "formats",
  "libphonenumber-js": "formats|delivery",
  luxon: "domain/calendar",
  "intl-messageformat": "chat",
};

const forbid = (name, from, to, comment) => ({ name, severity: "error", comment, from, to });
const inside = (rooms) => ({ path: `^src/(${rooms})/` });
const outside = (rooms) => ({ path: "^src/", pathNot: `^src/(${rooms})/` });

const pureRooms = [
  forbid(
    "domain-is-pure",
    { path: "^src/domain/", pathNot: "^src/domain/calendar/" },
    { pathNot: "^src/domain/" },
    "domain/ imports only domain/. Take time, ids and the outside world as arguments.",
  ),
  forbid(
    "calendar-knows-one-library",
    inside("domain/calendar"),
    { pathNot: "^src/domain/|node_modules/(@types/)?luxon/" },
    "domain/calendar may import domain/ and luxon (zones), nothing else. Take the rest as arguments.",
  ),
  forbid(
    "ports-know-only-domain",
    inside("ports"),
    { pathNot: "^src/(domain|ports)/" },
    "ports/ holds interfaces in domain words. Move vendor types into the adapter.",
  ),
  forbid(
    "chat-is-pure",
    inside("chat"),
    { pathNot: "^src/(domain|chat)/|node_modules/intl-messageformat/" },
    "chat/ turns text into commands and notices into cards. Platform details belong in slack/ or teams/.",
  ),
  forbid(
    "application-has-no-io",
    inside("application"),
    { pathNot: "^src/(domain|ports|application)/" },
    "application/ reaches the world through ports/. Add a port, or return data and let the door render it.",
  ),
  forbid(
    "formats-hold-shapes",
    inside("formats"),
    { pathNot: "^src/(domain|formats)/|node_modules/(zod|yaml|csv-parse|libphonenumber-js)/" },
    "formats/ turns text into domain values and back. Read files and requests in config/, http/ or cli/.",
  ),
  forbid(
    "limits-import-nothing",
    inside("limits"),
    { pathNot: "^src/limits/" },
    "limits/ holds the vendors' documented numbers and nothing else. Put code that uses them in its own room.",
  ),
];

const edges = [
  forbid(
    "render-knows-domain-and-chat",
    inside("render"),
    outside("domain|chat|render"),
    "render/ makes strings and bytes from data. Fetch the data in the room that calls it.",
  ),
  forbid(
    "sandbox-knows-only-limits",
    inside("sandbox"),
    outside("limits|sandbox"),
    "The stand-ins must not share code with the product that they judge. Use only limits/ and the wire.",
  ),
  forbid(
    "cli-takes-the-app-as-argument",
    inside("cli"),
    { path: "^src/", pathNot: `^src/(cli|domain|ports|chat|formats|render|limits|config|logging)/|${root}` },
    "cli/ receives the application, the stores and the sandbox as arguments from main.ts.",
  ),
  forbid(
    "config-reads-formats",
    inside("config"),
    { path: "^src/", pathNot: `^src/(config|domain|formats)/|${root}` },
    "config/ turns the environment into values. Build what uses them in app.ts.",
  ),
  forbid(
    "logging-knows-domain-and-ports",
    inside("logging"),
    { path: "^src/", pathNot: `^src/(logging|domain|ports)/|${root}` },
    "logging/ states facts in domain words. Pass other values in as arguments.",
  ),
];

const adapterRules = [
  forbid(
    "rooms-do-not-meet",
    inside(adapters),
    { path: `^src/(${adapters})/`, pathNot: "^src/$1/" },
    "Two adapters meet only in app.ts. Add a port, or make it an effect.",
  ),
  forbid(
    "doors-use-the-port",
    inside(adapters),
    inside("application"),
    "Call ports/command-handler; app.ts passes the application in.",
  ),
  forbid(
    "back-rooms-do-not-talk",
    inside(back),
    inside("chat"),
    "delivery/, storage/ and jobs/ choose no words. delivery/ sends what render/ made.",
  ),
  forbid(
    "adapters-see-config-as-types",
    inside(adapters),
    { path: "^src/config/", dependencyTypesNot: ["type-only"] },
    "Use `import type` for shapes of the configuration; app.ts hands the values in.",
  ),
  forbid(
    "formats-serve-config-http-and-cli",
    inside("slack|teams|delivery|storage|jobs"),
    inside("formats"),
    "Take the parsed value as an argument; config/, http/ and cli/ do the parsing.",
  ),
  forbid(
    "render-serves-delivery-http-and-cli",
    inside("slack|teams|storage|jobs"),
    inside("render"),
    "Chat doors render cards themselves; storage/ and jobs/ render nothing.",
  ),
  forbid(
    "adapters-know-neither-cli-nor-sandbox",
    inside(adapters),
    inside("cli|sandbox"),
    "The program and the stand-ins use the product from outside. Only main.ts brings them together.",
  ),
  forbid(
    "embedded-store-stands-alone",
    inside("storage/embedded"),
    outside("storage/embedded"),
    "The embedded store is a server like any other: the product reaches it by its URI, and it knows no product code.",
  ),
];

const rootRules = [
  forbid(
    "nothing-imports-the-root",
    { path: "^src/", pathNot: root },
    { path: root },
    "Only main.ts and the tests import app.ts. Take what you need as an argument.",
  ),
  forbid(
    "parts-do-not-import-app",
    { path: root },
    { path: "^src/main[.]ts$" },
    "main.ts is the process; nobody imports it.",
  ),
  forbid(
    "app-is-on-top-of-its-parts",
    { path: "^src/app-[^/]+[.]ts$" },
    { path: "^src/app[.]ts$" },
    "app.ts calls its parts, never the other way round.",
  ),
  forbid(
    "main-only-starts",
    { path: "^src/main[.]ts$" },
    { path: "^src/", pathNot: "^src/((cli|config|logging|sandbox|formats)/|storage/embedded/start-|app[.]ts$|app-[^/]+[.]ts$)" },
    "main.ts reads the environment, starts and stops. Compose rooms in app.ts or a part of it.",
  ),
];

const sdkRules = Object.entries(sdkHome).map(([sdk, home]) =>
  forbid(
    `sdk-lives-in-${home.replaceAll(/[^a-z]/g, "-")}: ${sdk.split("|")[0]}`,
    { path: "^src/", pathNot: `^src/(${home})/` },
    { path: `node_modules/(@types/)?(${sdk})/` },
    `This package may be imported only in ${home.replaceAll("|", "/ and ")}/. Use the port or the function of that room.`,
  ),
);

const everywhere = [
  forbid(
    "embedded-store-has-no-client",
    inside("storage/embedded"),
    { path: "node_modules/(mongoose|mongodb)/" },
    "The embedded store serves the driver over the wire; it works on bytes with bson and lmdb alone.",
  ),
  forbid(
    "src-never-imports-test",
    { path: "^src/" },
    { path: "^test/" },
    "Product code may not need the tests. Move what both need into src/, or pass it in.",
  ),
  forbid("no-cycles", {}, { circular: true }, "Two files that need each other are one file, or hide a third."),
  forbid(
    "no-orphans",
    { orphan: true, path: "^src/" },
    {},
    "Nothing uses this file and it uses nothing. Wire it in or delete it.",
  ),
  forbid("resolvable", {}, { couldNotResolve: true }, "This import leads nowhere. Correct the path or install the package."),
  forbid(
    "no-dev-deps-in-src",
    { path: "^src/" },
    { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    "A development dependency is missing in production. Import only its types, or move it to dependencies.",
  ),
  forbid(
    "no-unlisted-packages",
    { path: "^src/" },
    { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    "This package is here only because another one brought it. List it in package.json with its reason.",
  ),
];

export default {
  forbidden: [...pureRooms, ...edges, ...adapterRules, ...rootRules, ...sdkRules, ...everywhere],
  options: {
    tsPreCompilationDeps: true, // sees `import type` too
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
