import type { Json } from "./wire.js";

/** Slack's way of saying no: a 200 answer with `ok: false`, an error code and sometimes details. */
export class SlackRefusal extends Error {
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.name = "SlackRefusal";
    this.code = code;
    this.details = details;
  }
}

/** A refusal that lists what is wrong with the arguments, in the form that Slack uses. */
export function invalid(code: "invalid_blocks" | "invalid_arguments", problems: readonly string[]): SlackRefusal {
  return new SlackRefusal(code, {
    errors: problems,
    response_metadata: { messages: problems.map((problem) => `[ERROR] ${problem}`) },
  });
}
