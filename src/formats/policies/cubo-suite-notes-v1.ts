// How version 1 of Cubo Suite's policy resolves what its text leaves open, shown so that the company can accept or change it.
import type { Policy } from "../../domain/policy/policy.js";

type Note = Policy["interpretationNotes"][number];

const note = (code: string, where: string, ptBr: string, en: string): Note => ({
  code,
  where,
  note: { "pt-BR": ptBr, en },
});

/** The interpretation notes G1 to G18. */
export const cuboSuiteNotesV1: readonly Note[] = [
  note(
    "G1",
    "§1",
    "Manutenção anunciada, dentro da janela, e simulados não são incidentes. Manutenção que passa da janela, ou que prejudica algo não anunciado, é.",
    "Announced maintenance inside its window and drills are not incidents. Maintenance that overruns its window, or hurts something not announced, is.",
  ),
  note(
    "G2",
    "§1, §3",
    "Perda, corrupção, indisponibilidade ou exposição de dados de clientes é incidente, mesmo sem interrupção (extensão do texto).",
    "Loss, corruption, unavailability or exposure of customer data is an incident even with no interruption (an extension of the text).",
  ),
  note(
    "G3",
    "§1, §2 N4",
    '"Nenhum impacto" é registrado como N4, com efeito "pouco ou nenhum" e marcado como quase incidente. Não exige aviso a clientes.',
    '"No impact" is recorded as N4 with effect "little or none" and marked as a near miss. No customer notice is needed.',
  ),
  note(
    "G4",
    "§2",
    "A disponibilidade dos dados é um terceiro eixo, que só pode agravar o nível.",
    "The availability of data is a third axis, which can only raise the level.",
  ),
  note(
    "G5",
    "§2",
    '"Grande número", "pequeno número" e "pequeno grupo" são limites numéricos por serviço, dados desta política.',
    '"Large number", "small number" and "small group" are numeric limits per service, data of this policy.',
  ),
  note(
    "G6",
    "§2 N2, N3",
    '"Pequeno número" (N2) e "pequeno grupo" (N3) se sobrepõem; o efeito os separa: disponibilidade ou problema significativo é N2; outro efeito na funcionalidade é N3.',
    '"Small number" (N2) and "small group" (N3) overlap; the effect separates them: availability or a significant problem is N2; another effect on functionality is N3.',
  ),
  note(
    "G7",
    "§2 N2",
    'Pequeno grupo com problema significativo: N2 e N3 cabem e vale o mais grave, N2. Um usuário: "apenas um usuário" só aparece em N3 e N4, e o texto específico prevalece, N3. Elevar o nível é sempre permitido.',
    'Small group with a significant problem: N2 and N3 fit and the more severe wins, N2. One user: "only one user" appears in N3 and N4 alone, and the specific text wins, N3. Raising the level is always allowed.',
  ),
  note(
    "G8",
    "§2 N1",
    'N1 exige disponibilidade, interrupção completa e grande número. Interrupção parcial para muitos é lida como "problemas significativos", N2.',
    'N1 needs availability, complete interruption and a large number. A partial outage for many is read as "significant problems", N2.',
  ),
  note(
    "G9",
    "§2 N3, N4",
    "Há tarefa que o usuário não conclui, ou só conclui de outro jeito? Sim: N3. Não (cosmético, momentâneo, refeito sozinho): N4.",
    "Is there a task the user cannot finish, or can finish only by another way? Yes: N3. No (cosmetic, momentary, retried by itself): N4.",
  ),
  note(
    "G10",
    "§2 N4",
    "Falha cosmética para muitos usuários não tem nível no texto: sobe um nível, N3, e fica sinalizada.",
    "A cosmetic fault for many users has no level in the text: one level up, N3, and flagged.",
  ),
  note(
    "G11",
    "§2",
    "Muitos usuários, com funcionalidade afetada mas não significativamente, não têm nível no texto: a escala torna o efeito significativo, N2, e fica sinalizado.",
    "Many users, with functionality affected but not significantly, have no level in the text: the scale makes it significant, N2, and flagged.",
  ),
  note(
    "G12",
    "§3",
    '"E/ou" é resolvido por uma matriz de canais e por prazos de aviso. Basta um efeito possível sobre dados ou funcionalidade para avisar.',
    '"And/or" is resolved by a channel matrix and by times for notices. A possible effect on data or functionality is enough to notify.',
  ),
  note(
    "G13",
    "§4",
    "Um incidente atinge muitos clientes: há um relógio por cliente, e governa o prazo que vence primeiro.",
    "One incident hits many customers: there is one clock per customer, and the earliest due instant governs.",
  ),
  note(
    "G14",
    "§4",
    '"Níveis apropriados" vale para os dois sentidos: o nível do incidente escolhe o degrau inicial e a escada de escalação.',
    '"Proper levels" holds in both senses: the level of the incident chooses the first rung and the escalation ladder.',
  ),
  note(
    "G15",
    "§6",
    '"Tempo necessário para a resolução" é registrado de dois modos: duração do impacto (tempo corrido) e tempo de SLA consumido.',
    '"Time needed for the resolution" is recorded in two ways: duration of the impact (wall clock) and SLA time consumed.',
  ),
  note(
    "G16",
    "§7, §8, §9, §10",
    '"Regularmente" não tem intervalo no texto: cada seção recebe um intervalo proposto, a confirmar.',
    '"Regularly" has no interval in the text: each section is given a proposed interval, to be confirmed.',
  ),
  note(
    "G17",
    "§5, §7, §9",
    'O texto cita só "a equipe de suporte": o suporte responde pela comunicação e pelo acompanhamento, a engenharia pela resolução.',
    'The text names only "the support team": support owns communication and follow-up, engineering owns resolution.',
  ),
  note(
    "G18",
    "§5",
    '"O mais rápido possível" não é compromisso e não pode ser prometido a clientes: as mensagens não prometem prazo de correção.',
    '"As fast as possible" is not a commitment and must not be promised to customers: messages promise no time for the fix.',
  ),
];
