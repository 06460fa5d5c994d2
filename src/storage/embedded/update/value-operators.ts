// The update operators that give a field a new value, as a table from name to change.
import { Timestamp } from "bson";
import { compareValues } from "../bson/compare-values.js";
import { isDoc, isNumber, typeName, type Value } from "../bson/value.js";
import { StoreError } from "../store-error.js";
import { type Arithmetic, assertOperand, computeNumber, zeroLike } from "./arithmetic.js";
import {
  compileAddToSet,
  compilePop,
  compilePull,
  compilePullAll,
  compilePush,
  type ValueChange,
} from "./array-operators.js";

/** An update operator on one field. */
export interface ValueOperator {
  compile: (operand: Value, field: string) => ValueChange;
  /** Whether the operator creates a field that is missing. */
  creates: boolean;
}

/** Update operators by name. */
export const VALUE_OPERATORS: ReadonlyMap<string, ValueOperator> = new Map<string, ValueOperator>([
  ["$set", { compile: (operand) => () => operand, creates: true }],
  ["$setOnInsert", { compile: (operand) => () => operand, creates: true }],
  ["$inc", { compile: (operand, field) => compileArithmetic("$inc", operand, field), creates: true }],
  ["$mul", { compile: (operand, field) => compileArithmetic("$mul", operand, field), creates: true }],
  ["$min", { compile: (operand) => compileExtreme(operand, -1), creates: true }],
  ["$max", { compile: (operand) => compileExtreme(operand, 1), creates: true }],
  ["$currentDate", { compile: compileCurrentDate, creates: true }],
  ["$push", { compile: compilePush, creates: true }],
  ["$addToSet", { compile: compileAddToSet, creates: true }],
  ["$pull", { compile: compilePull, creates: false }],
  ["$pullAll", { compile: compilePullAll, creates: false }],
  ["$pop", { compile: compilePop, creates: false }],
]);

function compileArithmetic(operator: Arithmetic, operand: Value, field: string): ValueChange {
  const number = assertOperand(operator, field, operand);
  return (current) => {
    if (current === undefined) return operator === "$inc" ? number : zeroLike(number);
    if (isNumber(current)) return computeNumber(operator, current, number);
    throw new StoreError(
      14,
      `Cannot apply ${operator} to a value of non-numeric type. The document has the field '${field}' of non-numeric type ${typeName(current)}`,
    );
  };
}

function compileExtreme(operand: Value, sign: 1 | -1): ValueChange {
  return (current) => (current === undefined || compareValues(operand, current) * sign > 0 ? operand : undefined);
}

function compileCurrentDate(operand: Value): ValueChange {
  const type = isDoc(operand) ? operand.get("$type") : operand === true || operand === false ? "date" : undefined;
  if (isDoc(operand) && (operand.size !== 1 || (type !== "date" && type !== "timestamp"))) {
    throw new StoreError(2, "The '$type' string field is required to be 'date' or 'timestamp'");
  }
  if (type === undefined) throw new StoreError(2, `${typeName(operand)} is not valid type for $currentDate`);
  return () => (type === "date" ? new Date() : new Timestamp({ t: Math.floor(Date.now() / 1000), i: 1 }));
}
