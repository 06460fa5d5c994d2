/** Says whether an address or a number may receive anything while customers are only tried out (requirements R3-13). */
export type AllowList = (address: string) => boolean;

/** Reads entries that are addresses, whole domains as `@example.com`, or numbers in E.164. */
export const createAllowList = (entries: readonly string[]): AllowList => {
  const known = new Set(entries.map((entry) => entry.trim().toLowerCase()));
  return (address) => {
    const plain = address.toLowerCase();
    const at = plain.lastIndexOf("@");
    return known.has(plain) || (at >= 0 && known.has(plain.slice(at)));
  };
};
