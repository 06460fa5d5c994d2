import MessagingResponse from "twilio/lib/twiml/MessagingResponse.js";

/** The document that answers an SMS with a text of plain ASCII, or with silence. */
export function reply(text: string | null): string {
  const document = new MessagingResponse();
  if (text !== null) document.message(text);
  return document.toString();
}
