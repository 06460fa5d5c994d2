import { enCards } from "./en-cards.js";
import { enCommands } from "./en-commands.js";
import { enCustomers } from "./en-customers.js";
import { enForms } from "./en-forms.js";
import { enNotices } from "./en-notices.js";
import { enReplies } from "./en-replies.js";
import { enWords } from "./en-words.js";
import type { TextKey } from "./pt-br.js";

/** Everything that the bot says in English, as ICU messages by key. */
export const en: Readonly<Record<TextKey, string>> = {
  ...enWords,
  ...enCommands,
  ...enForms,
  ...enCards,
  ...enNotices,
  ...enReplies,
  ...enCustomers,
};
