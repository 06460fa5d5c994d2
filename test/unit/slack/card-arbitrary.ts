// Generated cards: any text in any place, as hostile as fast-check and we can think of.
import fc from "fast-check";
import type { ButtonAction } from "../../../src/chat/button-action.js";
import type { Button, Card, CardBlock, Line, Span } from "../../../src/chat/card.js";
import type { IncidentId, PersonId } from "../../../src/domain/incident/ids.js";
import type { SpanLookup } from "../../../src/slack/mrkdwn.js";

const hostile = fc.constantFrom(
  "<!channel>",
  "<@U0ADMIN>",
  "<#C0GENERAL|general>",
  "<https://evil.example|click>",
  "<!date^1^{time}|x>",
  "&lt;!here&gt;",
  "*bold*",
  "_it_ ~st~ `code` ```block```",
  "> quote\n> more",
  "a\nb\r\nc\u2028d",
  "\u202Eevil",
  "\uD800",
  "&".repeat(2500),
  "<".repeat(1500),
  "x".repeat(7000),
  "👩‍👩‍👧‍👦".repeat(900),
  "",
  "   ",
);

/** Any text. */
export const anyText = fc.oneof(hostile, fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 200 }));

const personId = fc.constantFrom("ana", "bot", "nobody") as fc.Arbitrary<PersonId>;
const style = fc.constantFrom("time" as const, "date-time" as const, "relative" as const);
const span: fc.Arbitrary<Span> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), text: anyText, strong: fc.boolean(), code: fc.boolean() }),
  fc.record({ kind: fc.constant("person" as const), person: personId, notify: fc.boolean() }),
  fc.record({ kind: fc.constant("instant" as const), at: fc.date({ noInvalidDate: false }), style }),
  fc.constant<Span>({ kind: "room" }),
  fc.record({ kind: fc.constant("link" as const), url: fc.oneof(fc.webUrl(), anyText), label: anyText }),
);
const line: fc.Arbitrary<Line> = fc.array(span, { maxLength: 6 });
const incident = fc.string({ minLength: 1, maxLength: 30 }) as fc.Arbitrary<IncidentId>;

/** Any meaning of a button. */
export const anyAction: fc.Arbitrary<ButtonAction> = fc.oneof(
  fc.record({ do: fc.constant("take" as const), incident }),
  fc.record({
    do: fc.constant("note-escalation" as const),
    incident,
    escalation: fc.string({ minLength: 1, maxLength: 60 }),
  }),
  fc.record({
    do: fc.constant("open-form" as const),
    incident,
    form: fc.constantFrom("classify" as const, "note" as const),
  }),
  fc.record({
    do: fc.constantFrom("approve-notice" as const, "discard-notice" as const),
    incident,
    number: fc.integer({ min: 1, max: 999 }),
  }),
  fc.record({ do: fc.constant("show" as const), incident, what: fc.constantFrom("sla" as const, "more" as const) }),
);

const confirm = fc.record({ title: anyText, text: anyText, yes: anyText, no: anyText });
const button: fc.Arbitrary<Button> = fc
  .record({ label: anyText, action: anyAction, confirm: fc.option(confirm, { nil: undefined }) })
  .map(({ confirm: asked, ...rest }) => (asked === undefined ? rest : { ...rest, confirm: asked }));

const block: fc.Arbitrary<CardBlock> = fc.oneof(
  fc.record({ kind: fc.constant("lines" as const), lines: fc.array(line, { maxLength: 8 }) }),
  fc.record({
    kind: fc.constant("fields" as const),
    fields: fc.array(fc.record({ label: anyText, value: line }), { maxLength: 25 }),
  }),
  fc.record({ kind: fc.constant("quote" as const), text: anyText }),
  fc.record({ kind: fc.constant("context" as const), lines: fc.array(line, { maxLength: 15 }) }),
  fc.record({ kind: fc.constant("buttons" as const), buttons: fc.array(button, { maxLength: 40 }) }),
  fc.constant<CardBlock>({ kind: "divider" }),
);

/** Any card. */
export const anyCard: fc.Arbitrary<Card> = fc.record({
  header: anyText,
  blocks: fc.array(block, { maxLength: 30 }),
  summary: anyText,
});

/** A workspace in which only Ana and the channel exist. */
export const lookup: SpanLookup = {
  person: (id) => ({ userId: id === "ana" ? "U0ANA" : null, name: id === "ana" ? "Ana *Souza* <!here>" : id }),
  channelId: "C0ROOM",
  channelWords: "o canal do incidente",
  language: "pt-BR",
  zone: "America/Sao_Paulo",
};
