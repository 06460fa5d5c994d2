import { parseXml, type XmlElement, XmlProblem } from "./xml.js";

/** A TwiML document as read: its verbs, or why Twilio reports error 12100. */
export type ParsedTwiml =
  | { readonly ok: true; readonly verbs: readonly XmlElement[] }
  | { readonly ok: false; readonly problem: string };

/** Reads a TwiML document. */
export function parseTwiml(source: string): ParsedTwiml {
  try {
    const root = parseXml(source);
    if (root.name !== "Response") return { ok: false, problem: `The root element is <${root.name}>, not <Response>` };
    if (root.text.trim() !== "") return { ok: false, problem: "There is text in <Response> outside a verb" };
    return { ok: true, verbs: root.children };
  } catch (error) {
    if (error instanceof XmlProblem || error instanceof RangeError) return { ok: false, problem: error.message };
    throw error;
  }
}
