// The parcels of a plan, and the words in them.
import fc from "fast-check";
import { expect, test } from "vitest";
import { createDrillGuard, heldBack } from "../../../../src/delivery/broadcast/drill-guard.js";
import { threadHeaders } from "../../../../src/delivery/broadcast/mail-headers.js";
import { mailWords } from "../../../../src/delivery/broadcast/mail-words.js";
import { createParcelBuilder } from "../../../../src/delivery/broadcast/plan-parcels.js";
import type { IncidentId } from "../../../../src/domain/incident/ids.js";
import type { IncidentKind } from "../../../../src/domain/incident/incident.js";
import { noticeFacts } from "../../../../src/domain/notices/notice-facts.js";
import { cuboSuiteMessagesV1 } from "../../../../src/formats/messages/cubo-suite-messages-v1.js";
import { cuboSuitePolicyV1 } from "../../../../src/formats/policies/cubo-suite-v1.js";
import { customerMailTemplate } from "../../../../src/render/customer-mail.js";
import { declared, MONDAY_10 } from "../../../support/incident-builders.js";

const { incident } = declared();
const words = {
  notice: {
    template: "first_notice",
    facts: noticeFacts(incident, "first_notice", {}, cuboSuitePolicyV1, MONDAY_10),
  },
  incident,
  catalogue: cuboSuiteMessagesV1,
  supportContact: null,
  statusUrl: null,
  orgName: "Cubo Suite",
} as const;
const group = { language: "pt-BR", zone: "America/Sao_Paulo", firstContact: true } as const;

test("the short way for plain names gives what cleaning and escaping would give", () => {
  const { content, valuesFor } = mailWords(words, group);
  const { keys } = customerMailTemplate({ ...words, group });
  const letters = fc.constantFrom(..."abzAZ019éçÃüñß .<&'%\u200bÀ".split(""));
  const names = fc.oneof(
    fc.string(),
    fc.array(letters, { maxLength: 60 }).map((all) => all.join("")),
  );
  fc.assert(
    fc.property(names, names, (name, customerName) => {
      const values = keys({ name, customerName });
      expect(valuesFor({ name, customerName })).toEqual(content.keys.map((key) => values[key]));
    }),
    { numRuns: 2_000 },
  );
});

test("readers of one group share parcels of at most a thousand, and every list keeps step", () => {
  let tokens = 0;
  const builder = createParcelBuilder("i:1:p", words, () => {
    tokens += 1;
    return `token${tokens}`;
  });
  for (let nth = 0; nth < 2_500; nth += 1) {
    const reader = { contact: `c${nth}`, customer: `k${nth}`, address: `${nth}@a.example` };
    builder.mail(group, reader, `Nome ${nth}`, "Aurora");
  }
  expect(builder.take(false)).toBeNull();
  const parcels = builder.take(true);
  expect(parcels?.contents).toHaveLength(1);
  expect(parcels?.mails.map(({ id, contacts }) => [id, contacts.length])).toEqual([
    ["i:1:p:email:0:0", 1_000],
    ["i:1:p:email:0:1", 1_000],
    ["i:1:p:email:0:2", 500],
  ]);
  const keys = parcels?.contents[0]?.keys.length ?? 0;
  const [, second] = parcels?.mails ?? [];
  expect([second?.contacts[7], second?.customers[7], second?.addresses[7]]).toEqual([
    "c1007",
    "k1007",
    "1007@a.example",
  ]);
  expect(second?.values.slice(7 * keys, 8 * keys)).toEqual(Array(keys).fill("Nome 1007"));
  expect(new Set(parcels?.mails.map(({ token }) => token)).size).toBe(3);
});

test("all mails of an incident name the same root, whatever its code", () => {
  expect(threadHeaders("INC-482", "cubo.example")["References"]).toBe("<inc-482@incidents.cubo.example>");
  fc.assert(
    fc.property(fc.string(), (code) =>
      /^<[a-z0-9-]*@incidents\.a\.example>$/.test(threadHeaders(code, "a.example")["References"] ?? ""),
    ),
  );
});

const guarded = (kind: IncidentKind | null | Error) => {
  let looks = 0;
  let now = 0;
  const guard = createDrillGuard(
    async () => {
      looks += 1;
      if (kind instanceof Error) throw kind;
      return kind;
    },
    () => now,
  );
  return { ask: () => heldBack(guard, "i1" as IncidentId), looks: () => looks, later: () => (now += 1_000) };
};

test("right before a request a drill throws, a real incident passes, and what cannot be read waits", async () => {
  await expect(guarded("drill").ask()).rejects.toMatchObject({ code: "drill", retryable: false });
  expect(await guarded("real").ask()).toBeNull();
  expect(await guarded(null).ask()).toMatchObject({ kind: "later" });
  expect(await guarded(new Error("store")).ask()).toMatchObject({ kind: "later" });
});

test("requests of the same second share one look at the incident, and a failed look is not remembered", async () => {
  const real = guarded("real");
  await Promise.all([real.ask(), real.ask()]);
  expect(real.looks()).toBe(1);
  real.later();
  await real.ask();
  expect(real.looks()).toBe(2);
  const broken = guarded(new Error("store"));
  await broken.ask();
  await broken.ask();
  expect(broken.looks()).toBe(2);
});
