import { describe, expect, test } from "vitest";
import { ChatFault } from "../../../src/ports/chat-rooms.js";
import { toChatFault } from "../../../src/teams/teams-fault.js";

const SECRET = "Bearer eyJ.secret https://smba.example/ana@cubo.example";
const answered = (statusCode: number, code = "ServiceError", retryAfter?: string) =>
  Object.assign(new Error(SECRET), {
    statusCode,
    details: { error: { code, message: SECRET } },
    response: { headers: new Headers(retryAfter === undefined ? {} : { "retry-after": retryAfter }) },
  });

describe("answers", () => {
  test.each([
    [400, "BadSyntax", "teams_refused", false],
    [401, "x", "teams_auth", true],
    [403, "MessageWritesBlocked", "teams_blocked", false],
    [403, "BotNotInConversationRoster", "teams_blocked", false],
    [403, "Forbidden", "teams_forbidden", false],
    [404, "ConversationNotFound", "teams_room_gone", false],
    [408, "x", "teams_unreachable", true],
    [412, "x", "teams_unreachable", true],
    [413, "x", "teams_refused", false],
    [429, "Throttled", "teams_rate_limited", true],
    [500, "x", "teams_unreachable", true],
    [502, "x", "teams_unreachable", true],
    [503, "x", "teams_unreachable", true],
    [504, "x", "teams_unreachable", true],
  ])("%d %s is %s", (status, code, fault, retryable) => {
    expect(toChatFault(answered(status, code))).toMatchObject({ code: fault, retryable });
  });

  test.each([
    ["7", 7000],
    ["soon", null],
    ["-1", null],
    [undefined, null],
  ])("a Retry-After of %s is %s", (header, ms) => {
    expect(toChatFault(answered(429, "Throttled", header)).retryAfterMs).toBe(ms);
    expect(toChatFault(answered(503, "x", header)).retryAfterMs).toBe(ms);
  });
});

describe("what is no answer", () => {
  test("may have arrived and is worth another try", () => {
    const odd = [new Error("ECONNRESET"), "odd", null, undefined, { statusCode: "500" }];
    for (const one of odd) expect(toChatFault(one)).toMatchObject({ code: "teams_unreachable", retryable: true });
  });

  test("a refused secret is mended by an operator", () => {
    const refused = Object.assign(new Error(SECRET), { name: "ServerError", errorCode: "invalid_client" });
    expect(toChatFault(refused)).toMatchObject({ code: "teams_auth", retryable: true });
  });

  test("our own fault stays itself", () => {
    const fault = new ChatFault("not_wanted", { retryable: false });
    expect(toChatFault(fault)).toBe(fault);
  });
});

test("nothing of the vendor's error is kept but status and code", () => {
  for (const error of [answered(500, SECRET), answered(403), new Error(SECRET)]) {
    const { message, cause } = toChatFault(error);
    expect(`${message} ${String(cause)}`).not.toContain("secret");
    expect(`${message} ${String(cause)}`).not.toContain("cubo.example");
  }
});
