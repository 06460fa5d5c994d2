import type { ptBrCustomers } from "./pt-br-customers.js";

/** Messages to customers: what they are called, the form that sends them, and what the cards say of them. */
export const enCustomers: Readonly<Record<keyof typeof ptBrCustomers, string>> = {
  "template.first_notice": "first notice",
  "template.update": "update",
  "template.no_change": "no change",
  "template.monitoring": "monitoring",
  "template.resolved": "resolution",
  "template.reopened": "reopening",
  "template.false_alarm": "false alarm",

  "sent.first_notice": "First notice sent",
  "sent.update": "Update sent",
  "sent.no_change": "Notice of no change sent",
  "sent.monitoring": "Monitoring notice sent",
  "sent.resolved": "Resolution notice sent",
  "sent.reopened": "Reopening notice sent",
  "sent.false_alarm": "False alarm notice sent",

  "language.pt-BR": "Portuguese",
  "language.en": "English",
  "language.es": "Spanish",

  "mode.test": "TEST MODE: {n, number} of {all, plural, one {# customer} other {# customers}} will receive it",
  "mode.test-sent": "TEST MODE: nothing left beyond the allow-list.",
  "mode.off": "Sending to customers is off: no provider is configured",

  "card.told": "Customers told: {told, number} of {all, number}",
  "card.next-notice": "Next notice promised: {at}",
  "card.draft-waits": "A message to customers waits for approval until {until}",

  "button.notify": "Tell customers",
  "button.tell-first": "Tell {n, plural, one {# customer} other {# customers}}",
  "button.tell-update": "Update customers",
  "button.tell-monitoring": "Tell: monitoring",
  "button.tell-resolved": "Tell: resolved",
  "button.tell-reopened": "Tell: reopened",
  "button.tell-false-alarm": "Tell: false alarm",
  "button.approve": "Approve and send",
  "button.discard": "Discard",

  "confirm.back": "Back",
  "confirm.approve.title": "Approve and send?",
  "confirm.approve.text":
    "The message leaves now for {n, plural, one {# customer} other {# customers}}. It cannot be undone.",
  "confirm.approve.yes": "Send",
  "confirm.discard.title": "Discard the message?",
  "confirm.discard.text": "Nothing will be sent to customers.",
  "confirm.discard.yes": "Discard",

  "form.notify.title": "Tell customers",
  "form.notify.submit": "Tell",
  "form.notify.send": "Tell {n, plural, one {# customer} other {# customers}}",
  "form.notify.ask": "Ask for approval",
  "form.notify.preparing": "Preparing the preview: what each customer will get…",
  "form.notify.not-ready": "The preview is not there yet, and nothing was sent. Go back and open it again.",
  "form.notify.look-again":
    "The message changed after the preview, and nothing was sent. Check below how it reads now and send again.",
  "form.notify.typed": "What you wrote, so that it is not lost:",
  "form.notify.fault": "I could not prepare the preview (code {code}). Nothing was sent. Go back and try again.",
  "form.notify.option": "{what} ({n, plural, one {# customer} other {# customers}})",
  "form.notify.audience":
    "{customers, plural, one {# customer} other {# customers}}, {contacts, plural, one {# contact} other {# contacts}}: {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "form.notify.unreachable":
    "{audience}; {n, plural, one {# customer} other {# customers}} without a valid contact: {names}",
  "form.notify.more-names": "{names} and {n, number} more",
  "form.notify.goes-now": "It leaves as soon as you send it.",
  "form.notify.second-at": "Another person approves; you can go alone at {at}.",
  "form.notify.second-nobody":
    "Nobody else is available now: it leaves as soon as you send it, and the record says that there was no second person.",
  "form.notify.second-required": "Another person must approve before the message leaves.",
  "form.notify.some-first":
    "{n, plural, one {# customer has not had a notice of this incident yet: its message} other {# customers have not had a notice of this incident yet: their message}} first says since when there is a problem.",
  "form.notify.preview": "What each of them gets:",
  "form.notify.email": "E-mail in {language}. Subject: {subject}",
  "form.notify.sms": "SMS in {language}, {n, plural, one {# character} other {# characters}}:",
  "form.notify.contact-name": "(contact's name)",
  "form.notify.customer-name": "(customer's name)",

  "field.template": "Message",
  "field.confirm-customers": "Repeat the number of customers",
  "field.confirm-customers.hint": "There are more than {max, number}: type how many to confirm.",
  "field.written": "{slot} ({language})",
  "field.written.default": "Empty: the standard sentence goes, in {language}.",
  "field.written.unused": "Not part of this message.",
  "slot.whatChanged": "What has changed?",
  "slot.impact": "What may customers notice?",
  "slot.workaround": "What can they do now?",
  "slot.action": "What are we doing?",
  "slot.causeSummary": "What happened, for customers?",
  "slot.customerAction": "What do they need to do?",
  "slot.residualImpact": "What may they still notice?",
  "slot.reasonShort": "Why was it a false alarm?",
  "slot.dataLossDetail": "What happened to the data?",
  "error.not-a-count": "Type only the number of customers.",

  "notice.drafted":
    "{who} wrote a message for {n, plural, one {# customer} other {# customers}} ({what}). Another person is still to approve it.",
  "notice.draft-for": "To: {customers}.",
  "notice.draft-until": "Valid until {until}.",
  "notice.draft-until-alone": "Valid until {until}. Its author can go without another person from {at}.",
  "notice.draft-until-required": "Valid until {until}. Its author cannot approve it.",
  "notice.draft-decided": "This message has been decided already.",
  "notice.approved":
    "{who} approved the message for {n, plural, one {# customer} other {# customers}} ({what}). Sending has begun.",
  "notice.approved-own": "{who} told {n, plural, one {# customer} other {# customers}} ({what}). Sending has begun.",
  "notice.approved-alone":
    "{who} told {n, plural, one {# customer} other {# customers}} ({what}) without a second person: nobody else was there in time. Sending has begun.",
  "notice.discarded": "{who} discarded the message to customers ({what}). Nothing was sent.",
  "notice.sent": "{sent}: {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "notice.sent-failed": "{sent}; {n, plural, one {# did not arrive} other {# did not arrive}}",
  "notice.sent-dropped":
    "{n, plural, one {# did not leave} other {# did not leave}}: a newer notice, or a contact who declined.",
  "notice.sent-withheld":
    "{n, plural, one {# held back} other {# held back}} by test mode, a newer notice or a contact who declined.",

  "timeline.called": "page by phone, nobody had taken it: {people}",
  "timeline.notice-drafted": "wrote a message to customers ({what}, {n, plural, one {# customer} other {# customers}})",
  "timeline.notice-approved": "released the message to customers ({what})",
  "timeline.notice-approved-alone": "released the message to customers ({what}) without a second person",
  "timeline.notice-discarded": "discarded the message to customers ({what})",
  "timeline.notice-sent":
    "message to customers sent ({what}): {emails, plural, one {# e-mail} other {# e-mails}}, {texts, number} SMS",
  "timeline.notice-sent-failed": "{sent}; {n, plural, one {# did not arrive} other {# did not arrive}}",

  "reply.notice-sending": "{code}: message ({what}) on its way to {n, plural, one {# customer} other {# customers}}.",
  "reply.notice-waiting": "{code}: message ({what}) kept. Another person is still to approve it in the channel.",
  "reply.notice-waiting-alone":
    "{code}: message ({what}) kept. Another person is still to approve it in the channel; you can go alone at {at}.",
  "reply.notice-discarded": "{code}: message ({what}) discarded. Nothing was sent to customers.",

  "refusal.drill-has-no-customers": "This is a drill: nothing reaches customers, and nothing was sent.",
  "refusal.nobody-to-tell":
    "There is no customer to tell now, and nothing was sent. If an affected customer is missing, add it: {example}",
  "refusal.already-told": "The customers were told of that already: {at}. Nothing was sent twice.",
  "refusal.audience-changed":
    "It changed while you were looking, and nothing was sent: now {customers, plural, one {# customer} other {# customers}}, N{level}, “{state}”. Check the preview and send again.",
  "refusal.repeat-the-number":
    "That is {customers, plural, one {# customer} other {# customers}}: repeat the number to confirm.",
  "refusal.delivery-off": "Sending to customers is off: no provider is configured. Nothing was sent.",
  "refusal.unknown-notice": "I did not find that message in this incident. Nothing was sent.",
  "refusal.notice-expired":
    "That message is no longer valid: time has passed, or the state or the level changed. Prepare another: {example}",
  "refusal.notice-decided": "That message was discarded already. Nothing was sent.",
  "refusal.notice-decided-by": "{by} has released that message already: {at}. Nothing was sent twice.",
  "refusal.second-person-first": "Another person must approve: nobody approves their own message.",
  "refusal.second-person-first-until": "Another person approves first; you can go alone at {until}.",
  "refusal.wrong-notice":
    "That message does not fit the state “{state}”, and nothing was sent. See what can be said now: {example}",

  "missing.whatChanged": "what has changed",
  "missing.impact": "what customers may notice",
  "missing.workaround": "what customers can do",
  "missing.causeSummary": "what happened",
  "missing.customerAction": "what customers need to do",
  "missing.residualImpact": "what customers may still notice",
  "missing.reasonShort": "why it was a false alarm",
  "missing.dataLossDetail": "what happened to the data",
};
