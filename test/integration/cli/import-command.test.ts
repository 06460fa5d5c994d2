// `plantao import` as an operator runs it: real files, and the embedded store in a directory of its own.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadPolicy, withImports } from "../../../src/app-import.js";
import { makeImport } from "../../../src/cli/import.js";
import { cuboSuitePolicyV1 as policy } from "../../../src/formats/policies/cubo-suite-v1.js";
import { startEmbeddedStore } from "../../../src/storage/embedded/start-embedded-store.js";

const PEOPLE = "docs/examples/people.yaml";
const CUSTOMERS = "docs/examples/customers.yaml";
const TABLE = `cliente;nome;e-mail;telefone;papeis
loja-norte;Bia Nogueira;bia.nogueira@loja-norte.example;(91) 95555-0159;principal
loja-norte;Rui Sá;rui.sa@loja-norte.example;;técnico
`;

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), "plantao-import-"));
});
afterAll(async () => {
  await rm(dir, { recursive: true, force: true });
});

async function run(args: readonly string[], env: Readonly<Record<string, string>> = {}, stdin = "") {
  const out: string[] = [];
  const err: string[] = [];
  const command = makeImport({ env: { DATA_DIR: join(dir, "data"), ...env }, loadPolicy, withImports });
  const exitCode = await command([...args], {
    stdin: async () => stdin,
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
    readFile: (path) => readFile(path, "utf8"),
    policy,
  });
  return { exitCode, stdout: out.join(""), stderr: err.join("") };
}
const json = async (...args: string[]) => {
  const { exitCode, stdout } = await run([...args, "--json"]);
  return { exitCode, ...(JSON.parse(stdout) as Record<string, unknown>) };
};
const lastLine = (text: string) => text.trimEnd().split("\n").at(-1);

describe("import", () => {
  test("rehearses, writes, and then has nothing to change", async () => {
    const rehearsal = await run([PEOPLE, CUSTOMERS, "--dry-run"]);
    expect(rehearsal).toMatchObject({ exitCode: 0, stderr: "" });
    expect(rehearsal.stdout).toContain(
      "Contatos: 6 a incluir, 0 a mudar, 0 sem mudança\n  + aurora-marina (Marina Alves)",
    );
    expect(lastLine(rehearsal.stdout)).toBe("Ensaio: nada foi gravado. Repita sem --dry-run para gravar.");
    expect(await json(PEOPLE, CUSTOMERS, "--dry-run")).toMatchObject({
      dryRun: true,
      written: false,
      kinds: { people: { unchanged: 0 } },
    });

    const written = await run([PEOPLE, CUSTOMERS]);
    expect(lastLine(written.stdout)).toBe("Gravado.");
    expect(written.stdout).toContain("      default.primary: (vazio) → bruno-lima\n");

    const again = await run([CUSTOMERS, PEOPLE, "--lang", "en"]);
    expect(again.stdout).toBe(`Services: 0 to add, 0 to change, 3 unchanged
Customers: 0 to add, 0 to change, 3 unchanged
Contracts: 0 to add, 0 to change, 3 unchanged
Contacts: 0 to add, 0 to change, 6 unchanged
People: 0 to add, 0 to change, 9 unchanged
Duties: 0 to add, 0 to change, 1 unchanged

Nothing to change: the store equals the files already.
`);
  });

  test("takes a table from standard input against what is stored, and says what changes", async () => {
    const { stdout } = await run(["-"], {}, TABLE);
    expect(stdout).toMatch(`Contatos: 1 a incluir, 1 a mudar, 0 sem mudança`);
    expect(stdout).toMatch(/ {2}\+ loja-norte-[0-9a-f]{12} \(Rui Sá\)\n/);
    expect(stdout).toContain("  ~ norte-bia (Bia Nogueira)\n      phone: +5591955550154 → +5591955550159\n");
  });

  test("refuses other terms under a stored version, and writes nothing of the file", async () => {
    const changed = join(dir, "changed.yaml");
    const text = await readFile(CUSTOMERS, "utf8");
    await writeFile(changed, text.replace("tier: basico", "tier: premium").replace("name: Loja Norte", "name: Loja N"));
    const refused = await run([changed]);
    expect(refused).toMatchObject({ exitCode: 2, stdout: "" });
    expect(refused.stderr).toBe(
      "contracts.2.version: A versão 1 do contrato loja-norte-2026 já está gravada com outros termos (tier). Versões de contrato não mudam: escreva os novos termos como versão 2.\n",
    );
    expect((await run([CUSTOMERS, "--dry-run"])).stdout).toContain("Clientes: 0 a incluir, 0 a mudar, 3 sem mudança\n");
  });

  test("tells everything wrong with all files at once, also what only the store can tell", async () => {
    const table = join(dir, "bad.csv");
    await writeFile(table, "cliente,nome,email,telefone,papeis\nlua,Ana,ana,11 3555-0101,chefe\n");
    expect(await json(table)).toMatchObject({
      exitCode: 2,
      errors: [
        { path: "line.2.email", code: "bad-format" },
        { path: "line.2.telefone", code: "phone-not-mobile" },
        { path: "line.2.papeis", code: "invalid-value" },
        { path: "line.2.cliente", code: "unknown-customer-here" },
      ],
    });
  });

  test.each<[string[], number, string]>([
    [[], 2, "missing-file"],
    [["nowhere.yaml"], 2, "unreadable-file"],
    [["package.json"], 2, "unknown-file-kind"],
    [[CUSTOMERS, "--prune"], 2, "unknown-option"],
  ])("refuses %j", async (args, exitCode, code) => {
    expect(await json(...args)).toMatchObject({ exitCode, errors: [{ code }] });
  });

  test("refuses a configuration that cannot be, and a policy that cannot be read", async () => {
    expect(await run([CUSTOMERS], { PORT: "a lot" })).toMatchObject({ exitCode: 78, stdout: "" });
    expect(await run([CUSTOMERS], { POLICY_FILE: join(dir, "nowhere.yaml") })).toMatchObject({
      exitCode: 78,
      stderr: expect.stringContaining("nowhere.yaml cannot be read") as string,
    });
  });

  test("says who holds the store, and what to do", async () => {
    const held = join(dir, "held");
    const store = await startEmbeddedStore({ dataDir: held });
    const refused = await run([CUSTOMERS], { DATA_DIR: held });
    await store.stop();
    expect(refused).toMatchObject({ exitCode: 78, stdout: "" });
    expect(refused.stderr).toContain(`${held} está em uso pelo processo ${store.pid}`);
    expect(refused.stderr).toContain("Pare o bot");
  });

  test("explains itself", async () => {
    expect((await run(["--help"])).stdout).toContain("Nada é apagado");
    expect((await run(["--help", "--lang", "en"])).stdout).toContain("Nothing is deleted");
  });
});
