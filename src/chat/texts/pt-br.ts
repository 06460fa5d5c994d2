import { ptBrCards } from "./pt-br-cards.js";
import { ptBrCommands } from "./pt-br-commands.js";
import { ptBrCustomers } from "./pt-br-customers.js";
import { ptBrForms } from "./pt-br-forms.js";
import { ptBrNotices } from "./pt-br-notices.js";
import { ptBrReplies } from "./pt-br-replies.js";
import { ptBrWords } from "./pt-br-words.js";

/** Everything that the bot says in Brazilian Portuguese, as ICU messages by key. */
export const ptBr = {
  ...ptBrWords,
  ...ptBrCommands,
  ...ptBrForms,
  ...ptBrCards,
  ...ptBrNotices,
  ...ptBrReplies,
  ...ptBrCustomers,
};

/** Key of a message; every language has them all. */
export type TextKey = keyof typeof ptBr;
