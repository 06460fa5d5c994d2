// What `plantao import` says.
import type { ProblemLanguage } from "../formats/file-problem.js";
import type { ImportKind } from "../ports/imports.js";

/** Why the store cannot be used. */
export type StoreTrouble =
  | { readonly kind: "held"; readonly directory: string; readonly pid: number }
  | { readonly kind: "closed"; readonly reason: string };

/** The sentences of the command in one language. */
export type ImportWords = {
  readonly help: string;
  readonly kinds: Readonly<Record<ImportKind, string>>;
  readonly counts: (added: number, changed: number, unchanged: number) => string;
  readonly onlyStored: (rows: number) => string;
  readonly more: (rows: number) => string;
  readonly withoutPrimary: (names: string) => string;
  readonly nothing: string;
  readonly written: string;
  readonly rehearsed: string;
  readonly blank: string;
  readonly trouble: (trouble: StoreTrouble) => string;
  readonly fault: (code: string) => string;
};

const USAGE = "plantao import FILE... [--dry-run] [--json] [--lang pt-BR|en]\n";

const PORTUGUESE: ImportWords = {
  help: `${USAGE}
Grava no banco pessoas e escala, serviços, clientes e contratos (YAML) e contatos (YAML ou CSV).
O tipo de cada arquivo se reconhece pelo conteúdo. Nada é apagado: o que só está no banco é listado e fica.
Com --dry-run, mostra o que mudaria e não grava nada. - é a entrada padrão.
`,
  kinds: {
    people: "Pessoas",
    roster: "Escala",
    services: "Serviços",
    customers: "Clientes",
    contracts: "Contratos",
    contacts: "Contatos",
  },
  counts: (added, changed, unchanged) => `${added} a incluir, ${changed} a mudar, ${unchanged} sem mudança`,
  onlyStored: (rows) => `${rows} só no banco (${rows === 1 ? "fica" : "ficam"})`,
  more: (rows) => `… e mais ${rows}`,
  withoutPrimary: (names) =>
    `Atenção: sem contato incident_primary, ninguém destes clientes é avisado de todo incidente: ${names}.`,
  nothing: "Nada a mudar: o banco já está igual aos arquivos.",
  written: "Gravado.",
  rehearsed: "Ensaio: nada foi gravado. Repita sem --dry-run para gravar.",
  blank: "(vazio)",
  trouble: (trouble) =>
    trouble.kind === "held"
      ? `O banco em ${trouble.directory} está em uso pelo processo ${trouble.pid}, o de um bot em funcionamento. Pare o bot, importe e ponha-o de volta; ou dê os arquivos em PEOPLE_FILE e CUSTOMERS_FILE, que o bot lê ao começar. Com MONGODB_URI, importa-se sem parar.`
      : `O banco não pôde ser aberto: ${trouble.reason}. "plantao doctor" diz o que fazer. Nada foi gravado.`,
  fault: (code) => `O banco parou de responder (${code}). Repita a importação: ela continua de onde parou.`,
};

const ENGLISH: ImportWords = {
  help: `${USAGE}
Stores people and duties, services, customers and contracts (YAML), and contacts (YAML or CSV).
What a file holds is recognised by its content. Nothing is deleted: what is only in the store is listed and stays.
With --dry-run, it shows what would change and writes nothing. - is standard input.
`,
  kinds: {
    people: "People",
    roster: "Duties",
    services: "Services",
    customers: "Customers",
    contracts: "Contracts",
    contacts: "Contacts",
  },
  counts: (added, changed, unchanged) => `${added} to add, ${changed} to change, ${unchanged} unchanged`,
  onlyStored: (rows) => `${rows} only in the store (${rows === 1 ? "stays" : "stay"})`,
  more: (rows) => `… and ${rows} more`,
  withoutPrimary: (names) =>
    `Take note: without a contact who is incident_primary, nobody at these customers is told of every incident: ${names}.`,
  nothing: "Nothing to change: the store equals the files already.",
  written: "Written.",
  rehearsed: "Rehearsal: nothing was written. Repeat without --dry-run to write.",
  blank: "(empty)",
  trouble: (trouble) =>
    trouble.kind === "held"
      ? `The store in ${trouble.directory} is in use by process ${trouble.pid}, which belongs to a running bot. Stop the bot, import, and start it again; or give the files in PEOPLE_FILE and CUSTOMERS_FILE, which the bot reads when it starts. With MONGODB_URI, importing needs no stop.`
      : `The store could not be opened: ${trouble.reason}. "plantao doctor" says what to do. Nothing was written.`,
  fault: (code) => `The store stopped answering (${code}). Repeat the import: it goes on where it stopped.`,
};

/** The words by language. */
export const IMPORT_WORDS: Readonly<Record<ProblemLanguage, ImportWords>> = { "pt-BR": PORTUGUESE, en: ENGLISH };
