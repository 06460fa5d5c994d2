// Customers, the words that they are told, and a delivery that takes messages over and keeps them.

import type { World } from "../../../src/application/create-application.js";
import type { CustomerNotice } from "../../../src/domain/notices/customer-notice.js";
import { cuboSuiteMessagesV1 } from "../../../src/formats/messages/cubo-suite-messages-v1.js";
import type { Outcome } from "../../../src/ports/command-handler.js";
import type { CustomerDelivery } from "../../../src/ports/customer-delivery.js";
import type { Outreach } from "../../../src/ports/outreach.js";
import { createCatalogueView } from "../../../src/storage/catalogue-view.js";
import type { TestWorkspace } from "./workspace-fixture.js";

/** What is different in a world whose customers can be told. */
export type TellingWorld = {
  readonly world: Partial<World>;
  /** Messages handed over, in order. */
  readonly begun: readonly CustomerNotice[];
};

/** A world with so many customers of one service, in test mode. */
export function tellingWorld(count: number): TellingWorld {
  const begun: CustomerNotice[] = [];
  const customers = Array.from({ length: count }, (_, index) => ({
    id: `c${index + 1}`,
    name: `Cliente ${index + 1}`,
    services: ["checkout"],
  }));
  const catalogue = createCatalogueView({
    services: [{ id: "checkout", name: "Checkout" }],
    customers,
    contracts: [],
  });
  const delivery: CustomerDelivery = {
    mode: "test",
    count: async (notice) => ({
      customers: notice.customers.length,
      contacts: notice.customers.length,
      emails: notice.customers.length,
      texts: notice.customers.length,
      unreachable: [],
      languages: ["pt-BR", "en"],
      receiving: 0,
    }),
    begin: async (notice) => {
      begun.push(notice);
    },
    underWay: async () => [],
    finish: async () => undefined,
  };
  const outreach: Outreach = {
    mode: "test",
    supportContact: "suporte@cubo.example",
    statusUrl: null,
    inForce: () => cuboSuiteMessagesV1,
    version: () => cuboSuiteMessagesV1,
    receives: () => false,
  };
  return { world: { catalogue, delivery, outreach }, begun };
}

/** Ana declares an incident that affects these customers; its channel is open when this resolves. */
export async function declaredFor(at: TestWorkspace, customers: number): Promise<Outcome> {
  const { id, name } = { id: at.slack.person("ana").id, name: "Ana Souza" };
  const ana = await at.world.directory.whoActs({ platform: "slack", userId: id, name, email: null, admin: true });
  const outcome = await at.application.handler.declare(
    {
      title: "Checkout",
      service: "checkout",
      answers: { scope: "large", effect: "outage", data: "none", exposure: "none" },
      customers: Array.from({ length: customers }, (_, index) => `c${index + 1}`),
      kind: "real",
      origin: "form",
      detectedBy: "staff",
      startedAt: null,
      take: false,
    },
    { personId: ana.id, commandId: "declare" as never, door: "slack" },
    null,
  );
  await at.application.idle();
  at.slack.person("ana").joins("inc-1-checkout");
  at.slack.person("bruno").joins("inc-1-checkout");
  return outcome;
}
