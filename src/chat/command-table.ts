// Every verb, described once: parsing, help, autocompletion and manifests derive from this table.
import type { FormName } from "./button-action.js";
import { foldText } from "./fold-text.js";
import type { Language } from "./voice.js";

/** Verbs that the bot understands, by canonical English name. */
export type Verb =
  | "declare"
  | "take"
  | "classify"
  | "identify"
  | "mitigate"
  | "regress"
  | "resolve"
  | "reopen"
  | "cancel"
  | "merge"
  | "note"
  | "role"
  | "affected"
  | "pause"
  | "resume"
  | "notify"
  | "update"
  | "review"
  | "close"
  | "sla"
  | "timeline"
  | "list"
  | "help";

/** Names of arguments; their words are in the texts. */
export type ArgumentName =
  | "title"
  | "scope"
  | "effect"
  | "data"
  | "exposure"
  | "text"
  | "statement"
  | "cancel-reason"
  | "code"
  | "role"
  | "person"
  | "add-or-remove"
  | "customer"
  | "customers"
  | "verb";

/** What the bot knows of a verb. */
export type CommandSpec = {
  readonly verb: Verb;
  /** Canonical Portuguese name, without accents. */
  readonly pt: string;
  /** Other spellings in both languages; accents and capitals never matter. */
  readonly aliases: readonly string[];
  /** "incident": needs an incident, implied by the channel or named by its code. */
  readonly where: "anywhere" | "incident";
  /** In the order in which help shows them; all may be left out, and a form asks for what is needed. */
  readonly arguments: readonly ArgumentName[];
  /** What comes of it: a request at once, a form when arguments are missing, always a form, or something to read. */
  readonly produces: "request" | "request-or-form" | "form" | "query";
  /** The form opened when arguments are missing. */
  readonly form: FormName | null;
  readonly examples: Readonly<Record<Language, readonly string[]>>;
};

const examples = (pt: string, en: string): CommandSpec["examples"] => ({ "pt-BR": [pt], en: [en] });

type Words = Pick<CommandSpec, "pt" | "aliases" | "examples">;

const withForm = (verb: Verb & FormName, args: readonly ArgumentName[], words: Words): CommandSpec => ({
  verb,
  ...words,
  where: verb === "declare" ? "anywhere" : "incident",
  arguments: args,
  produces: "request-or-form",
  form: verb,
});

/** Customers are told only what somebody has seen, so these verbs open the preview whatever is typed after them. */
const previewed = (verb: Verb, args: readonly ArgumentName[], words: Words): CommandSpec => ({
  verb,
  ...words,
  where: "incident",
  arguments: args,
  produces: "form",
  form: "notify",
});

const atOnce = (verb: Verb, args: readonly ArgumentName[], words: Words): CommandSpec => ({
  verb,
  ...words,
  where: "incident",
  arguments: args,
  produces: "request",
  form: null,
});

const query = (verb: Verb, where: CommandSpec["where"], args: readonly ArgumentName[], words: Words): CommandSpec => ({
  verb,
  ...words,
  where,
  arguments: args,
  produces: "query",
  form: null,
});

/** All verbs, in the order in which help lists them. */
export const commandTable: readonly CommandSpec[] = [
  withForm("declare", ["title"], {
    pt: "declarar",
    aliases: ["declara", "new", "novo", "create", "criar"],
    examples: { "pt-BR": ["declarar", "declarar checkout fora do ar"], en: ["declare", "declare checkout down"] },
  }),
  atOnce("take", [], {
    pt: "assumir",
    aliases: ["assumo", "acknowledge", "ack", "aceitar"],
    examples: examples("assumir", "take"),
  }),
  withForm("classify", ["scope", "effect", "data", "exposure"], {
    pt: "classificar",
    aliases: ["classifica", "reclassify", "reclassificar", "level", "nivel", "severity", "sev", "severidade"],
    examples: {
      "pt-BR": ["classificar", "classificar muitos interrupcao integros"],
      en: ["classify", "classify large outage intact"],
    },
  }),
  withForm("identify", ["text"], {
    pt: "identificar",
    aliases: ["identified", "identificado"],
    examples: examples("identificar certificado vencido no gateway", "identify expired certificate on the gateway"),
  }),
  withForm("mitigate", ["text"], {
    pt: "mitigar",
    aliases: ["mitigated", "mitigado"],
    examples: examples("mitigar tráfego movido para a réplica", "mitigate traffic moved to the replica"),
  }),
  withForm("regress", ["text"], {
    pt: "voltou",
    aliases: ["regressed", "regredir", "regrediu", "voltar"],
    examples: examples("voltou erros 502 de novo", "regress 502 errors again"),
  }),
  withForm("resolve", ["statement", "text"], {
    pt: "resolver",
    aliases: ["resolved", "resolvido"],
    examples: { "pt-BR": ["resolver", "resolver nao-afetados"], en: ["resolve", "resolve not-affected"] },
  }),
  withForm("reopen", ["text"], {
    pt: "reabrir",
    aliases: ["reopened", "reaberto"],
    examples: examples("reabrir clientes relatam a mesma falha", "reopen customers report the same failure"),
  }),
  withForm("cancel", ["cancel-reason", "text"], {
    pt: "cancelar",
    aliases: ["cancelled", "canceled", "cancelado"],
    examples: examples("cancelar falso-alarme era a carga programada", "cancel false-alarm it was the load test"),
  }),
  withForm("merge", ["code"], {
    pt: "mesclar",
    aliases: ["merged", "juntar"],
    examples: examples("mesclar INC-14", "merge INC-14"),
  }),
  withForm("note", ["text"], {
    pt: "nota",
    aliases: ["notes", "notas", "anotar"],
    examples: examples("nota fila drenada, sem erros há 5 min", "note queue drained, no errors for 5 min"),
  }),
  withForm("role", ["role", "person", "text"], {
    pt: "papel",
    aliases: ["roles", "papeis", "assign", "atribuir"],
    examples: examples("papel comandante @ana", "role commander @ana"),
  }),
  withForm("affected", ["add-or-remove", "customer", "text"], {
    pt: "afetados",
    aliases: ["afetado", "customers", "customer", "clientes", "cliente"],
    examples: examples("afetados adicionar Acme", "affected add Acme"),
  }),
  withForm("pause", ["text"], {
    pt: "pausar",
    aliases: ["pausa", "paused"],
    examples: examples("pausar qual navegador o usuário usa?", "pause which browser does the user have?"),
  }),
  atOnce("resume", ["customers"], {
    pt: "retomar",
    aliases: ["retomada", "unpause", "continuar"],
    examples: examples("retomar", "resume"),
  }),
  previewed("notify", [], {
    pt: "avisar",
    aliases: ["avisa", "aviso", "notificar", "notice", "tell"],
    examples: examples("avisar", "notify"),
  }),
  previewed("update", ["text"], {
    pt: "atualizar",
    aliases: ["atualiza", "atualizacao", "updates"],
    examples: {
      "pt-BR": ["atualizar", "atualizar a falha foi isolada em um provedor"],
      en: ["update", "update a falha foi isolada em um provedor"],
    },
  }),
  withForm("review", ["text"], {
    pt: "analise",
    aliases: ["analisar", "postmortem", "post-mortem", "analysis"],
    examples: examples("analise", "review"),
  }),
  atOnce("close", [], {
    pt: "encerrar",
    aliases: ["closed", "encerrado", "fechar"],
    examples: examples("encerrar", "close"),
  }),
  query("sla", "incident", [], {
    pt: "sla",
    aliases: ["prazos", "prazo", "clocks", "relogios"],
    examples: { "pt-BR": ["sla", "sla INC-12"], en: ["sla", "sla INC-12"] },
  }),
  query("timeline", "incident", [], {
    pt: "linha-do-tempo",
    aliases: ["linha do tempo", "history", "historico"],
    examples: examples("linha-do-tempo", "timeline"),
  }),
  query("list", "anywhere", [], {
    pt: "listar",
    aliases: ["lista", "ls", "open", "abertos"],
    examples: examples("listar", "list"),
  }),
  query("help", "anywhere", ["verb"], {
    pt: "ajuda",
    aliases: ["?", "h", "-h", "--help"],
    examples: examples("ajuda classificar", "help classify"),
  }),
];

const byVerb = new Map(commandTable.map((spec) => [spec.verb, spec]));
const byWord = new Map(
  commandTable.flatMap((spec) => [spec.verb, spec.pt, ...spec.aliases].map((word) => [foldText(word), spec] as const)),
);

/** The description of a verb. */
export function commandSpec(verb: Verb): CommandSpec {
  const spec = byVerb.get(verb);
  if (!spec) throw new Error(`The command table has no verb ${verb}.`);
  return spec;
}

/** The verb behind a name or alias in either language, if any. */
export function commandNamed(word: string): CommandSpec | null {
  return byWord.get(foldText(word)) ?? null;
}

/** Every word that names a verb, with its verb. */
export function commandWords(): ReadonlyMap<string, CommandSpec> {
  return byWord;
}

/** The canonical name of a verb in a language. */
export function verbName(verb: Verb, language: Language): string {
  return language === "pt-BR" ? commandSpec(verb).pt : verb;
}
