import type { Model } from "mongoose";
import type { Person } from "../domain/oncall/person.js";
import type { OnCallRoster } from "../domain/oncall/who-is-on.js";
import type { MongoConnection } from "./connect-mongo.js";
import { directoryModelsOf, type PersonDocument, ROSTER_KEY } from "./directory-documents.js";
import { asking, askingTwice } from "./store-fault-of.js";

/** Enters people and replaces the roster, as an administrator's file says; repeating it changes nothing. */
export async function importPeople(
  { connection }: MongoConnection,
  { people, roster }: { readonly people: readonly Person[]; readonly roster: OnCallRoster },
): Promise<void> {
  const models = directoryModelsOf(connection);
  for (const person of people) await importPerson(models.people, person);
  await asking(() => models.rosters.updateOne({ _id: ROSTER_KEY }, { $set: { roster } }, { upsert: true }));
}

/** Whoever acted before the file named them gives address and accounts up to the named person. */
async function importPerson(people: Model<PersonDocument>, { id, chat, email, ...fields }: Person): Promise<void> {
  const address = email.toLowerCase();
  const namesakes = { email: { $eq: address }, _id: { $ne: id } };
  const found = await asking(() => people.find(namesakes).lean<PersonDocument[]>());
  const accounts: Person["chat"] = Object.assign({}, ...found.map((one) => one.chat), chat);
  for (const [platform, account] of Object.entries(accounts)) {
    const path = `chat.${platform}`;
    const others = { [path]: { $eq: account }, _id: { $ne: id } };
    await askingTwice(() => people.updateMany(others, { $unset: { [path]: 1 } }));
  }
  const entries = Object.entries(accounts);
  // What the company decides goes when its file no longer says it; language and zone people choose themselves.
  const gone = (["phone", "admin", "roles"] as const).filter((field) => fields[field] === undefined);
  const change = {
    ...(gone.length === 0 ? {} : { $unset: Object.fromEntries(gone.map((field) => [field, 1])) }),
    $set: {
      ...fields,
      email: address,
      ...Object.fromEntries(entries.map(([platform, account]) => [`chat.${platform}`, account])),
    },
    ...(entries.length === 0 ? { $setOnInsert: { chat: {} } } : {}),
  };
  await askingTwice(() => people.updateOne({ _id: id }, change, { upsert: true }));
  // Last, so that an import which breaks off can be repeated; from now on the address finds the named person only.
  if (found.length > 0) await askingTwice(() => people.updateMany(namesakes, { $set: { email: null } }));
}
