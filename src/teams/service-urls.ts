// Which connectors the bot speaks with. A service address comes from outside with every activity, and whoever is spoken
// to gets the bot's token, so only known hosts count.

/** Microsoft's connector for the whole world; each activity names the nearer one. */
export const GLOBAL_SERVICE_URL = "https://smba.trafficmanager.net/teams/";

const MICROSOFT = /^(?:smba\.trafficmanager\.net|(?:[a-z0-9-]+\.)+teams\.microsoft\.(?:com|us))$/;

/** Tells whether a connector may be spoken with; `allowed` replaces Microsoft's own hosts by these origins. */
export function isServiceUrlAllowed(address: string, allowed: readonly string[] | null): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.username !== "" || url.password !== "") return false;
  if (allowed !== null) return allowed.some((one) => URL.canParse(one) && new URL(one).origin === url.origin);
  return url.protocol === "https:" && url.port === "" && MICROSOFT.test(url.hostname);
}
