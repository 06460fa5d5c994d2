// What providers tell after the request: that they have a message, or that it came to nothing for somebody.
import type { Detour, MailException, Outbox } from "../ports/outbox.js";
import { insertMissing } from "./insert-missing.js";
import {
  type MailDocument,
  type MailExceptionDocument,
  OPEN_STATES,
  type OutboxModels,
  type TextDocument,
} from "./outbox-documents.js";
import { asking, askingTwice } from "./store-fault-of.js";

type Proofs = Pick<Outbox, "proveMails" | "mailsByToken" | "addExceptions" | "proveText" | "detours" | "endDetours">;

const STILL_OPEN = { state: { $in: OPEN_STATES } };
const PROVEN = { $set: { state: "accepted" } };

/** The part of the outbox that learns from callbacks. */
export function outboxProofs({ mails, texts, exceptions }: OutboxModels): Proofs {
  return {
    async proveMails(tokens) {
      const these = { token: { $in: tokens }, ...STILL_OPEN };
      await askingTwice(() => mails.collection.updateMany(these as never, PROVEN as never));
    },

    async mailsByToken(tokens) {
      const found = await asking(() =>
        mails.collection.find<MailDocument>({ token: { $in: tokens } } as never).toArray(),
      );
      return found.map(({ _id: id, token, contentId, contacts, customers, addresses, values }) => ({
        ...{ id, token, contentId, contacts, customers, addresses, values },
      }));
    },

    addExceptions: (found) => insertMissing(exceptions, found.map(toDocument)),

    async proveText(token, failedWith) {
      const row = await asking(() => texts.findOne({ token: { $eq: token } }, { state: 1 }).lean<TextDocument>());
      if (row === null) return false;
      const { _id, state } = row;
      if (failedWith !== null) {
        // Also after the provider took it: what it could not deliver came to nothing.
        const canFail = { _id, state: { $in: [...OPEN_STATES, "accepted"] } };
        const change = { $set: { state: "failed", code: failedWith, elsewhere: true } };
        await askingTwice(() => texts.collection.updateOne(canFail as never, change as never));
      } else if (OPEN_STATES.includes(state)) {
        await askingTwice(() => texts.collection.updateOne({ _id, ...STILL_OPEN } as never, PROVEN as never));
      }
      return true;
    },

    async detours(plan, limit) {
      const waiting = { plan, elsewhere: true };
      const fromMails = await asking(() => exceptions.find(waiting).limit(limit).lean<MailExceptionDocument[]>());
      const fromTexts = await asking(() =>
        texts
          .find({ ...waiting, state: "failed" })
          .limit(limit)
          .lean<TextDocument[]>(),
      );
      return [
        ...fromMails.map(({ _id: id, contact, customer }): Detour => ({ from: "email", id, contact, customer })),
        ...fromTexts.map(
          ({ _id: id, contact, customer, elseAddress }): Detour => ({
            from: "sms",
            ...{ id, contact, customer, elseAddress },
          }),
        ),
      ];
    },

    async endDetours(from, ids) {
      const collection = from === "email" ? exceptions.collection : texts.collection;
      const ended = { $set: { elsewhere: false } };
      await askingTwice(() => collection.updateMany({ _id: { $in: ids } } as never, ended as never));
    },
  };
}

const toDocument = ({ mail, index, contact, customer, code, sent }: MailException): MailExceptionDocument => ({
  _id: `${mail}:${index}`,
  // The key of a parcel begins with its plan: <incident>:<notice>:<nonce>.
  plan: mail.split(":").slice(0, 3).join(":"),
  contact,
  customer,
  code,
  sent,
  elsewhere: true,
});
