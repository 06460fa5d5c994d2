import mongoose from "mongoose";
import { describe, expect, test } from "vitest";
import { StoreFault } from "../../../src/ports/commit-store.js";
import { askingTwice, duplicateKeyOf, storeFaultOf } from "../../../src/storage/store-fault-of.js";

const { mongo } = mongoose;
const serverError = (code: number, fields: object = {}) =>
  new mongo.MongoServerError({ code, errmsg: "no", ...fields });
const named = (name: string) => Object.defineProperty(new mongo.MongoNetworkError("gone"), "name", { value: name });
const labelled = (label: string) => {
  const err = new mongo.MongoNetworkError("gone");
  err.addErrorLabel(label);
  return err;
};

describe("what is known of a write that failed", () => {
  test.each([
    ["no server was found", new mongo.MongoServerSelectionError("none", { error: null } as never)],
    ["no connection came free", named("MongoWaitQueueTimeoutError")],
    ["the pool was cleared", named("MongoPoolClearedError")],
    ["the connection was never made", labelled("HandshakeError")],
    [
      "mongoose is not connected",
      new mongoose.MongooseError(
        "Cannot call `commits.insertOne()` before initial connection is complete if `bufferCommands = false`.",
      ),
    ],
    ["the server is no longer primary", serverError(10107)],
    ["the server refused the document", serverError(10334)],
  ])("it was not saved when %s", (_name, err) => {
    expect(storeFaultOf(err)).toMatchObject({ name: "StoreFault", outcome: "not-saved", cause: err });
  });

  test.each([
    ["the connection broke", new mongo.MongoNetworkError("socket closed")],
    ["no answer came in time", new mongo.MongoNetworkTimeoutError("timed out")],
    ["the monitor interrupted it", named("PoolClearedOnNetworkError")],
    ["no majority confirmed it", serverError(64)],
    ["the primary changed during it", serverError(11602)],
    ["the server ran out of time", serverError(50)],
  ])("it may have been saved when %s", (_name, err) => {
    expect(storeFaultOf(err)).toMatchObject({ outcome: "unknown" });
  });

  test("a bug of ours is no fault of the store", () => {
    expect(storeFaultOf(new TypeError("x is not a function"))).toBeNull();
  });

  test("a duplicate key tells which rule it violates", () => {
    expect(duplicateKeyOf(serverError(11000, { keyPattern: { commandId: 1 } }))).toEqual(["commandId"]);
    expect(duplicateKeyOf(serverError(50))).toBeNull();
  });
});

describe("repeating a write", () => {
  const failing = (...errors: Error[]) => {
    const left = [...errors];
    const calls = { count: 0 };
    const call = async () => {
      calls.count += 1;
      const err = left.shift();
      if (err !== undefined) throw err;
      return "saved";
    };
    return { call, calls };
  };
  const lost = () => new mongo.MongoNetworkError("socket closed");
  const nobody = () => new mongo.MongoServerSelectionError("none", { error: null } as never);

  test("a lost answer gets one more try", async () => {
    const { call, calls } = failing(lost());
    await expect(askingTwice(call)).resolves.toBe("saved");
    expect(calls.count).toBe(2);
  });

  test("a server that cannot be found after a lost answer proves nothing about the first try", async () => {
    await expect(askingTwice(failing(lost(), nobody()).call)).rejects.toMatchObject({ outcome: "unknown" });
  });

  test("a server that cannot be found at first is not asked again", async () => {
    const { call, calls } = failing(nobody());
    await expect(askingTwice(call)).rejects.toMatchObject({ outcome: "not-saved" });
    expect(calls.count).toBe(1);
  });

  test("an error of the second try that is no fault is passed on", async () => {
    const err = serverError(11000, { keyPattern: { _id: 1 } });
    await expect(askingTwice(failing(lost(), err).call)).rejects.toBe(err);
  });

  test("a fault is made once", () => {
    const fault = new StoreFault("a", "unknown");
    expect(storeFaultOf(fault)).toBe(fault);
  });
});
