// How much people may write, in UTF-16 units; forms, parsers and decisions all use these.

/** Longest title of an incident. */
export const TITLE_MAX = 120;
/** Longest free text. */
export const TEXT_MAX = 2_000;
