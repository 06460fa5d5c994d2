import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Card, CardBlock, Line } from "../../../src/chat/card.js";
import type { IncidentId, PersonId } from "../../../src/domain/incident/ids.js";
import { type MrkdwnNode, parseMrkdwn } from "../../../src/sandbox/slack/mrkdwn.js";
import { messageBlockProblems } from "../../../src/sandbox/slack/validate-blocks.js";
import { renderBlockKit } from "../../../src/slack/render-block-kit.js";
import { anyCard, anyText, lookup } from "./card-arbitrary.js";

const card = (...blocks: CardBlock[]): Card => ({ blocks, summary: "resumo" });
const line = (...spans: Line): CardBlock => ({ kind: "lines", lines: [spans] });
const person = (id: string, notify: boolean) => ({ kind: "person", person: id as PersonId, notify }) as const;

/** Every mrkdwn text of the blocks. */
function marked(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (typeof value !== "object" || value === null) return [];
  const object = value as Record<string, unknown>;
  if (object["type"] === "mrkdwn") return [String(object["text"])];
  return Object.values(object).flatMap(marked);
}

function nodesOf(value: unknown): MrkdwnNode[] {
  const flatten = (node: MrkdwnNode): MrkdwnNode[] =>
    ["children" in node ? node.children.flatMap(flatten) : [], node].flat();
  return marked(value).flatMap((text) => parseMrkdwn(text).flatMap(flatten));
}

describe("any card", () => {
  test("is accepted by Slack's limits", () => {
    fc.assert(
      fc.property(anyCard, (generated) => {
        const { text, blocks } = renderBlockKit(generated, lookup);
        expect(messageBlockProblems(blocks)).toEqual([]);
        expect(text.length).toBeGreaterThan(0);
        expect(text.length).toBeLessThanOrEqual(4000);
        expect(text).not.toMatch(/\p{Cs}/u);
      }),
      { numRuns: 150 },
    );
  });

  test("calls only the people that it mentions, whatever its texts say", () => {
    fc.assert(
      fc.property(anyCard, (generated) => {
        const { text, blocks } = renderBlockKit(generated, lookup);
        for (const node of [...nodesOf(blocks), ...parseMrkdwn(text)]) {
          if (node.kind === "user") expect(node.id).toBe("U0ANA");
          if (node.kind === "channel") expect(node.id).toBe("C0ROOM");
          expect(node.kind).not.toBe("special");
          expect(node.kind).not.toBe("group");
        }
      }),
      { numRuns: 150 },
    );
  });

  test("keeps every button", () => {
    fc.assert(
      fc.property(anyCard, (generated) => {
        const wanted = generated.blocks.flatMap((block) => (block.kind === "buttons" ? block.buttons : [])).length;
        const shown = renderBlockKit(generated, lookup).blocks.flatMap((block) =>
          block.type === "actions" ? block.elements : [],
        );
        expect(shown).toHaveLength(wanted);
      }),
    );
  });
});

describe("user text", () => {
  test("shows as typed words: no markup, mention, link, date or quotation comes of it", () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom("lines", "context", "fields", "quote"), (text, kind) => {
        const content: Line = [{ kind: "text", text }];
        const block: CardBlock =
          kind === "fields"
            ? { kind, fields: [{ label: "", value: content }] }
            : kind === "quote"
              ? { kind, text }
              : { kind: kind as "lines" | "context", lines: [content] };
        const kinds = nodesOf(renderBlockKit(card(block), lookup).blocks).map((node) => node.kind);
        const allowed = ["text", "break", "emoji", ...(kind === "quote" ? ["quote"] : [])];
        expect(kinds.filter((one) => !allowed.includes(one))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  test("stays inside its own formatting", () => {
    for (const text of ["a* *b", "*", "* x *", "5 * 3", "`x", "a`b", "``", "<@U1>"]) {
      for (const style of [{ strong: true }, { code: true }]) {
        const nodes = nodesOf(renderBlockKit(card(line({ kind: "text", text, ...style })), lookup).blocks);
        expect(nodes.filter((node) => node.kind === "bold" || node.kind === "code")).toHaveLength(1);
      }
    }
  });

  test("keeps ordinary characters as they are", () => {
    const text = "snake_case 5 * 3 = 15, a & b, café ~10 µs 10:30";
    const [block] = renderBlockKit(card(line({ kind: "text", text })), lookup).blocks;
    expect(marked(block)).toEqual(["snake_case 5 * 3 = 15, a &amp; b, café ∼10 µs 10:30"]);
  });

  test("addresses and channel names in it are not made into links", () => {
    const { blocks } = renderBlockKit(card(line({ kind: "text", text: "https://evil.example #geral" })), lookup);
    expect(blocks).toMatchObject([{ type: "section", text: { verbatim: true } }]);
  });
});

describe("spans", () => {
  const textOf = (...spans: Line) => marked(renderBlockKit(card(line(...spans)), lookup).blocks).join();

  test("a person is called only when the card says so", () => {
    expect(textOf(person("ana", true))).toBe("<@U0ANA>");
    expect(textOf(person("ana", false))).toBe("Ana ∗Souza∗ &lt;!here&gt;");
    expect(textOf(person("bot", true))).toBe("bot");
  });

  test("an instant shows in the reader's zone, with words for clients that cannot", () => {
    const at = new Date("2026-03-10T15:04:00Z");
    expect(textOf({ kind: "instant", at, style: "time" })).toMatch(/^<!date\^1773155040\^\{time\}\|12:04 \(.+\)>$/);
    expect(textOf({ kind: "instant", at: new Date(Number.NaN), style: "time" })).toBe("–");
  });

  test("a link must lead to a web address", () => {
    expect(textOf({ kind: "link", url: "https://a.example/?q=1&b=<|>", label: "a|b > c" })).toBe(
      "<https://a.example/?q=1&amp;b=%3C%7C%3E|a b &gt; c>",
    );
    expect(textOf({ kind: "link", url: "javascript:alert(1)", label: "clique" })).toBe("clique");
  });

  test("the room is linked, and named in words while it is not known", () => {
    expect(textOf({ kind: "room" })).toBe("<#C0ROOM>");
    const { blocks } = renderBlockKit(card(line({ kind: "room" })), { ...lookup, channelId: null });
    expect(marked(blocks)).toEqual(["o canal do incidente"]);
    const between = renderBlockKit(card(line({ kind: "room" })), { ...lookup, channelId: "D0TWO" });
    expect(marked(between.blocks)).toEqual(["o canal do incidente"]);
  });

  test("bold words next to other words keep a boundary", () => {
    expect(textOf({ kind: "text", text: "INC-1", strong: true }, { kind: "text", text: "x" })).toBe("*INC-1*\u200Bx");
  });
});

describe("what is too long", () => {
  test("a long quotation is split, not cut", () => {
    const text = Array.from({ length: 400 }, (_, at) => `linha ${at}`).join("\n");
    const shown = marked(renderBlockKit(card({ kind: "quote", text }), lookup).blocks);
    expect(shown.length).toBeGreaterThan(1);
    expect(shown.join("\n").match(/linha \d+/g)).toHaveLength(400);
  });

  test("a card of too many blocks keeps its beginning and its buttons, and marks the gap", () => {
    const many = Array.from({ length: 80 }, (_, at) => [
      line({ kind: "text", text: `linha ${at}` }),
      { kind: "divider" } as const,
    ]);
    const buttons = [{ label: "Assumir", action: { do: "take", incident: "i1" as IncidentId } }] as const;
    const { blocks } = renderBlockKit(card(...many.flat(), { kind: "buttons", buttons }), lookup);
    expect(blocks).toHaveLength(50);
    expect(marked(blocks[0])).toEqual(["linha 0"]);
    expect(blocks.at(-1)).toMatchObject({ type: "actions", elements: [{ text: { text: "Assumir" } }] });
    expect(blocks.at(-2)).toMatchObject({ type: "context", elements: [{ text: "…" }] });
  });
});
