// Text of people, made safe for a message: one line, nothing invisible, and no address that a mail program or a phone
// would turn into a link (invariant I8).

const WITH_SCHEME = /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s<>"']*/giu;
const NAME = /[\p{L}\p{N}_.。．｡-]+/gu;
// A dot that two letters follow may join a name to a top-level domain; a space after it undoes that.
const JOINING_DOT = /(?<=[\p{L}\p{N}_-])[.。．｡]+(?=\p{L}{2})/gu;

/** The text on one line without control, bidi and zero-width characters; links only to the hosts given. */
export function cleanText(text: string, allowedHosts: readonly string[] = []): string {
  const visible = text
    .replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "\uFFFD")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replace(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    // Two percent signs begin the keys that a mail provider replaces by names.
    .replace(/%{2,}/g, "%")
    .trim();
  return withoutLinks(visible, allowedHosts);
}

/** A cleaned text that ends like a sentence, so that what follows it on the line begins a new one. */
export function asSentence(text: string): string {
  return /[\p{L}\p{N})"”»%]$/u.test(text) ? `${text}.` : text;
}

function withoutLinks(text: string, allowedHosts: readonly string[]): string {
  const hosts = new Set(allowedHosts.map((host) => host.toLowerCase()));
  const kept: string[] = [];
  const marked = text.replace(/\uE000/gu, "").replace(WITH_SCHEME, (address) => {
    if (isAllowed(address, hosts)) {
      kept.push(address);
      return "\uE000";
    }
    return address.slice(address.indexOf("://") + 3);
  });
  // What remains of a scheme could join with what follows it.
  const bare = marked.replace(/:\/{2,}/g, ": ");
  const spaced = bare.replace(NAME, (name) =>
    hosts.has(name.replace(/\.+$/, "").toLowerCase()) ? name : name.replace(JOINING_DOT, "$& "),
  );
  return spaced.replace(/\uE000/gu, () => kept.shift() ?? "");
}

function isAllowed(address: string, hosts: ReadonlySet<string>): boolean {
  const found = /^https:\/\/([a-z0-9.-]+)(?::\d+)?(?:[/?#]|$)/i.exec(address.replace(/[.,;:!?)]+$/, ""));
  return found?.[1] !== undefined && hosts.has(found[1].toLowerCase());
}
