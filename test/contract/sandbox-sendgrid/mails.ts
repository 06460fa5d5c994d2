// Requests as these tests send them.

/** A valid request, with what a test changes. */
export function aMail(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    personalizations: [{ to: [{ email: "rita@cliente.example" }] }],
    from: { email: "avisos@cubo.example", name: "Cubo" },
    subject: "[INC-7] Checkout",
    content: [
      { type: "text/plain", value: "Texto" },
      { type: "text/html", value: "<p>Texto</p>" },
    ],
    ...changes,
  };
}

/** A personalization of one recipient. */
export function copyFor(email: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { to: [{ email }], ...more };
}
