import { expect, test } from "vitest";
import { isServiceUrlAllowed } from "../../../src/teams/service-urls.js";

test.each([
  "https://smba.trafficmanager.net/br/",
  "https://smba.infra.gcc.teams.microsoft.com/",
  "https://smba.infra.gov.teams.microsoft.us/teams/",
])("%s is Microsoft's", (address) => {
  expect(isServiceUrlAllowed(address, null)).toBe(true);
});

test.each([
  "http://smba.trafficmanager.net/br/",
  "https://smba.trafficmanager.net.evil.example/",
  "https://evil.trafficmanager.net/",
  "https://smba.trafficmanager.net:8443/",
  "https://smba.trafficmanager.net@evil.example/",
  "https://teams.microsoft.com.evil.example/",
  "https://evilteams.microsoft.com/",
  "http://127.0.0.1:4020/teams/",
  "not an address",
  "",
])("%s is not", (address) => {
  expect(isServiceUrlAllowed(address, null)).toBe(false);
});

test("a list replaces Microsoft's own, and compares origins", () => {
  const allowed = ["http://127.0.0.1:4020/teams/"];
  expect(isServiceUrlAllowed("http://127.0.0.1:4020/other/", allowed)).toBe(true);
  expect(isServiceUrlAllowed("http://127.0.0.1:4021/teams/", allowed)).toBe(false);
  expect(isServiceUrlAllowed("https://smba.trafficmanager.net/br/", allowed)).toBe(false);
});
