// The people of the company: who they are and where they are found, apart from what they are on duty for.
import type { Role } from "../policy/policy.js";

/** What a person may do by standing: the roles of the ladder and those that the ladder never pages. */
export type PersonRole = Role | "support-agent" | "data-protection-officer" | "policy-owner" | "auditor";

/** A member of the staff. */
export type Person = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly chat: { readonly slack?: string; readonly teams?: string };
  /** E.164, for example +5511955550101. */
  readonly phone?: string;
  readonly language?: "pt-BR" | "en";
  /** IANA zone in which this person reads instants. */
  readonly zone?: string;
  readonly admin?: boolean;
  readonly roles?: readonly PersonRole[];
};

/** Everybody that the bot knows, by id. */
export type Directory = ReadonlyMap<string, Person>;

/** Builds a directory; the last of two people with one id wins. */
export function directoryOf(people: readonly Person[]): Directory {
  return new Map(people.map((person) => [person.id, person]));
}

/** Finds the person behind an account of a chat platform. */
export function personByChat(directory: Directory, platform: "slack" | "teams", account: string): Person | undefined {
  return [...directory.values()].find((person) => person.chat[platform] === account);
}
