import type { Policy } from "../domain/policy/policy.js";

/** Policy versions: the one in force, and those that open incidents are pinned to. */
export interface Policies {
  inForce(): Policy;
  /** Makes a version known that another process brought in since; nothing happens when it is known or stored nowhere. */
  learn(id: string, version: number): Promise<void>;
  /** The pinned version; throws when this process does not have it. */
  version(id: string, version: number): Policy;
}
