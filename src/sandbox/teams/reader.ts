import type { Member, Tenant } from "./tenant.js";

/** How somebody reads dates and times. */
export interface CardReader {
  readonly language: "pt-BR" | "en";
  readonly timezone: string;
}

/** How one person (or, without one, the tenant) reads. */
export function readerFor(tenant: Tenant, member?: Member): CardReader {
  return { language: tenant.language, timezone: member?.timezone ?? "America/Sao_Paulo" };
}
