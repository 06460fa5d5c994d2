// Questions about services, customers and contracts, answered from memory.
import type { Contract, Customer, Service } from "../domain/customers/customer.js";
import { termsFor } from "../domain/customers/terms-for.js";
import type { Catalogue } from "../ports/directory.js";

/** What the company serves to whom, as it was imported. */
export type CatalogueContent = {
  readonly services: readonly Service[];
  readonly customers: readonly Customer[];
  readonly contracts: readonly Contract[];
};

/** An installation without customers. */
export const EMPTY_CATALOGUE: CatalogueContent = { services: [], customers: [], contracts: [] };

/** Indexes the catalogue. */
export function createCatalogueView({ services, customers, contracts }: CatalogueContent): Catalogue {
  const serviceByName = new Map(
    services.flatMap((service) => namesOf(service).map((name) => [name, service] as const)),
  );
  const cards = customers.map(({ services: _services, ...card }) => card);
  const customerById = new Map(customers.map((customer) => [customer.id, customer]));
  const contractsOf = groupByCustomer(contracts);
  return {
    services: () => services.map(({ id, name }) => ({ id, name })),
    service(text) {
      const known = serviceByName.get(fold(text));
      return known === undefined ? { id: null, name: text.trim() } : { id: known.id, name: known.name };
    },
    customers: () => cards,
    customerName: (id) => customerById.get(id)?.name ?? id,
    customersOf: (serviceId) => customers.filter((one) => one.services.includes(serviceId)).map(({ id }) => id),
    terms(customerId, policy, at) {
      const customer = customerById.get(customerId);
      if (customer === undefined) return null;
      const { flags: _flags, ...terms } = termsFor(customer, contractsOf.get(customerId) ?? [], policy, at);
      return terms;
    },
  };
}

function groupByCustomer(contracts: readonly Contract[]): ReadonlyMap<string, readonly Contract[]> {
  const groups = new Map<string, Contract[]>();
  for (const contract of contracts)
    groups.set(contract.customerId, [...(groups.get(contract.customerId) ?? []), contract]);
  return groups;
}

const namesOf = ({ id, name, aliases = [] }: Service): string[] => [...aliases, name, id].map(fold);

/** People type names without accents and in any case. */
const fold = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").trim().toLowerCase();
