// The words of a table of contacts: what its columns and its cells may be called, in Portuguese and in English.

/** Columns of the table. */
export type Column =
  | "customer"
  | "id"
  | "name"
  | "email"
  | "phone"
  | "language"
  | "zone"
  | "roles"
  | "sms"
  | "upToLevel"
  | "anyHour";

const COLUMN_NAMES: Readonly<Record<Column, readonly string[]>> = {
  customer: ["customer", "customer id", "cliente", "id do cliente"],
  id: ["id", "contact", "contato"],
  name: ["name", "nome"],
  email: ["email", "e mail", "mail", "correio eletronico"],
  phone: ["phone", "mobile", "telefone", "celular"],
  language: ["language", "idioma", "lingua"],
  zone: ["zone", "time zone", "fuso", "fuso horario"],
  roles: ["roles", "role", "papeis", "papel"],
  sms: ["sms"],
  upToLevel: ["up to level", "uptolevel", "level", "ate o nivel", "nivel"],
  anyHour: ["any hour", "anyhour", "qualquer hora", "a qualquer hora"],
};

const WORDS: Readonly<Record<"roles" | "sms" | "anyHour" | "language", ReadonlyMap<string, string | boolean>>> = {
  roles: new Map([
    ["incident primary", "incident_primary"],
    ["principal", "incident_primary"],
    ["technical", "technical"],
    ["tecnico", "technical"],
    ["executive", "executive"],
    ["executivo", "executive"],
    ["dpo", "dpo"],
    ["encarregado", "dpo"],
    ["user", "user"],
    ["usuario", "user"],
  ]),
  sms: new Map([
    ["never", "never"],
    ["nunca", "never"],
    ["always", "always"],
    ["sempre", "always"],
  ]),
  anyHour: new Map(
    [["true yes y sim s verdadeiro x 1", true] as const, ["false no n nao falso 0", false] as const].flatMap(
      ([words, meaning]) => words.split(" ").map((word) => [word, meaning] as const),
    ),
  ),
  language: new Map([
    ["pt br", "pt-BR"],
    ["pt", "pt-BR"],
    ["en", "en"],
    ["es", "es"],
  ]),
};

const byName = new Map(
  Object.entries(COLUMN_NAMES).flatMap(([column, names]) => names.map((name) => [name, column as Column] as const)),
);

/** The column that a heading means; null for one that nobody knows. */
export const columnOf = (heading: string): Column | null => byName.get(fold(heading)) ?? null;

/** What a cell says, in the form that a customers file writes it. */
export function cellValue(column: Column, cell: string): unknown {
  switch (column) {
    case "roles":
      return cell
        .split(/[\s,;|/+]+/)
        .filter((word) => word !== "")
        .map((word) => WORDS.roles.get(fold(word)) ?? word);
    case "sms":
    case "anyHour":
    case "language":
      return WORDS[column].get(fold(cell)) ?? cell;
    case "upToLevel":
      return /^\d$/.test(cell) ? Number(cell) : cell.toUpperCase();
    default:
      return cell;
  }
}

const fold = (text: string): string =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ")
    .trim();
