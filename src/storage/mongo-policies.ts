// Policy versions, kept for ever: an open incident is judged by the version that it was declared under, also after a
// newer one came into force. Kept as JSON text, because policies have keys that documents may not have.
import canonicalize from "canonicalize";
import type { Policy } from "../domain/policy/policy.js";
import type { Policies } from "../ports/policies.js";
import type { MongoConnection } from "./connect-mongo.js";
import { modelOf } from "./models.js";
import { asking, duplicateKeyOf } from "./store-fault-of.js";

type PolicyDocument = { readonly _id: string; readonly body: string };

/** A stored version has other content than the policy that claims the same version. */
class PolicyConflict extends Error {
  constructor(key: string) {
    super(
      `Policy ${key} is stored with other content. A version never changes: give the new text a new version number.`,
    );
    this.name = "PolicyConflict";
  }
}

/** Policies that are known once `start` has resolved. */
export type StoredPolicies = Policies & {
  /** Keeps the policy in force and learns every earlier version. Throws PolicyConflict. */
  start(): Promise<void>;
};

const keyOf = (policy: Pick<Policy, "id" | "version">): string => `${policy.id}@${policy.version}`;

/** Creates the store of policy versions with the one in force. */
export function createMongoPolicies({ connection }: MongoConnection, inForce: Policy): StoredPolicies {
  const model = modelOf<PolicyDocument>(connection, "policies", { _id: String, body: String });
  const known = new Map<string, Policy>([[keyOf(inForce), inForce]]);

  const keep = async (): Promise<void> => {
    const body = canonicalize(inForce);
    try {
      await asking(() => model.collection.insertOne({ _id: keyOf(inForce), body } as never));
    } catch (err) {
      if (duplicateKeyOf(err) === null) throw err;
      const stored = await asking(() => model.findById(keyOf(inForce)).lean<PolicyDocument>());
      if (stored !== null && stored.body !== body) throw new PolicyConflict(keyOf(inForce));
    }
  };

  return {
    inForce: () => inForce,
    version(id, version) {
      const policy = known.get(keyOf({ id, version }));
      if (policy === undefined) throw new Error(`Policy ${keyOf({ id, version })} is not known to this process.`);
      return policy;
    },
    async learn(id, version) {
      const key = keyOf({ id, version });
      if (known.has(key)) return;
      const stored = await asking(() => model.findById(key).lean<PolicyDocument>());
      if (stored !== null) known.set(key, JSON.parse(stored.body) as Policy);
    },
    async start() {
      await keep();
      const stored = await asking(() => model.find().lean<PolicyDocument[]>());
      for (const { _id, body } of stored) if (!known.has(_id)) known.set(_id, JSON.parse(body) as Policy);
    },
  };
}
