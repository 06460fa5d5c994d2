// Markdown of Teams and plain texts as HTML of the page: formatting is kept, nothing else gets through.
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cardHtml } from "../../../src/sandbox/page/card-html.js";
import { markdownHtml } from "../../../src/sandbox/page/markdown-html.js";
import { linkedText } from "../../../src/sandbox/page/text-html.js";

const reader = { language: "pt-BR", timezone: "America/Sao_Paulo" } as const;
const shown = (markdown: string, mentions: readonly string[] = []): string =>
  markdownHtml(markdown, reader, new Set(mentions)).safe;

describe("Markdown", () => {
  it.each([
    ["**forte** e _leve_", "<strong>forte</strong> e <em>leve</em>"],
    ["a_b_c e 2 * 3 * 4", "a_b_c e 2 * 3 * 4"],
    ["\\*\\*não\\*\\* \\[x\\](https://a.example)", "**não** [x](https://a.example)"],
    ["{{TIME(2026-11-23T18:30:00Z)}}", "15:30"],
    ["[a](javascript:alert`1`)", "a"],
    ["[a](data:text/html,x)", "a"],
    ["<b>x</b>", "&lt;b&gt;x&lt;/b&gt;"],
    ["<at>Ana</at>", "&lt;at&gt;Ana&lt;/at&gt;"],
  ])("%s is shown as %s", (markdown, expected) => {
    expect(shown(markdown)).toBe(expected);
  });

  it("links lead away from the page, and listed people are marked", () => {
    expect(shown("[INC-7](https://a.example/?q=%22)")).toBe(
      '<a href="https://a.example/?q=%22" target="_blank" rel="noopener noreferrer">INC-7</a>',
    );
    expect(shown("<at>Ana</at>", ["<at>Ana</at>"])).toBe('<span class="mention">@Ana</span>');
  });

  const pieces = fc.constantFrom(
    "**",
    "_",
    "[",
    "](",
    ")",
    "<at>",
    "</at>",
    "<img onerror=x>",
    '"',
    "'",
    "\\",
    "&lt;",
    " ",
  );
  const texts = fc
    .array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 20 })
    .map((parts) => parts.join(""));

  it("whatever is written, only the page's own tags come out", () => {
    fc.assert(
      fc.property(texts, (text) => {
        const own =
          /<\/?(strong|em)>|<span class="mention">|<\/span>|<a href="(https?|mailto|tel):[^"<>]*" target="_blank" rel="noopener noreferrer">|<\/a>/gi;
        expect(shown(text, ["<at></at>"]).replace(own, "")).not.toMatch(/[<>"]/);
      }),
    );
  });

  it("plain text keeps every character, with its addresses as links", () => {
    expect(linkedText("veja https://a.example/x?y=1, <b>").safe).toBe(
      'veja <a href="https://a.example/x?y=1" target="_blank" rel="noopener noreferrer">https://a.example/x?y=1</a>, &lt;b&gt;',
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(linkedText(text).safe).not.toMatch(/<(?!\/?a[ >])/);
      }),
    );
  });
});

describe("a card", () => {
  const draw = { reader, imageNotShown: "", idPrefix: "t1", values: {}, errors: {}, people: [], choose: "Escolha" };
  const html = (part: object): string => cardHtml(draw, { type: "AdaptiveCard", body: [part] }).safe;

  it("keeps hostile words inside the attributes they were written into", () => {
    const hostile = '"><script>x</script>';
    const action = { type: "Action.Execute", title: hostile, verb: "x" };
    const choices = [{ title: hostile, value: hostile }];
    for (const part of [
      { type: "ActionSet", actions: [action] },
      { type: "Input.Text", id: hostile, label: hostile, placeholder: hostile },
      { type: "Input.ChoiceSet", id: hostile, label: hostile, choices },
      { type: "Input.ChoiceSet", id: hostile, label: hostile, choices, style: "expanded" },
      { type: "Input.Toggle", id: hostile, label: hostile, title: hostile },
      { type: "Image", url: "https://a.example/x.png", altText: hostile },
      { type: hostile },
    ])
      expect(html(part)).not.toContain("<script");
  });

  it("loads no image and opens no address but a web address", () => {
    expect(html({ type: "Image", url: "https://a.example/x.png", altText: "gráfico" })).not.toContain("a.example");
    const actions = [{ type: "Action.OpenUrl", title: "abrir", url: "javascript:alert(1)" }];
    expect(html({ type: "ActionSet", actions })).not.toContain("javascript");
  });

  it("names the only action under a question after the question, so that two questions stay apart", () => {
    const under = (title: string) => ({
      type: "Action.ShowCard",
      title,
      card: { type: "AdaptiveCard", actions: [{ type: "Action.Submit", title: "Sim" }] },
    });
    const drawn = html({ type: "ActionSet", actions: [under("Encerrar"), under("Cancelar")] });
    expect([...drawn.matchAll(/data-card-action="(\w+)"/g)].map(([, name]) => name)).toEqual(["Encerrar", "Cancelar"]);
  });
});
