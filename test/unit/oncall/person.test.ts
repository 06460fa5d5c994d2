import { expect, test } from "vitest";
import type { Person } from "../../../src/domain/oncall/person.js";
import { directoryOf, personByChat } from "../../../src/domain/oncall/person.js";

const ana: Person = { id: "ana", name: "Ana", email: "ana@cubosuite.example", chat: { slack: "U1", teams: "T1" } };
const bruno: Person = { id: "bruno", name: "Bruno", email: "bruno@cubosuite.example", chat: { teams: "U1" } };
const directory = directoryOf([ana, bruno]);

test("a directory finds people by id", () => {
  expect(directory.get("bruno")).toBe(bruno);
});

test("a chat account belongs to one platform", () => {
  expect(personByChat(directory, "slack", "U1")).toBe(ana);
  expect(personByChat(directory, "teams", "U1")).toBe(bruno);
  expect(personByChat(directory, "slack", "T1")).toBeUndefined();
});
