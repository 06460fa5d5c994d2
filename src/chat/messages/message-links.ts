/** The addresses of a message: what may be clicked, what an SMS may carry, and the hosts that texts may name. */
export type MessageLinks = {
  readonly page: string | null;
  readonly short: string | null;
  readonly support: string | null;
  readonly clickable: readonly string[];
  readonly hosts: readonly string[];
};

// Printable ASCII without quotes, brackets or spaces: nothing that ends an attribute or is cut by a mail program.
const HTTPS = /^https:\/\/([a-z0-9.-]+)(?::\d{1,5})?(?:[/?#][\w./?#%&=+,:;~@-]*)?$/i;

/** The links of a message; an address that is not plain https is left out rather than sent. */
export function messageLinks(
  source: { readonly statusUrl: string | null; readonly supportContact: string | null },
  shortMax: number,
): MessageLinks {
  const page = source.statusUrl !== null && HTTPS.test(source.statusUrl) ? source.statusUrl : null;
  const support =
    source.supportContact
      ?.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ")
      .replace(/%{2,}/g, "%")
      .trim() || null;
  const clickable = [page, support].filter((address): address is string => address !== null && HTTPS.test(address));
  const mailHost = support === null ? undefined : /^[^\s@]+@([a-z0-9.-]+)$/i.exec(support)?.[1];
  const hosts = [...clickable.flatMap((address) => HTTPS.exec(address)?.[1] ?? []), ...(mailHost ? [mailHost] : [])];
  return { page, short: page !== null && page.length <= shortMax ? page : null, support, clickable, hosts };
}
