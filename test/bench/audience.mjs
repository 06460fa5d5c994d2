// People at the customers for the benchmarks, made page by page as the store would give them.
export const LANGUAGES = ["pt-BR", "en", "es"];

/** A contact with an address. */
export const mailContact = (nth) => contact(nth, `pessoa.${nth}@cliente-${nth % 500}.example`, null);

/** A contact with a mobile number. */
export const textContact = (nth) => contact(nth, null, `+55119${String(10_000_000 + nth)}`);

function contact(nth, email, phone) {
  return {
    id: `contact-${String(nth).padStart(7, "0")}`,
    customerId: "padaria-aurora",
    name: `Pessoa de Contato ${nth}`,
    email,
    phone,
    language: LANGUAGES[nth % 10 === 0 ? 1 : nth % 17 === 0 ? 2 : 0],
    roles: ["incident_primary"],
    wishes: {},
  };
}
