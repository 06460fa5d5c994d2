// The one way to make HTML: a template whose values are escaped unless they are themselves made by it.

/** Markup that is safe to put into a page as it is. */
export type Html = { readonly markup: string };

/** What may stand in a template. */
export type HtmlValue = string | number | Html | readonly Html[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

/** A text with everything escaped that could end a text or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? "");
}

/** Markup from a template literal; strings are escaped. */
export function html(pieces: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return { markup: pieces.reduce((made, piece, index) => made + markupOf(values[index - 1]) + piece) };
}

/** Joins markup, with something between if wanted. */
export function joinHtml(parts: readonly Html[], between: Html = { markup: "" }): Html {
  return { markup: parts.map((part) => part.markup).join(between.markup) };
}

function markupOf(value: HtmlValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "object") return "markup" in value ? value.markup : joinHtml(value).markup;
  return escapeHtml(String(value));
}
