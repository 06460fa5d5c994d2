import { describe, expect, test } from "vitest";
import { escapeHtml, html, joinHtml } from "../../../src/render/escape-html.js";
import { type PageIncident, type TakePageState, takeLinkPage } from "../../../src/render/pages.js";
import { HOSTILE } from "../messages/a-message.js";

const incident: PageIncident = { code: "INC-1042", level: 1, title: "Checkout não responde", kind: "real" };
const states: readonly TakePageState[] = [
  { kind: "ask", incident },
  { kind: "taken", incident },
  { kind: "already-taken", incident, by: "Bruno Lima" },
  { kind: "already-yours", incident },
  { kind: "closed", incident },
  { kind: "not-confirmed", incident },
  { kind: "not-confirmed", incident: null },
  { kind: "unknown" },
];
const page = (state: TakePageState, language: "pt-BR" | "en" = "pt-BR") =>
  takeLinkPage(state, { language, platform: "Slack" });

describe("the page behind the link of a page", () => {
  test("asks before anything happens: one form, by POST, to itself", () => {
    const asked = page({ kind: "ask", incident });
    expect(asked).toContain("<h1>Assumir este incidente?</h1>");
    expect(asked).toContain('<form method="post"><button type="submit">Assumir</button></form>');
    expect(asked).toContain("INC-1042");
    expect(asked).toContain("Checkout não responde");
  });

  test("only where something can still be taken there is a button", () => {
    const withForm = states.filter((state) => page(state).includes("<form")).map((state) => state.kind);
    expect(withForm).toEqual(["ask", "not-confirmed", "not-confirmed"]);
  });

  test("says who has it", () => {
    expect(page({ kind: "already-taken", incident, by: "Bruno Lima" })).toContain("<h1>Já está com Bruno Lima</h1>");
    expect(page({ kind: "already-taken", incident, by: "Bruno Lima" }, "en")).toContain("<h1>Bruno Lima has it</h1>");
  });

  test("a link that is unknown or expired tells nothing of any incident", () => {
    expect(page({ kind: "unknown" })).not.toMatch(/INC-|N1/);
  });

  test("a drill says so", () => {
    expect(page({ kind: "ask", incident: { ...incident, kind: "drill" } })).toContain(
      "Exercício: não é um incidente real.",
    );
  });

  test.each(["pt-BR", "en"] as const)("every page in %s is whole, says its language and runs no script", (language) => {
    for (const state of states) {
      const made = page(state, language);
      expect(made).toMatch(new RegExp(`^<!doctype html>\n<html lang="${language}">`));
      expect(made).not.toMatch(/<script|\son\w+=|https?:|undefined|\{\{/i);
      expect(made).toContain('name="viewport"');
      expect(made).toContain("noindex");
    }
  });

  test("a title or a name brings no markup into the page", () => {
    for (const bad of HOSTILE) {
      const made = page({ kind: "already-taken", incident: { ...incident, title: bad }, by: bad });
      const plain = page({ kind: "already-taken", incident, by: "x" });
      expect(made.match(/<\w+/g)).toEqual(plain.match(/<\w+/g));
      expect(made.length).toBeLessThan(plain.length + 2_000);
    }
  });
});

describe("the escaping template", () => {
  test("escapes every value that it did not make itself", () => {
    const evil = `<b a="1" c='2'>&\``;
    expect(html`<p title="${evil}">${evil}</p>`.markup).toBe(
      '<p title="&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&#96;">&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;&#96;</p>',
    );
    expect(escapeHtml("&amp;")).toBe("&amp;amp;");
  });

  test("keeps its own markup, joins lists and writes numbers", () => {
    const items = ["a", "<"].map((item) => html`<li>${item}</li>`);
    expect(html`<ul>${items}</ul>${3}`.markup).toBe("<ul><li>a</li><li>&lt;</li></ul>3");
    expect(joinHtml(items, html`<br>`).markup).toBe("<li>a</li><br><li>&lt;</li>");
  });
});
