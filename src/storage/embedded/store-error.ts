// The errors the store answers with: the real server's numbers and names, so that drivers and applications
// react to them as they would to a MongoDB server.

const CODE_NAMES: ReadonlyMap<number, string> = new Map([
  [2, "BadValue"],
  [8, "UnknownError"],
  [9, "FailedToParse"],
  [13, "Unauthorized"],
  [14, "TypeMismatch"],
  [15, "Overflow"],
  [16, "InvalidLength"],
  [17, "ProtocolError"],
  [20, "IllegalOperation"],
  [22, "InvalidBSON"],
  [26, "NamespaceNotFound"],
  [27, "IndexNotFound"],
  [28, "PathNotViable"],
  [40, "ConflictingUpdateOperators"],
  [43, "CursorNotFound"],
  [48, "NamespaceExists"],
  [50, "MaxTimeMSExpired"],
  [52, "DollarPrefixedFieldName"],
  [53, "InvalidIdField"],
  [56, "EmptyFieldName"],
  [59, "CommandNotFound"],
  [66, "ImmutableField"],
  [67, "CannotCreateIndex"],
  [72, "InvalidOptions"],
  [73, "InvalidNamespace"],
  [85, "IndexOptionsConflict"],
  [86, "IndexKeySpecsConflict"],
  [91, "ShutdownInProgress"],
  [54, "NotSingleValueField"],
  [115, "CommandNotSupported"],
  [168, "InvalidPipelineOperator"],
  [171, "CannotIndexParallelArrays"],
  [197, "InvalidIndexSpecificationOption"],
  [246, "SnapshotUnavailable"],
  [292, "QueryExceededMemoryLimitNoDiskUseAllowed"],
  [10334, "BSONObjectTooLarge"],
  [11000, "DuplicateKey"],
  [14031, "OutOfDiskSpace"],
]);

/** A refusal or failure in the shape the wire protocol carries it. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: number;
  readonly codeName: string;
  readonly details: ReadonlyMap<string, unknown>;

  constructor(code: number, message: string, details: ReadonlyMap<string, unknown> = new Map()) {
    super(message);
    this.code = code;
    this.codeName = CODE_NAMES.get(code) ?? `Location${code}`;
    this.details = details;
  }
}

/** Makes the error for something that a real server does and this store leaves out. */
export function notSupported(what: string): StoreError {
  return new StoreError(115, `${what} is not supported by the embedded store; set MONGODB_URI to use a MongoDB server`);
}

/** Turns anything thrown into a StoreError; what is not one already becomes code 8. */
export function asStoreError(error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const text = error instanceof Error ? error.message : String(error);
  return new StoreError(8, text);
}
