// Free text written by people. It is kept apart from codes because only free text can be erased: the record's hash
// covers a salted digest of it, never the text.

/** A free text inside an event. */
export type Prose = { readonly prose: string };

/** Marks a text as free text, with lone surrogates replaced so that it always hashes. */
export const prose = (text: string): Prose => ({
  prose: text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD"),
});
