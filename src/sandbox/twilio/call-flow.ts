// The conversation of an answered call: fetches TwiML from the bot and performs Say, Pause, Gather, Redirect and Hangup.
import { twilioVoiceLimits } from "../../limits/twilio.js";
import { type Account, alert, note } from "./account.js";
import { type CallLine, letPass } from "./call-line.js";
import { notOffered } from "./refusal.js";
import { parseTwiml } from "./twiml.js";
import { type Fields, postFields } from "./webhook.js";
import type { XmlElement } from "./xml.js";

/** Where the next document comes from. */
interface Source {
  readonly url?: string | undefined;
  readonly twiml?: string | undefined;
  readonly fields?: Fields;
  /** Set once the fallback address has been asked. */
  readonly fallback?: boolean;
}

/** What a conversation needs besides the account. */
export interface Conversation {
  readonly account: Account;
  readonly line: CallLine;
  /** The fields that every request about the call carries. */
  readonly callFields: () => Fields;
}

/** What follows a verb: another document, the end, or undefined for the next verb. */
type Next = Source | "hang-up" | undefined;

/** No real conversation asks for so many documents; more are a loop between the bot and this stand-in. */
const mostDocuments = 100;

/** An error of the conversation, as the debugger shows it. */
class FlowProblem extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Holds the conversation until somebody hangs up; a problem ends it with an entry in the debugger. */
export async function converse(conversation: Conversation): Promise<void> {
  const { account, line } = conversation;
  const { call, over } = line;
  let source: Source | undefined = { url: call.url, twiml: call.twiml };
  for (let asked = 0; source && !over.signal.aborted; asked += 1) {
    const current: Source = source;
    try {
      if (asked === mostDocuments) throw new FlowProblem(12_400, `The call asked for ${mostDocuments} documents`);
      source = await performAll(conversation, current);
    } catch (error) {
      if (!(error instanceof FlowProblem)) throw error;
      alert(account, error.code, call.sid, error.message);
      source = fallbackOf(conversation, current, error);
      if (!source) call.errorCode = error.code;
    }
    const { redirect } = line;
    if (redirect) source = redirect;
    line.redirect = undefined;
  }
}

function fallbackOf({ line }: Conversation, failed: Source, error: FlowProblem): Source | undefined {
  const url = line.call.fallbackUrl;
  if (url === undefined || failed.fallback) return undefined;
  return { url, fallback: true, fields: { ErrorCode: String(error.code), ErrorUrl: failed.url ?? "" } };
}

async function performAll(conversation: Conversation, source: Source): Promise<Source | undefined> {
  const { line } = conversation;
  const document = source.twiml ?? (await fetchDocument(conversation, source));
  const parsed = parseTwiml(document);
  if (!parsed.ok) throw new FlowProblem(12_100, `Document parse failure: ${parsed.problem}`);
  for (const verb of parsed.verbs) {
    if (line.over.signal.aborted || line.redirect) return undefined;
    const next = await perform(conversation, verb, source.url);
    if (next === "hang-up") return undefined;
    if (next) return next;
  }
  return undefined;
}

async function fetchDocument(conversation: Conversation, { url = "", fields = {} }: Source): Promise<string> {
  const answer = await postFields(conversation.account, url, { ...conversation.callFields(), ...fields });
  const { status, body, contentType } = answer;
  if (status < 200 || status > 299)
    throw new FlowProblem(11_200, status === 0 ? `No answer from ${url}` : `${url} answered ${status}`);
  if (!/^(?:text|application)\/xml\b/.test(contentType))
    throw new FlowProblem(12_300, `Invalid Content-Type: ${contentType || "none"}`);
  return body;
}

async function perform(conversation: Conversation, verb: XmlElement, base: string | undefined): Promise<Next> {
  const { account, line } = conversation;
  switch (verb.name) {
    case "Say":
      say(account, line, verb);
      return undefined;
    case "Pause":
      await letPass(line, Number(verb.attributes["length"] ?? 1) * account.secondMs);
      return undefined;
    case "Gather":
      return gather(conversation, verb, base);
    case "Redirect":
      return { url: absolute(verb.text.trim(), base) };
    case "Hangup":
      return "hang-up";
    default:
      throw new FlowProblem(12_200, notOffered(`<${verb.name}>`).message);
  }
}

function say(account: Account, { call }: CallLine, verb: XmlElement): void {
  const text = verb.text.trim();
  if (text.length > twilioVoiceLimits.sayCharacters) throw new FlowProblem(13_520, "Say: Invalid text");
  if (verb.children.length > 0) throw new FlowProblem(12_200, notOffered("speech markup inside <Say>").message);
  const times = Math.max(1, Number(verb.attributes["loop"] ?? 1) || 1);
  for (let time = 0; time < times; time += 1)
    call.said.push({ text, language: verb.attributes["language"], voice: verb.attributes["voice"] });
  note(account, { kind: "call", what: "said", sid: call.sid, number: call.to, text });
}

async function gather(conversation: Conversation, verb: XmlElement, base: string | undefined): Promise<Next> {
  const { line } = conversation;
  const { attributes } = verb;
  refuseGather(attributes);
  const most = attributes["numDigits"] === undefined ? undefined : Number(attributes["numDigits"]);
  const collector = { most, finishKey: attributes["finishOnKey"] ?? "#", digits: "", done: false };
  line.collector = collector;
  for (const prompt of verb.children) {
    if (prompt.name !== "Say" && prompt.name !== "Pause")
      throw new FlowProblem(12_200, notOffered(`<${prompt.name}> inside <Gather>`).message);
    // A key cuts the prompts short.
    if (collector.digits === "" && !collector.done) await perform(conversation, prompt, base);
  }
  await waitForKeys(conversation, Number(attributes["timeout"] ?? twilioVoiceLimits.gatherSeconds));
  line.collector = undefined;
  if (line.over.signal.aborted || line.redirect) return undefined;
  if (collector.digits === "" && attributes["actionOnEmptyResult"] !== "true") return undefined;
  const url = absolute(attributes["action"] ?? base ?? "", base);
  return { url, fields: { Digits: collector.digits, msg: "Gather End" } };
}

/** Waits until the answer is complete or no key came for a while. */
async function waitForKeys({ account, line }: Conversation, seconds: number): Promise<void> {
  const { collector, over } = line;
  while (collector && !collector.done && !over.signal.aborted && !line.redirect) {
    const before = collector.digits.length;
    await letPass(line, seconds * account.secondMs);
    if (collector.digits.length === before) return;
  }
}

function refuseGather(attributes: Readonly<Record<string, string>>): void {
  const input = attributes["input"] ?? "dtmf";
  if (input !== "dtmf") throw new FlowProblem(12_200, notOffered(`<Gather input="${input}">`).message);
  if ((attributes["method"] ?? "POST").toUpperCase() !== "POST")
    throw new FlowProblem(12_200, notOffered("<Gather> with a method other than POST").message);
  const digits = attributes["numDigits"];
  if (digits !== undefined && !/^[1-9]\d*$/.test(digits))
    throw new FlowProblem(13_314, "Gather: Invalid numDigits value");
  const timeout = attributes["timeout"];
  if (timeout !== undefined && !/^\d+$/.test(timeout)) throw new FlowProblem(13_313, "Gather: Invalid timeout value");
}

function absolute(url: string, base: string | undefined): string {
  if (!URL.canParse(url, base)) throw new FlowProblem(11_100, `Invalid URL format: ${url}`);
  return new URL(url, base).href;
}
