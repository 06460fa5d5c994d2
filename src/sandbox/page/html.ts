// The page's only way of making HTML: everything that is not already HTML is escaped.

/** HTML that was made by `html` and needs no escaping. */
export interface SafeHtml {
  readonly safe: string;
}

/** What may stand in a template; nothing is shown for undefined, null and false. */
export type HtmlValue = SafeHtml | string | number | undefined | null | false | readonly HtmlValue[];

/** Escapes text for element content and for quoted attributes. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function show(value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return "";
  if (typeof value === "string") return escapeHtml(value);
  if (typeof value === "number") return String(value);
  if ("safe" in value) return value.safe;
  return value.map(show).join("");
}

/** A template that escapes what is put into it. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): SafeHtml {
  return { safe: strings.reduce((text, part, index) => text + show(values[index - 1]) + part) };
}

/** Markup that the page itself wrote, such as its style sheet. */
export function trusted(markup: string): SafeHtml {
  return { safe: markup };
}
