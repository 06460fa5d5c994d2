import type { CustomerLanguage } from "../../domain/customers/customer.js";
import { clipText } from "../clip-text.js";
import { cleanText } from "./clean-text.js";

const MAX = 80;
const CUSTOMER: Readonly<Record<CustomerLanguage, string>> = { "pt-BR": "cliente", en: "customer", es: "cliente" };

/** The names of a reader as they are written: cleaned, of a sane length, and never empty. */
export function contactWords(
  names: { readonly name: string; readonly customerName: string },
  language: CustomerLanguage,
): { readonly name: string; readonly customerName: string } {
  const customerName = clipText(cleanText(names.customerName), MAX) || CUSTOMER[language];
  return { name: clipText(cleanText(names.name), MAX) || customerName, customerName };
}
