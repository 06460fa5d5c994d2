// Messages of the account: accepted for sending, or received from people.
import { type Account, note, senderOf } from "./account.js";
import { carry, checkQueue, queueMs, type SenderQueues } from "./message-carriage.js";
import { type AskedMessage, readMessage } from "./message-checks.js";
import { applyOptOut, inboundFields, repliesIn } from "./message-replies.js";
import { type MessageRecord, newSid } from "./records.js";
import { countSegments } from "./segments.js";
import { postFields } from "./webhook.js";

/** Messages of the account. */
export interface MessageDesk {
  /** Accepts a message for sending, or throws the refusal. */
  create(form: URLSearchParams): MessageRecord;
  /** A person writes to one of the account's numbers. */
  receive(from: string, to: string, body: string): Promise<MessageRecord>;
  /** Where texts of people are posted. */
  receiveAt(url: string): void;
}

/** Opens the desk. */
export function createMessageDesk(account: Account): MessageDesk {
  const freeAt: SenderQueues = new Map();
  let inbound: string | undefined;

  function accept(message: MessageRecord): MessageRecord {
    remember(account, message);
    void account.line.track(carry(account, message, queueMs(account, freeAt, message)));
    note(account, { kind: "request", what: "accepted", sid: message.sid, number: message.to, text: message.body });
    return message;
  }

  return {
    create(form) {
      const asked = readMessage(account, form);
      checkQueue(account, freeAt, asked.from);
      return accept(newMessage(account, { ...asked, direction: "outbound-api" }));
    },
    async receive(from, to, body) {
      const service = senderOf(account, to);
      const messagingServiceSid = account.services.has(service) ? service : undefined;
      const direction = "inbound";
      const made = newMessage(account, { from, to, body, direction, messagingServiceSid, statusCallback: undefined });
      remember(account, made);
      note(account, { kind: "reply", what: "received", sid: made.sid, number: from, text: body });
      const optOut = applyOptOut(account, from, to, body);
      if (!inbound) return made;
      const answer = await postFields(account, inbound, inboundFields(account, made, optOut));
      for (const text of repliesIn(account, made, answer)) {
        const back = { from: to, to: from, body: text, messagingServiceSid, statusCallback: undefined };
        accept(newMessage(account, { ...back, direction: "outbound-reply" }));
      }
      return made;
    },
    receiveAt: (url) => {
      inbound = url;
    },
  };
}

type NewMessage = AskedMessage & Pick<MessageRecord, "direction">;

function newMessage(account: Account, made: NewMessage): MessageRecord {
  const createdAt = account.now();
  const inbound = made.direction === "inbound";
  return {
    ...made,
    sid: newSid("SM"),
    segments: countSegments(made.body),
    createdAt,
    updatedAt: createdAt,
    sentAt: inbound ? createdAt : undefined,
    status: inbound ? "received" : made.messagingServiceSid ? "accepted" : "queued",
    errorCode: undefined,
  };
}

function remember(account: Account, message: MessageRecord): void {
  account.messages.set(message.sid, message);
  const others = account.messagesTo.get(message.to);
  if (others) others.push(message);
  else account.messagesTo.set(message.to, [message]);
}
