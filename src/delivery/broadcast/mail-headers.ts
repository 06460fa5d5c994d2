/**
 * Headers of an e-mail about an incident. All mails of an incident name one root, which nobody ever received: that is
 * enough for mail programs to show them as one conversation, whatever the provider does to message ids.
 */
export const threadHeaders = (code: string, fromDomain: string): Readonly<Record<string, string>> => {
  const root = `<${code.toLowerCase().replace(/[^a-z0-9-]/g, "-")}@incidents.${fromDomain}>`;
  return {
    References: root,
    "In-Reply-To": root,
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
  };
};
