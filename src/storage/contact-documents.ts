// People at the customers as documents, and back.
import type { Connection, Model } from "mongoose";
import type { Contact } from "../domain/customers/contact.js";
import type { CustomerLanguage } from "../domain/customers/customer.js";
import { modelOf } from "./models.js";

/** A contact; `address` and `mailDomain` are its e-mail address as it is compared, not as it is written. */
export type ContactDocument = {
  readonly _id: string;
  readonly customerId: string;
  readonly name: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly mailDomain: string | null;
  readonly phone: string | null;
  readonly language?: CustomerLanguage;
  readonly zone?: string;
  readonly roles: Contact["roles"];
  readonly wishes: Contact["wishes"];
};

const Mixed = "Mixed";

/** The model of the people at the customers. */
export const contactModelOf = (connection: Connection): Model<ContactDocument> =>
  modelOf(connection, "contacts", {
    customerId: String,
    name: String,
    email: String,
    address: String,
    mailDomain: String,
    phone: String,
    language: String,
    zone: String,
    roles: [String],
    wishes: Mixed,
  });

/** An address as it is compared: whoever wrote it in capitals meant the same mailbox. */
export const addressKey = (email: string): string => email.normalize("NFC").toLowerCase();

/** The document of a contact. */
export const toContactDocument = (contact: Contact): ContactDocument => {
  const { id, ...fields } = contact;
  const address = contact.email === null ? null : addressKey(contact.email);
  const mailDomain = address === null ? null : address.slice(address.lastIndexOf("@") + 1);
  return { _id: id, ...fields, address, mailDomain };
};

/** The contact of a document. */
export const toContact = ({ _id, address: _address, mailDomain: _domain, ...fields }: ContactDocument): Contact => ({
  id: _id,
  ...fields,
});
