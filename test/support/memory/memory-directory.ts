import type { PersonId } from "../../../src/domain/incident/ids.js";
import type { Person } from "../../../src/domain/oncall/person.js";
import type { OnCallRoster } from "../../../src/domain/oncall/who-is-on.js";
import type { Directory } from "../../../src/ports/directory.js";
import type { PersonDocument } from "../../../src/storage/directory-documents.js";
import { createDirectoryView, EMPTY_ROSTER } from "../../../src/storage/directory-view.js";

/** A directory in memory, under the same contract as the one in MongoDB. */
export function createMemoryDirectory(people: readonly Person[] = [], roster: OnCallRoster = EMPTY_ROSTER): Directory {
  let documents: readonly PersonDocument[] = people.map(({ id, ...fields }) => ({
    _id: id,
    ...fields,
    email: fields.email.toLowerCase(),
  }));
  const view = () => createDirectoryView(documents, roster);
  const replace = (id: PersonId, fields: Partial<PersonDocument>) => {
    documents = documents.map((one) => (one._id === id ? { ...one, ...fields } : one));
  };
  return {
    person: (id) => view().person(id),
    byChat: (platform, userId) => view().byChat(platform, userId),
    all: () => view().all(),
    onDuty: (serviceId, at) => view().onDuty(serviceId, at),
    whoActs: async ({ platform, userId, name, email, admin }) => {
      const known = view().byChat(platform, userId);
      const sameAddress = view()
        .all()
        .find((card) => email !== null && card.email === email.toLowerCase() && card.chat[platform] === undefined);
      const isProvisional = known !== null && known.email === null && email !== null;
      if (isProvisional && sameAddress !== undefined) replace(known.id, { chat: {} });
      if (isProvisional && sameAddress === undefined) {
        replace(known.id, { name, email: email.toLowerCase(), chatAdmin: admin });
      } else if (known !== null && !isProvisional) {
        if (admin) replace(known.id, { chatAdmin: true });
      } else if (sameAddress !== undefined) {
        replace(sameAddress.id, { chat: { ...sameAddress.chat, [platform]: userId }, chatAdmin: admin });
      } else {
        const entered = { _id: `person-${documents.length + 1}`, name, email: email?.toLowerCase() ?? null };
        documents = [...documents, { ...entered, chat: { [platform]: userId }, chatAdmin: admin }];
      }
      const card = view().byChat(platform, userId);
      if (card === null) throw new Error("The person did not enter.");
      return card;
    },
  };
}
