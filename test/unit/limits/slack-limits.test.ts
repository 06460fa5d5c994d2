import { WebClient } from "@slack/web-api";
import { describe, expect, it } from "vitest";
import {
  slackBlockLimits,
  slackChannelLimits,
  slackElementLimits,
  slackSurfaceLimits,
} from "../../../src/limits/slack.js";
import { slackEventScopes, slackMethodFacts, slackMethods } from "../../../src/limits/slack-methods.js";

describe("Slack's numbers", () => {
  it.each([
    ["blocks in a message", slackSurfaceLimits.messageBlocks, 50],
    ["blocks in a modal", slackSurfaceLimits.modalBlocks, 100],
    ["modal title", slackSurfaceLimits.modalTitle, 24],
    ["private metadata", slackSurfaceLimits.privateMetadata, 3000],
    ["callback id", slackSurfaceLimits.callbackId, 255],
    ["section text", slackBlockLimits.sectionText, 3000],
    ["section fields", slackBlockLimits.sectionFields, 10],
    ["header", slackBlockLimits.headerText, 150],
    ["actions", slackBlockLimits.actionsElements, 25],
    ["button text", slackElementLimits.buttonText, 75],
    ["button value", slackElementLimits.buttonValue, 2000],
    ["select options", slackElementLimits.selectOptions, 100],
    ["option text", slackElementLimits.optionText, 75],
    ["topic", slackChannelLimits.topic, 250],
    ["channel name", slackChannelLimits.name, 80],
    ["people per invitation", slackChannelLimits.inviteUsersPerCall, 100],
  ])("the limit of %s is what Slack documents", (_what, ours, documented) => {
    expect(ours).toBe(documented);
  });

  it.each([
    ["inc-1-checkout", true],
    ["inc_2026", true],
    ["incidente-produção", true],
    ["Inc-1", false],
    ["inc 1", false],
    ["inc.1", false],
    ["inc#1", false],
    ["inc-🔥", false],
  ])("the channel name %s is allowed: %s", (name, allowed) => {
    expect(slackChannelLimits.namePattern.test(name)).toBe(allowed);
  });
});

describe("Slack's methods", () => {
  it("every method of the table exists in the official client", () => {
    const client: unknown = new WebClient("xoxb-none");
    const missing = Object.keys(slackMethods).filter((method) => {
      let at: unknown = client;
      for (const part of method.split(".")) at = (at as Record<string, unknown>)[part];
      return typeof at !== "function";
    });
    expect(missing).toEqual([]);
  });

  it("private channels need the groups: scopes", () => {
    expect(slackMethodFacts("conversations.create")).toMatchObject({
      tier: "tier2",
      scopes: ["channels:manage"],
      privateScopes: ["groups:write"],
    });
    expect(slackMethodFacts("conversations.setTopic")?.scopes).toContain("channels:write.topic");
  });

  it("opening a form needs no scope", () => {
    expect(slackMethodFacts("views.open")).toEqual({ tier: "tier4", scopes: [] });
  });

  it.each(["chat.postmessage", "toString", "__proto__", ""])("%j is not a known method", (method) => {
    expect(slackMethodFacts(method)).toBeUndefined();
  });

  it("every scope looks like a scope", () => {
    const scopes = [
      ...Object.values(slackMethods).flatMap((facts) => facts.scopes),
      ...Object.values(slackEventScopes),
    ];
    expect(scopes.filter((scope) => scope !== "" && !/^[a-z_]+:[a-z]+(\.[a-z]+)?$/.test(scope))).toEqual([]);
  });
});
