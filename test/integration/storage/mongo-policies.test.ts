import { expect, test } from "vitest";
import { cuboSuitePolicyV1 } from "../../../src/formats/policies/cubo-suite-v1.js";
import { createMongoPolicies } from "../../../src/storage/mongo-policies.js";
import { connectedTo, startTestStore } from "../../support/test-store.js";

test("a process learns the policy version that a newer process brought in after it had started", async () => {
  const store = await startTestStore();
  const connection = await connectedTo(store.uri);
  try {
    const older = createMongoPolicies(connection, cuboSuitePolicyV1);
    await older.start();
    const second = { ...cuboSuitePolicyV1, version: 2 };
    await createMongoPolicies(connection, second).start();
    expect(() => older.version(second.id, 2)).toThrow("not known");
    await older.learn(second.id, 2);
    expect(older.version(second.id, 2)).toEqual(second);
    await older.learn(second.id, 3);
    expect(() => older.version(second.id, 3)).toThrow("not known");
  } finally {
    await connection.close();
    await store.stop();
  }
});
