import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Card, Line } from "../../../src/chat/card.js";
import { cardFor } from "../../../src/chat/cards/card-for.js";
import { personalCard } from "../../../src/chat/cards/personal-card.js";
import { slaCard } from "../../../src/chat/cards/sla-card.js";
import { timelineCard } from "../../../src/chat/cards/timeline-card.js";
import { helpCard } from "../../../src/chat/help-card.js";
import type { IncidentId } from "../../../src/domain/incident/ids.js";
import type { AdaptiveCard } from "../../../src/teams/adaptive-card.js";
import { type CardLookup, escapeMarkdown } from "../../../src/teams/card-markdown.js";
import { renderAdaptiveCard } from "../../../src/teams/render-adaptive-card.js";
import { person } from "../../support/incident-builders.js";
import { hostileText, toldStory } from "../chat/card-stories.js";
import { aVoice } from "../chat/told-snapshots.js";
import { expectTeamsTakes, parserComplaints, textsOf } from "./card-lint.js";

const lookup = (with_: Partial<CardLookup> = {}): CardLookup => ({
  mention: (id) => ({ id: `29:${id}`, name: id }),
  personName: (id) => id,
  room: { url: "https://teams.microsoft.com/l/channel/19%3Aabc", label: "INC-1" },
  ...with_,
});

const incident = "i1" as IncidentId;
const ofLines = (...lines: readonly Line[]): Card => ({ blocks: [{ kind: "lines", lines }], summary: "s" });
const rendered = (card: Card, with_?: Partial<CardLookup>): AdaptiveCard =>
  renderAdaptiveCard(card, lookup(with_)).card;
const texts = (card: Card, with_?: Partial<CardLookup>): readonly string[] => textsOf(rendered(card, with_).body);
const text = (words: string): Line => [{ kind: "text", text: words }];

describe("elements", () => {
  test("every block has its element", () => {
    const action = { do: "take", incident } as const;
    const card: Card = {
      header: "INC-1",
      blocks: [
        { kind: "lines", lines: [text("a"), text("b")] },
        { kind: "divider" },
        { kind: "fields", fields: [{ label: "Nível", value: text("N1") }] },
        { kind: "quote", text: "one\n\ntwo" },
        { kind: "context", lines: [text("c")] },
        { kind: "buttons", buttons: [{ label: "Assumir", action }] },
      ],
      summary: "INC-1",
    };
    expect(rendered(card).body).toEqual([
      { type: "TextBlock", text: "INC-1", wrap: true, style: "heading", size: "Large", weight: "Bolder" },
      { type: "TextBlock", text: "a", wrap: true },
      { type: "TextBlock", text: "b", wrap: true },
      { type: "FactSet", facts: [{ title: "Nível", value: "N1" }], separator: true },
      {
        type: "Container",
        style: "emphasis",
        items: [
          { type: "TextBlock", text: "one", wrap: true },
          { type: "TextBlock", text: "two", wrap: true },
        ],
      },
      { type: "TextBlock", text: "c", wrap: true, size: "Small", isSubtle: true },
      {
        type: "ActionSet",
        actions: [
          {
            type: "Action.Execute",
            title: "Assumir",
            verb: "take",
            data: action,
            fallback: { type: "Action.Submit", title: "Assumir", data: action },
          },
        ],
      },
    ]);
    expectTeamsTakes(rendered(card));
  });

  test("what is to be filled in or only seen opens a dialog, where buttons are plain ones", () => {
    const buttons = [
      { label: "Classificar", action: { do: "open-form", incident, form: "classify" } as const },
      { label: "Mais…", action: { do: "show", incident, what: "more" } as const },
    ];
    const card: Card = { blocks: [{ kind: "buttons", buttons }], summary: "s" };
    const actionsIn = (surface: "message" | "dialog") => {
      const [set] = renderAdaptiveCard(card, lookup(), surface).card.body;
      return set?.type === "ActionSet" ? set.actions : [];
    };
    const plain = buttons.map(({ label, action }) => ({ type: "Action.Submit", title: label, data: action }));
    expect(actionsIn("dialog")).toEqual(plain);
    const fetching = plain.map(({ data, ...rest }) => ({
      ...rest,
      data: { ...data, msteams: { type: "task/fetch" } },
    }));
    expect(actionsIn("message")).toEqual(fetching);
  });

  test("many buttons go into rows that the parser accepts", () => {
    const buttons = Array.from({ length: 12 }, (_, index) => ({
      label: `b${index}`,
      action: { do: "take", incident } as const,
    }));
    const card = rendered({ blocks: [{ kind: "buttons", buttons }], summary: "s" });
    expect(card.body.map((element) => (element.type === "ActionSet" ? element.actions.length : 0))).toEqual([5, 5, 2]);
    expectTeamsTakes(card);
  });

  test("a button that asks first opens its question with the action inside", () => {
    const confirm = { title: "Sure?", text: "It *cannot* be undone.", yes: "Do it", no: "Back" };
    const action = { do: "open-form", incident, form: "cancel" } as const;
    const card = rendered({
      blocks: [{ kind: "buttons", buttons: [{ label: "Cancel", action, confirm }] }],
      summary: "s",
    });
    expect(card.body[0]).toMatchObject({
      actions: [
        {
          type: "Action.ShowCard",
          title: "Cancel",
          card: {
            body: [{ text: "Sure?" }, { text: "It \\*cannot\\* be undone." }],
            actions: [{ title: "Do it", data: action }],
          },
        },
      ],
    });
    expect(parserComplaints(card)).toEqual([]);
  });

  test("an instant is left to the reader's own zone", () => {
    const at = new Date("2026-11-23T12:30:15.123Z");
    expect(texts(ofLines([{ kind: "instant", at, style: "time" }]))).toEqual(["{{TIME(2026-11-23T12:30:15Z)}}"]);
    expect(texts(ofLines([{ kind: "instant", at, style: "date-time" }]))).toEqual([
      "{{DATE(2026-11-23T12:30:15Z, SHORT)}} {{TIME(2026-11-23T12:30:15Z)}}",
    ]);
  });

  test("the channel is a link when its address is known", () => {
    const room = ofLines([{ kind: "room" }]);
    expect(texts(room)).toEqual(["[INC-1](https://teams.microsoft.com/l/channel/19%3Aabc)"]);
    expect(texts(room, { room: { url: null, label: "o canal" } })).toEqual(["o canal"]);
  });

  test("only web addresses become links", () => {
    const link = (url: string): Card => ofLines([{ kind: "link", url, label: "x](y" }]);
    expect(texts(link("javascript:alert(1)"))).toEqual(["x\\]\\(y"]);
    expect(texts(link("https://a.example/b)c"))).toEqual(["[x\\]\\(y](https://a.example/b%29c)"]);
  });
});

describe("mentions", () => {
  const calling = (...ids: readonly string[]): Card =>
    ofLines(ids.map((id) => ({ kind: "person", person: person(id), notify: true })));

  test("call each person once, however often the card names them", () => {
    const card = rendered(calling("ana", "ana"));
    expect(card.msteams.entities).toEqual([
      { type: "mention", text: "<at>ana</at>", mentioned: { id: "29:ana", name: "ana" } },
    ]);
    expectTeamsTakes(card);
  });

  test("tell two people of one name apart", () => {
    const card = rendered(calling("a", "b"), { mention: (id) => ({ id: `29:${id}`, name: "Ana" }) });
    expect(card.msteams.entities?.map(({ text: tag }) => tag)).toEqual(["<at>Ana</at>", "<at>Ana (2)</at>"]);
    expectTeamsTakes(card);
  });

  test("of people whom Teams does not know, or who are only named, are plain names", () => {
    expect(rendered(calling("ana"), { mention: () => null }).msteams).toEqual({ width: "Full" });
    expect(texts(ofLines([{ kind: "person", person: person("ana"), notify: false }]))).toEqual(["ana"]);
  });

  test("cannot be broken out of by a name", () => {
    const card = rendered(calling("x"), { mention: () => ({ id: "29:x", name: "</at><at>Everyone" }) });
    expect(card.msteams.entities?.[0]?.text).toBe("<at>/atatEveryone</at>");
    expectTeamsTakes(card);
  });
});

describe("user text", () => {
  test.each([
    ["**bold** _it_", "\\*\\*bold\\*\\* \\_it\\_"],
    ["[a](https://evil.example)", "\\[a\\]\\(https://evil.example\\)"],
    ["- a", "\\- a"],
    ["12. a", "12\\. a"],
    ["# a", "\\# a"],
    ["> a", "\\> a"],
  ])("%s stays text", (words, escaped) => {
    expect(escapeMarkdown(words)).toBe(escaped);
  });

  test("is never a tag, a link, formatting or a date, in any place of a card", () => {
    fc.assert(
      fc.property(hostileText, (words) => {
        const card: Card = {
          header: words,
          blocks: [
            { kind: "lines", lines: [text(words), [{ kind: "text", text: words, strong: true }]] },
            { kind: "fields", fields: [{ label: words, value: text(words) }] },
            { kind: "quote", text: words },
            { kind: "context", lines: [[{ kind: "person", person: person("x"), notify: false }]] },
          ],
          summary: words,
        };
        const { card: drawn } = renderAdaptiveCard(card, lookup({ personName: () => words, mention: () => null }));
        expectTeamsTakes(drawn);
        for (const drawnText of textsOf(drawn.body)) {
          const plain = drawnText.replace(/^(\s*)\*\*([\s\S]*)\*\*(\s*)$/u, "$1$2$3").replace(/\\[\s\S]/gu, "");
          expect(plain).not.toMatch(/[*_[\]()`~]|<[a-z/!]|\{\{|&[#a-z]/iu);
          expect(plain).not.toMatch(/^\s*(?:[-+>#]|\d+[.)])/u);
        }
      }),
      { numRuns: 120 },
    );
  });
});

describe("size", () => {
  test("any card fits, and buttons stay whatever is cut", () => {
    const long = "[*_".repeat(2_000);
    const lines = Array.from({ length: 100 }, () => text(long));
    const action = { do: "take", incident } as const;
    const blocks: Card["blocks"] = [
      { kind: "lines", lines: [[{ kind: "person", person: person("ana"), notify: true }], ...lines] },
      { kind: "buttons", buttons: [{ label: "Assumir", action }] },
      { kind: "lines", lines: [...lines, [{ kind: "person", person: person("bruno"), notify: true }]] },
    ];
    const { card, summary } = renderAdaptiveCard({ header: long, blocks, summary: long }, lookup());
    expectTeamsTakes(card);
    expect(card.body.at(-1)).toMatchObject({ type: "ActionSet" });
    expect(card.msteams.entities?.map(({ mentioned }) => mentioned.name)).toEqual(["ana"]);
    expect(summary.length).toBeLessThanOrEqual(300);
  });

  test("every card that the bot has to say fits and is understood by the official parser", () => {
    fc.assert(
      fc.property(toldStory, fc.constantFrom("pt-BR" as const, "en" as const), (told, language) => {
        const voice = aVoice(language, "@Plantão");
        for (const { notice, snapshot, to } of told) {
          const said =
            to === null ? cardFor(notice, snapshot, voice) : personalCard(notice, snapshot, voice, person(to));
          expectTeamsTakes(rendered(said));
        }
        const last = told.at(-1);
        if (!last) return;
        expectTeamsTakes(rendered(slaCard(last.snapshot, voice)));
        expectTeamsTakes(rendered(timelineCard(last.snapshot, voice)));
      }),
      { numRuns: 6 },
    );
  });

  test("help fits in both languages", () => {
    for (const language of ["pt-BR", "en"] as const) expectTeamsTakes(rendered(helpCard(null, { language })));
  });
});

test("the official parser would notice a wrong card", () => {
  const wrong = { ...rendered(ofLines(text("x"))), body: [{ type: "Nonsense" }] } as unknown as AdaptiveCard;
  expect(parserComplaints(wrong)).not.toEqual([]);
});
