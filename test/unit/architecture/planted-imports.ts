// One planted violation for each import rule: the file, what it wrongly imports, and the rules that must object.

/** A wrong import and the names of every rule that must report it. */
export interface PlantedImport {
  from: string;
  imports: string;
  rules: string[];
  typeOnly?: boolean;
}

const wrong = (from: string, imports: string, ...rules: string[]): PlantedImport => ({ from, imports, rules });
const wrongType = (from: string, imports: string, ...rules: string[]): PlantedImport => ({
  from,
  imports,
  rules,
  typeOnly: true,
});

const rooms: PlantedImport[] = [
  wrong("domain/a.ts", "ports/x", "domain-is-pure"),
  wrong("domain/b.ts", "node:fs", "domain-is-pure"),
  wrongType("domain/c.ts", "chat/x", "domain-is-pure"),
  wrong("domain/d.ts", "luxon", "domain-is-pure", "sdk-lives-in-domain-calendar: luxon"),
  wrong("domain/calendar/a.ts", "node:os", "calendar-knows-one-library"),
  wrong("domain/calendar/b.ts", "ports/x", "calendar-knows-one-library"),
  wrong("ports/a.ts", "application/x", "ports-know-only-domain"),
  wrongType("ports/b.ts", "node:http", "ports-know-only-domain"),
  wrong("chat/a.ts", "ports/x", "chat-is-pure"),
  wrong("chat/b.ts", "limits/x", "chat-is-pure"),
  wrong("application/a.ts", "chat/x", "application-has-no-io"),
  wrong("application/b.ts", "node:crypto", "application-has-no-io"),
  wrong("application/c.ts", "storage/x", "application-has-no-io"),
  wrong("formats/a.ts", "ports/x", "formats-hold-shapes"),
  wrong("formats/b.ts", "node:fs", "formats-hold-shapes"),
  wrong("limits/a.ts", "domain/x", "limits-import-nothing"),
  wrong("limits/b.ts", "node:fs", "limits-import-nothing"),
  wrong("render/a.ts", "ports/x", "render-knows-domain-and-chat"),
  wrong("sandbox/a.ts", "domain/x", "sandbox-knows-only-limits"),
  wrong("sandbox/b.ts", "slack/x", "sandbox-knows-only-limits"),
  wrong("cli/a.ts", "storage/x", "cli-takes-the-app-as-argument"),
  wrong("cli/b.ts", "sandbox/x", "cli-takes-the-app-as-argument"),
  wrong("cli/c.ts", "app", "nothing-imports-the-root"),
  wrong("config/a.ts", "logging/x", "config-reads-formats"),
  wrong("logging/a.ts", "config/x", "logging-knows-domain-and-ports"),
];

const adapters: PlantedImport[] = [
  wrong("slack/a.ts", "teams/x", "rooms-do-not-meet"),
  wrong("jobs/a.ts", "storage/x", "rooms-do-not-meet"),
  wrongType("http/a.ts", "delivery/x", "rooms-do-not-meet"),
  wrong("teams/a.ts", "application/x", "doors-use-the-port"),
  wrong("storage/a.ts", "chat/x", "back-rooms-do-not-talk"),
  wrong("delivery/a.ts", "chat/x", "back-rooms-do-not-talk"),
  wrong("slack/b.ts", "config/x", "adapters-see-config-as-types"),
  wrong("slack/c.ts", "formats/x", "formats-serve-config-http-and-cli"),
  wrong("delivery/b.ts", "formats/x", "formats-serve-config-http-and-cli"),
  wrong("teams/b.ts", "render/x", "render-serves-delivery-http-and-cli"),
  wrong("storage/b.ts", "render/x", "render-serves-delivery-http-and-cli"),
  wrong("http/b.ts", "sandbox/x", "adapters-know-neither-cli-nor-sandbox"),
  wrong("jobs/b.ts", "cli/x", "adapters-know-neither-cli-nor-sandbox"),
  wrong("storage/embedded/a.ts", "storage/x", "embedded-store-stands-alone"),
  wrong("storage/embedded/b.ts", "domain/x", "embedded-store-stands-alone"),
  wrong("storage/embedded/c.ts", "mongodb", "embedded-store-has-no-client"),
];

const root: PlantedImport[] = [
  wrong("slack/d.ts", "app", "nothing-imports-the-root"),
  wrong("slack/e.ts", "app-part", "nothing-imports-the-root"),
  wrong("app-wrong.ts", "app", "app-is-on-top-of-its-parts"),
  wrong("app-upside.ts", "main", "parts-do-not-import-app"),
  wrong("main.ts", "slack/x", "main-only-starts"),
];

const sdks: PlantedImport[] = [
  wrong("teams/c.ts", "@slack/bolt", "sdk-lives-in-slack: @slack/[^/]+"),
  wrong("slack/f.ts", "botbuilder", "sdk-lives-in-teams: botbuilder[^/]*"),
  wrong("slack/jose.ts", "jose", "sdk-lives-in-teams: jose"),
  wrong("slack/g.ts", "express", "sdk-lives-in-http: express"),
  wrong("slack/h.ts", "helmet", "sdk-lives-in-http: express"),
  wrong("http/c.ts", "twilio", "sdk-lives-in-delivery: twilio"),
  wrong("http/d.ts", "@sendgrid/mail", "sdk-lives-in-delivery: twilio"),
  wrong("jobs/c.ts", "mongoose", "sdk-lives-in-storage: mongoose"),
  wrongType("jobs/d.ts", "mongodb", "sdk-lives-in-storage: mongoose"),
  wrong("http/e.ts", "bson", "sdk-lives-in-storage: mongoose"),
  wrong("http/f.ts", "canonicalize", "sdk-lives-in-storage: mongoose"),
  wrong("storage/c.ts", "lmdb", "sdk-lives-in-storage-embedded: lmdb"),
  wrong("storage/d.ts", "agenda", "sdk-lives-in-jobs: agenda"),
  wrong("storage/e.ts", "@agendajs/mongo-backend", "sdk-lives-in-jobs: agenda"),
  wrong("app-logs.ts", "winston", "sdk-lives-in-logging: winston[^/]*"),
  wrong("http/g.ts", "prom-client", "sdk-lives-in-logging: winston[^/]*"),
  wrong("http/h.ts", "zod", "sdk-lives-in-formats-config: zod"),
  wrong("config/b.ts", "yaml", "sdk-lives-in-formats: yaml"),
  wrong("config/c.ts", "libphonenumber-js", "sdk-lives-in-formats-delivery: libphonenumber-js"),
  wrong("slack/i.ts", "intl-messageformat", "sdk-lives-in-chat: intl-messageformat"),
];

const everywhere: PlantedImport[] = [
  wrong("slack/j.ts", "../test/support/x", "src-never-imports-test"),
  wrong("slack/k.ts", "slack/nowhere", "resolvable"),
  wrong("slack/l.ts", "vitest", "no-dev-deps-in-src"),
  wrong("slack/m.ts", "unlisted", "no-unlisted-packages"),
];

/** Every planted import, at least one for each rule that speaks about imports of another file or package. */
export const plantedImports: PlantedImport[] = [...rooms, ...adapters, ...root, ...sdks, ...everywhere];

/** Imports that the rules must let pass, so that a rule which forbids everything is noticed too. */
export const allowedImports: [from: string, imports: string][] = [
  ["domain/calendar/ok.ts", "luxon"],
  ["ports/ok.ts", "domain/x"],
  ["chat/ok.ts", "intl-messageformat"],
  ["application/ok.ts", "ports/x"],
  ["formats/ok.ts", "zod"],
  ["render/ok.ts", "chat/x"],
  ["sandbox/ok.ts", "limits/x"],
  ["cli/ok.ts", "formats/x"],
  ["config/ok.ts", "formats/x"],
  ["logging/ok.ts", "prom-client"],
  ["slack/ok.ts", "@slack/bolt"],
  ["teams/ok.ts", "chat/x"],
  ["http/ok.ts", "render/x"],
  ["delivery/ok.ts", "render/x"],
  ["storage/ok.ts", "mongoose"],
  ["storage/embedded/ok.ts", "lmdb"],
  ["jobs/ok.ts", "agenda"],
  ["app-part.ts", "slack/x"],
  ["app.ts", "storage/embedded/start-x"],
  ["main.ts", "app-part"],
];
