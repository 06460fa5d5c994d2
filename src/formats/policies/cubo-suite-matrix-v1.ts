// The classification matrix of version 1 of Cubo Suite's policy: who is affected by what, with data intact.
import type { ClassificationRules, MatrixCell, StaffText } from "../../domain/policy/policy.js";

const oneLevelUp: StaffText = {
  "pt-BR": 'N4 vale para "apenas um usuário"; sobe um nível',
  en: 'N4 holds for "only one user"; one level up',
};
const onlyOneUser: StaffText = {
  "pt-BR": '"apenas um usuário" só aparece em N3/N4; afeta a funcionalidade',
  en: '"only one user" appears in N3/N4 alone; functionality is affected',
};
const noLevelForMany: MatrixCell = { level: 3, kind: "G", why: oneLevelUp };
const namedForOne: MatrixCell = { level: 3, kind: "L", why: onlyOneUser };

/** Level, kind of rule and reason for each scope and effect. */
export const cuboSuiteMatrixV1: ClassificationRules["matrix"] = {
  large: {
    outage: {
      level: 1,
      kind: "T",
      why: {
        "pt-BR": "N1: interrupção completa + grande número",
        en: "N1: full outage + a large number of users",
      },
    },
    significant: {
      level: 2,
      kind: "T",
      why: {
        "pt-BR": "N2: problemas significativos na funcionalidade (sem limite de usuários)",
        en: "N2: significant problems in functionality (no limit of users)",
      },
    },
    affected: {
      level: 2,
      kind: "G",
      why: {
        "pt-BR": "nenhum nível cita muitos usuários com efeito não significativo; a escala o torna significativo",
        en: "no level names many users with an effect that is not significant; the scale makes it significant",
      },
    },
    little: noLevelForMany,
  },
  small_number: {
    outage: {
      level: 2,
      kind: "T",
      why: {
        "pt-BR": "N2: afeta a disponibilidade para um pequeno número",
        en: "N2: availability affected for a small number of users",
      },
    },
    significant: {
      level: 2,
      kind: "T",
      why: { "pt-BR": "N2: problemas significativos", en: "N2: significant problems" },
    },
    affected: {
      level: 3,
      kind: "I",
      why: {
        "pt-BR": '"pequeno número" e "pequeno grupo" lidos como a mesma faixa quando a disponibilidade não é afetada',
        en: '"small number" and "small group" read as the same band when availability is not affected',
      },
    },
    little: noLevelForMany,
  },
  small_group: {
    outage: {
      level: 2,
      kind: "H",
      why: {
        "pt-BR": "N2 (disponibilidade) e N3 (pequeno grupo) cabem; vale o mais grave",
        en: "N2 (availability) and N3 (small group) both fit; the more severe wins",
      },
    },
    significant: {
      level: 2,
      kind: "H",
      why: {
        "pt-BR": "N2 (problemas significativos) e N3 (pequeno grupo) cabem; vale o mais grave",
        en: "N2 (significant problems) and N3 (small group) both fit; the more severe wins",
      },
    },
    affected: {
      level: 3,
      kind: "T",
      why: {
        "pt-BR": "N3: pequeno grupo, funcionalidade afetada",
        en: "N3: small group, functionality affected",
      },
    },
    little: noLevelForMany,
  },
  single: {
    outage: namedForOne,
    significant: namedForOne,
    affected: {
      level: 3,
      kind: "T",
      why: { "pt-BR": "N3: um usuário, funcionalidade afetada", en: "N3: one user, functionality affected" },
    },
    little: {
      level: 4,
      kind: "T",
      why: { "pt-BR": "N4: um usuário, pouco ou nenhum impacto", en: "N4: one user, little or no impact" },
    },
  },
};
