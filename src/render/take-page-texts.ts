import type { Language } from "../chat/voice.js";

type Facts = { readonly by: string; readonly platform: string };
type Words = { readonly heading: string; readonly text: string };
type State = "ask" | "taken" | "already-taken" | "already-yours" | "closed" | "not-confirmed" | "unknown";

type TakePageTexts = {
  readonly take: string;
  readonly again: string;
  readonly untitled: string;
  readonly somebody: string;
  readonly drill: string;
  readonly states: Readonly<Record<State, (facts: Facts) => Words>>;
};

/** Words of the pages behind the link of a page. */
export const takePageTexts: Readonly<Record<Language, TakePageTexts>> = {
  "pt-BR": {
    take: "Assumir",
    again: "Tentar de novo",
    untitled: "sem título",
    somebody: "outra pessoa",
    drill: "Exercício: não é um incidente real.",
    states: {
      ask: () => ({
        heading: "Assumir este incidente?",
        text: "Ninguém assumiu ainda. Ao assumir, você passa a conduzir o incidente e os acionamentos param.",
      }),
      taken: ({ platform }) => ({
        heading: "O incidente está com você",
        text: `Os acionamentos pararam. Continue no ${platform}.`,
      }),
      "already-taken": ({ by, platform }) => ({
        heading: `Já está com ${by}`,
        text: `Você não precisa fazer nada. Para ajudar, abra o ${platform}.`,
      }),
      "already-yours": ({ platform }) => ({
        heading: "O incidente já está com você",
        text: `Nada foi feito de novo. Continue no ${platform}.`,
      }),
      closed: () => ({
        heading: "Não é mais preciso assumir",
        text: "O incidente já foi resolvido, encerrado ou cancelado. Você pode fechar esta página.",
      }),
      "not-confirmed": ({ platform }) => ({
        heading: "Ainda não está confirmado",
        text: `Não foi possível confirmar agora que o incidente está com você. Tentar de novo é seguro. Se continuar assim, abra o ${platform}.`,
      }),
      unknown: ({ platform }) => ({
        heading: "Este link não vale mais",
        text: `Ele expirou ou está incompleto. Para assumir um incidente, abra o ${platform}.`,
      }),
    },
  },
  en: {
    take: "Take it",
    again: "Try again",
    untitled: "untitled",
    somebody: "somebody else",
    drill: "Drill: this is not a real incident.",
    states: {
      ask: () => ({
        heading: "Take this incident?",
        text: "Nobody has taken it yet. When you take it, you lead the incident and the pages stop.",
      }),
      taken: ({ platform }) => ({
        heading: "The incident is yours",
        text: `The pages have stopped. Continue in ${platform}.`,
      }),
      "already-taken": ({ by, platform }) => ({
        heading: `${by} has it`,
        text: `You do not need to do anything. To help, open ${platform}.`,
      }),
      "already-yours": ({ platform }) => ({
        heading: "The incident is already yours",
        text: `Nothing was done again. Continue in ${platform}.`,
      }),
      closed: () => ({
        heading: "Nothing left to take",
        text: "The incident has been resolved, closed or cancelled. You can close this page.",
      }),
      "not-confirmed": ({ platform }) => ({
        heading: "Not confirmed yet",
        text: `It could not be confirmed that the incident is yours. Trying again is safe. If this goes on, open ${platform}.`,
      }),
      unknown: ({ platform }) => ({
        heading: "This link is no longer valid",
        text: `It has expired or is incomplete. To take an incident, open ${platform}.`,
      }),
    },
  },
};
