import type { ptBrReplies } from "./pt-br-replies.js";

/** Answers to what a person asked: done, refused, failed, not understood. */
export const enReplies: Readonly<Record<keyof typeof ptBrReplies, string>> = {
  "reply.declared": "{code} declared, N{level}: {title}.",
  "reply.declared-provisional":
    "{code} declared, N{level} provisional: {title}. Classify it as soon as you know: {command} {code} {classify}.",
  "reply.declared-room": "The incident channel is {room}.",
  "reply.declared-opening": "The incident channel opens in a moment.",
  "reply.done": "Done. {code}: {state}, N{level}.",
  "reply.repeated": "That was done already. {code}: {state}, N{level}.",
  "reply.taken": "{code} is yours.",
  "reply.noted":
    "Noted: the repeats of this warning no longer reach you. The clock goes on; to take the incident, use Take.",
  "reply.classified": "{code}: N{level}. Rule: {rule}.",
  "reply.classified-provisional": "{code}: N{level}, provisional. Rule: {rule}.",
  "reply.note": "Note kept in {code}.",
  "reply.more": "{code}: what else you can do",
  "reply.more-typed": "By command too: {verbs}.",

  "fault.no": "I could not save it: nothing changed. Try again (code {code}).",
  "fault.unknown":
    "I could not confirm whether it was saved. Repeating is safe. To check: {command} {list} (code {code}).",

  "problem.unknown-verb": "I do not know “{word}”. {command} {help} shows what you can ask for.",
  "problem.suggestion": "I do not know “{word}”. Was it {suggestion}?",
  "problem.declare": "To declare with that title: {example}",
  "problem.unexpected-text": "{verb} takes no text: “{text}” is left over, and nothing was done. Usage: {usage}",
  "problem.incident-not-expected": "{verb} is not about one incident: leave the code out. Usage: {usage}",
  "problem.unknown-word": "I did not understand “{word}”, and nothing was done. Usage: {usage}",

  "refusal.not-in-this-state":
    "That ({verb}) is not possible while the incident is “{state}”. Possible now: {allowed}.",
  "refusal.ended":
    "This incident is “{state}” and changes no more. If the effect came back, declare another: {example}",
  "refusal.merged": "This incident was merged into {code}. Go on there: {example}",
  "refusal.already-taken": "{by} has taken it already: {at}. Nothing was done twice.",
  "refusal.already-in-state": "It is “{state}” already. Nothing was done twice.",
  "refusal.already-in-state-by": "{by} did it already, {at}: the state is “{state}”.",
  "refusal.missing": "Still to say: {fields}.",
  "refusal.too-long": "The text is too long ({field}): at most {max, number} characters; there are {actual, number}.",
  "refusal.observation-not-over": "The observation lasts until {until}. To resolve before, give the reason.",
  "refusal.restore-not-confirmed":
    "N{level} is resolved after the observation. To resolve at once, confirm in the form that service is restored: {example}",
  "refusal.reopen-window-over": "The window to reopen is over ({since}). Declare a new incident: {example}",
  "refusal.needs-authority.commander-or-lead":
    "That is for the incident commander or the on-call leads. Ask whoever has the role, or name somebody: {example}",
  "refusal.needs-authority.lead": "That is for the on-call leads. Ask whoever is on call for that.",
  "refusal.reason-too-short": "Give the reason in at least {min, number} characters.",
  "refusal.cause-contradicts-level":
    "The level would go from N{from} to N{to}, which does not fit “{cause}”. Change the answers or what changed.",
  "refusal.nothing-changed": "Nothing changed: it was like that already.",
  "refusal.real-and-drill": "A real incident and a drill are never merged.",
  "refusal.merge-with-itself": "{code} is this very incident. Give the code of the other one.",
  "refusal.cannot-merge": "{code} cannot be merged: it is “{state}”.",
  "refusal.never-pauses": "N{level} never pauses: the clock goes on.",
  "refusal.supplier-never-pauses":
    "Waiting for a supplier does not pause the clock: the contract does not allow it. Record it in a note: {example}",
  "refusal.unknown-customer": "I did not find “{customer}” among the customers. Check the name in the catalogue.",
  "refusal.customer-already-affected": "{customer} is an affected customer already.",
  "refusal.name-the-customers": "More than one customer is affected: say which. In the form: {example}",
  "refusal.not-paused": "The clock is not paused.",
  "refusal.time-in-the-future": "{at} will not do: use an instant that has passed, after the incident was detected.",
  "refusal.checklist-open": "Before closing, still missing: {items}.",
  "refusal.unknown-escalation": "That escalation is no longer in this incident. See the due times: {example}",
  "refusal.not-a-person": "Only a person can do that.",
  "refusal.role-for-a-person": "Only a person can hold a role, not an app. Mention with @ who is to have it.",
  "refusal.unknown-incident": "I did not find that incident. The open ones: {example}",
  "refusal.not-in-an-incident-channel":
    "This is not the channel of an incident. Use the command there, or give the code: {example}",
  "refusal.unknown-person": "I did not find the person “{text}”. Mention them with @.",
  "refusal.not-due": "It is not time for that yet.",

  "missing.title": "the title",
  "missing.cause": "the cause",
  "missing.action": "the action taken",
  "missing.what": "what came back",
  "missing.reason": "the reason",
  "missing.data": "the state of the data",
  "missing.text": "the text",
  "missing.question": "the question asked",
  "missing.review": "the analysis",
  "missing.answers": "the answers of the classification",
  "missing.summary": "the summary",

  "item.review": "the incident analysis",
  "item.waiting-period": "the waiting period after the resolution",
  "item.data-statement": "the state of the data",
  "item.cause": "the cause",
  "item.commander": "the commander",
};
