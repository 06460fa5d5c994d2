import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml } from "../../../src/sandbox/page/html.js";
import { mrkdwnHtml } from "../../../src/sandbox/page/text-html.js";
import { slackDate } from "../../../src/sandbox/slack/slack-date.js";
import { mrkdwnText, type Reader, visibleText } from "../../../src/sandbox/slack/visible-text.js";

const reader: Reader = {
  language: "pt-BR",
  timezone: "America/Sao_Paulo",
  now: new Date("2026-11-23T15:00:00Z"),
  userName: (id) => (id === "U1" ? "ana" : undefined),
  channelName: (id) => (id === "C1" ? "geral" : undefined),
};
const seconds = Date.UTC(2026, 10, 23, 17, 5) / 1000;

describe("mrkdwn as a person reads it", () => {
  it.each([
    ["*N1* _agora_ ~ontem~ `x`", "N1 agora ontem x"],
    ["2 * 3 * 4 e snake_case_name", "2 * 3 * 4 e snake_case_name"],
    ["<@U1> em <#C1> e <#C9|outro>", "@ana em #geral e #outro"],
    ["<!here> <!channel>", "@here @channel"],
    ["<https://a.example/?x=1&amp;y=2|painel>", "painel"],
    ["<https://a.example/?x=1&amp;y=2>", "https://a.example/?x=1&y=2"],
    ["a &lt;b&gt; &amp; c", "a <b> & c"],
    ["&lt;@U1&gt;", "<@U1>"],
    [":rotating_light: caiu :nao_existe:", "🚨 caiu :nao_existe:"],
    ["antes\n> citado\n> mais\ndepois", "antes\ncitado\nmais\ndepois"],
    ["antes ```um\ndois``` depois", "antes \num\ndois\n depois"],
    ["sem fim ```aqui", "sem fim ```aqui"],
    [`<!date^${seconds}^{date_short_pretty} {time}|depois>`, "hoje 14:05"],
    [`<!date^${seconds}^{nunca}|depois>`, "depois"],
  ])("%s", (text, visible) => {
    expect(mrkdwnText(text, reader)).toBe(visible);
  });

  it.each([
    ["{date_num}", "2026-11-23"],
    ["{time_secs}", "14:05:00"],
    ["{date_long}", "segunda-feira, 23 de novembro de 2026"],
    ["{ago}", "em 2 horas"],
  ])("the date token %s", (token, shown) => {
    expect(slackDate(seconds, token, "-", reader)).toBe(shown);
  });

  it("a date is shown in the reader's zone and language", () => {
    const other = { ...reader, language: "en", timezone: "Asia/Tokyo" } as const;
    expect(slackDate(seconds, "{date_short} {time}", "-", other)).toBe("Nov 24, 2026 02:05 AM");
  });

  it("blocks hide the fallback text, and attachments follow", () => {
    const blocks = [
      { type: "section", block_id: "b", text: { type: "mrkdwn" as const, text: "*Nível* N1" } },
      {
        type: "actions",
        block_id: "c",
        elements: [{ type: "button", action_id: "a", text: { type: "plain_text" as const, text: "Assumir" } }],
      },
    ];
    const message = { text: "fallback", blocks, attachments: [{ color: "#ff0000", text: "anexo" }] };
    expect(visibleText(message, reader)).toBe("Nível N1\n[Assumir]\nanexo");
  });
});

describe("mrkdwn as HTML", () => {
  it.each([
    ["<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ["<javascript:alert(1)|clique>", "&lt;javascript:alert(1)|clique&gt;"],
    ["*negrito*", "<strong>negrito</strong>"],
    [
      '<https://a.example/"onmouseover="x|ver>',
      '<a href="https://a.example/&quot;onmouseover=&quot;x" target="_blank" rel="noopener noreferrer">ver</a>',
    ],
  ])("%s", (text, expected) => {
    expect(mrkdwnHtml(text, reader).safe).toBe(expected);
  });

  it("no text makes an element or attribute that the page did not write", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("<", ">", '"', "'", "&", "*", "_", "`", "```", "|", "\n> ", "<@U1>", "<https://"),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { safe } = mrkdwnHtml(pieces.join(""), reader);
        const known =
          /<\/?(strong|em|s|code|pre|blockquote|br)>|<span (class="mention"|role="img" aria-label="[^"<>]*")>|<\/span>|<a href="[^"<>]*" target="_blank" rel="noopener noreferrer">|<\/a>|<time datetime="[^"<>]*">|<\/time>/g;
        expect(safe.replace(known, "")).not.toMatch(/[<>"]/);
      }),
    );
  });

  it("escaping leaves nothing with a meaning in HTML", () => {
    expect(escapeHtml(`<a b="c" d='e'>&`)).toBe("&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
  });
});
