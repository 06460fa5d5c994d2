// People, duties and the catalogue as documents, and back.
import type { Connection, Model } from "mongoose";
import type { Contract, Customer, Service } from "../domain/customers/customer.js";
import type { PersonId } from "../domain/incident/ids.js";
import type { Person } from "../domain/oncall/person.js";
import type { OnCallRoster } from "../domain/oncall/who-is-on.js";
import type { PersonCard } from "../ports/directory.js";
import { modelOf } from "./models.js";

/** A person; `admin` is named by the company, `chatAdmin` is what the chat platform says. */
export type PersonDocument = {
  readonly _id: string;
  readonly name: string;
  readonly email: string | null;
  readonly chat: Person["chat"];
  readonly phone?: string;
  readonly language?: "pt-BR" | "en";
  readonly zone?: string;
  readonly admin?: boolean;
  readonly chatAdmin?: boolean;
  readonly roles?: readonly string[];
};

/** The one roster. */
export type RosterDocument = { readonly _id: string; readonly roster: OnCallRoster };

/** Immutable versions of contracts, keyed by id and version. */
export type ContractDocument = { readonly _id: string; readonly contract: Contract };

/** A service of the catalogue. */
export type ServiceDocument = { readonly _id: string; readonly service: Service };

/** A customer of the catalogue. */
export type CustomerDocument = { readonly _id: string; readonly customer: Customer };

/** Key of the one roster document. */
export const ROSTER_KEY = "roster";

const Mixed = "Mixed";

/** The models of people and of the catalogue. */
export function directoryModelsOf(connection: Connection) {
  const people: Model<PersonDocument> = modelOf(connection, "people", {
    name: String,
    email: String,
    chat: Mixed,
    phone: String,
    language: String,
    zone: String,
    admin: Boolean,
    chatAdmin: Boolean,
    roles: [String],
  });
  const rosters: Model<RosterDocument> = modelOf(connection, "rosters", { roster: Mixed });
  const contracts: Model<ContractDocument> = modelOf(connection, "contracts", { contract: Mixed });
  const services: Model<ServiceDocument> = modelOf(connection, "services", { service: Mixed });
  const customers: Model<CustomerDocument> = modelOf(connection, "customers", { customer: Mixed });
  return { people, rosters, contracts, services, customers };
}

/** A person as the bot shows and mentions them; the platform's administrators count until the company names its own. */
export function toCard(document: PersonDocument, adminsAreNamed: boolean): PersonCard {
  return {
    id: document._id as PersonId,
    name: document.name,
    email: document.email,
    chat: document.chat,
    language: document.language ?? null,
    zone: document.zone ?? null,
    admin: (adminsAreNamed ? document.admin : document.chatAdmin) ?? false,
    phone: document.phone ?? null,
  };
}
