// The catalogue: answered from memory, kept in MongoDB.
import type { Catalogue } from "../ports/directory.js";
import { createCatalogueView, EMPTY_CATALOGUE } from "./catalogue-view.js";
import type { MongoConnection } from "./connect-mongo.js";
import {
  type ContractDocument,
  type CustomerDocument,
  directoryModelsOf,
  type ServiceDocument,
} from "./directory-documents.js";
import { createLiveView } from "./live-view.js";
import type { Live, LiveOptions } from "./mongo-directory.js";
import { asking } from "./store-fault-of.js";

/** Keeps the catalogue in the collections `services`, `customers` and `contracts`. */
export function createMongoCatalogue({ connection }: MongoConnection, options: LiveOptions): Live<Catalogue> {
  const models = directoryModelsOf(connection);
  const live = createLiveView({
    initial: createCatalogueView(EMPTY_CATALOGUE),
    read: async () => {
      const [services, customers, contracts] = await Promise.all([
        asking(() => models.services.find().sort({ _id: 1 }).lean<ServiceDocument[]>()),
        asking(() => models.customers.find().sort({ _id: 1 }).lean<CustomerDocument[]>()),
        asking(() => models.contracts.find().sort({ _id: 1 }).lean<ContractDocument[]>()),
      ]);
      return createCatalogueView({
        services: services.map(({ service }) => service),
        customers: customers.map(({ customer }) => customer),
        contracts: contracts.map(({ contract }) => contract),
      });
    },
    everyMs: options.refreshEveryMs ?? 60_000,
    onFault: options.onFault,
  });

  return {
    services: () => live.current().services(),
    service: (text) => live.current().service(text),
    customers: () => live.current().customers(),
    customerName: (id) => live.current().customerName(id),
    customersOf: (serviceId) => live.current().customersOf(serviceId),
    terms: (customerId, policy, at) => live.current().terms(customerId, policy, at),
    start: () => live.start(),
    refresh: async () => void (await live.refresh()),
    stop: () => live.stop(),
  };
}
