/** Whether an address means this machine; null means the vendor's own. */
export function isLoopback(address: string | null): boolean {
  if (address === null) return false;
  const { hostname } = new URL(address);
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}
