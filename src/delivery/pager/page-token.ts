import { createHmac } from "node:crypto";

/** Makes the token of a page from its key. */
export type TokenOf = (key: string) => string;

/** 66 bits in 11 characters: short enough for an SMS, long enough not to be guessed. */
const CHARACTERS = 11;

/**
 * Tokens that only this installation can make. They are derived and not stored, so that a second request for the same
 * page carries the same link, and a copy of the database opens none.
 */
export function createPageTokens(secret: { reveal(): string }): TokenOf {
  return (key) =>
    createHmac("sha256", secret.reveal()).update(`plantao:page-link:${key}`).digest("base64url").slice(0, CHARACTERS);
}

/** The path behind which somebody who was paged takes the incident. */
export const linkPath = (token: string): string => `/t/${token}`;
