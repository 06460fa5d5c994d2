/** A text written line by line; an empty line separates paragraphs. */
export const lines = (...all: readonly string[]): string => all.join("\n");
