import type { Reader } from "./visible-text.js";
import type { User, Workspace } from "./workspace.js";

/** How one person (or, without one, the workspace) reads mentions and dates. */
export function readerFor(ws: Workspace, user?: User): Reader {
  return {
    language: ws.language,
    timezone: user?.timezone ?? "America/Sao_Paulo",
    now: ws.now(),
    userName: (id) => ws.users.get(id)?.handle,
    channelName: (id) => ws.channels.get(id)?.name,
  };
}
