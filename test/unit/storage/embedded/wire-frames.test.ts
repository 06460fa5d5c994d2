// Messages as they arrive: in any pieces, and malformed.
import { BSON } from "bson";
import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeReply, parseMessage } from "../../../../src/storage/embedded/wire/client-message.js";
import { FrameReader, ProtocolError } from "../../../../src/storage/embedded/wire/frame-reader.js";

interface Section {
  kind: number;
  bytes: Buffer;
}

function frame(opCode: number, payload: Buffer): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(16 + payload.length, 0);
  head.writeInt32LE(7, 4);
  head.writeInt32LE(opCode, 12);
  return Buffer.concat([head, payload]);
}

function message(flags: number, sections: Section[]): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32LE(flags);
  return frame(2013, Buffer.concat([head, ...sections.flatMap(({ kind, bytes }) => [Buffer.from([kind]), bytes])]));
}

const body = (command: object): Section => ({ kind: 0, bytes: Buffer.from(BSON.serialize(command)) });

function sequence(name: string, documents: object[]): Section {
  const payload = Buffer.concat([
    Buffer.from(`${name}\0`),
    ...documents.map((item) => Buffer.from(BSON.serialize(item))),
  ]);
  const size = Buffer.alloc(4);
  size.writeInt32LE(payload.length + 4);
  return { kind: 1, bytes: Buffer.concat([size, payload]) };
}

test("messages come out whole, however the bytes were cut", () => {
  const frames = [message(0, [body({ ping: 1 })]), message(0, [body({ hello: 1, text: "x".repeat(300) })])];
  const all = Buffer.concat(frames);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      const reader = new FrameReader();
      const found: Buffer[] = [];
      for (let at = 0, i = 0; at < all.length; i += 1) {
        const size = sizes[i % sizes.length] ?? 1;
        found.push(...reader.push(all.subarray(at, at + size)));
        at += size;
      }
      expect(found.map((bytes) => bytes.toString("hex"))).toEqual(frames.map((bytes) => bytes.toString("hex")));
    }),
  );
});

test("a document sequence keeps its documents as bytes", () => {
  const parsed = parseMessage(message(0, [body({ insert: "c" }), sequence("documents", [{ a: 1 }, { a: 2 }])]));
  expect(parsed.sequences.get("documents")?.map((bytes) => BSON.deserialize(bytes))).toEqual([{ a: 1 }, { a: 2 }]);
});

test("a sequence may come before the body, and a checksum after it", () => {
  const whole = message(1, [sequence("deletes", [{ q: {} }]), body({ delete: "c" })]);
  const withChecksum = Buffer.concat([whole, Buffer.alloc(4)]);
  withChecksum.writeInt32LE(withChecksum.length, 0);
  expect(BSON.deserialize(parseMessage(withChecksum).body)).toEqual({ delete: "c" });
});

test("moreToCome asks for silence", () => {
  expect(parseMessage(message(2, [body({ insert: "c" })])).silent).toBe(true);
});

test("a reply names the request it answers", () => {
  const parsed = parseMessage(message(0, [body({ ping: 1 })]));
  const reply = encodeReply(parsed, Buffer.from(BSON.serialize({ ok: 1 })));
  expect(reply.readInt32LE(0)).toBe(reply.length);
  expect(reply.readInt32LE(8)).toBe(7);
  expect(BSON.deserialize(reply.subarray(21))).toEqual({ ok: 1 });
});

test.each([
  ["an unknown operation", frame(2001, Buffer.alloc(20))],
  ["an unknown flag", message(4, [body({ ping: 1 })])],
  ["no body", message(0, [])],
  ["two bodies", message(0, [body({ ping: 1 }), body({ ping: 1 })])],
  ["an unknown section", message(0, [{ kind: 9, bytes: Buffer.alloc(8) }])],
  ["a cut document", message(0, [{ kind: 0, bytes: Buffer.from([200, 0, 0, 0, 0]) }])],
  ["a sequence without end", message(0, [{ kind: 1, bytes: Buffer.from([200, 0, 0, 0, 0]) }])],
])("%s is refused", (_name, bytes) => {
  expect(() => parseMessage(bytes)).toThrow(ProtocolError);
});

test("impossible lengths are refused before anything is collected", () => {
  for (const length of [0, 15, -1, 2 ** 31 - 1]) {
    const bytes = Buffer.alloc(16);
    bytes.writeInt32LE(length);
    expect(() => new FrameReader().push(bytes)).toThrow(ProtocolError);
  }
});

test("random payloads are either a message or a protocol error", () => {
  fc.assert(
    fc.property(fc.constantFrom(2013, 2004, 1), fc.uint8Array({ maxLength: 60 }), (opCode, payload) => {
      try {
        parseMessage(frame(opCode, Buffer.from(payload)));
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 1000 },
  );
});
