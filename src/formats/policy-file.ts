// A policy as a file that people edit: YAML or JSON in, Policy out, and back.
import { stringify } from "yaml";
import type { Policy } from "../domain/policy/policy.js";
import { validatePolicy } from "../domain/policy/validate-policy.js";
import type { Parsed, ProblemLanguage } from "./file-problem.js";
import { refuseFile } from "./file-problem-words.js";
import { checkShape } from "./file-schema.js";
import { readFileText } from "./file-text.js";
import { policySchema } from "./policy-schema.js";

/** Reads a policy file; a policy that is not fit to be put in force gives every problem at once. */
export function parsePolicyFile(text: string, language: ProblemLanguage = "pt-BR"): Parsed<Policy> {
  const read = readFileText(text);
  if ("problems" in read) return refuseFile(read.problems, language);
  const checked = checkShape(policySchema, read.value);
  if ("problems" in checked) return refuseFile(checked.problems, language);
  const problems = validatePolicy(checked.value);
  return problems.length > 0 ? refuseFile(problems, language) : { ok: true, value: checked.value };
}

/** Writes a policy as the YAML that parsePolicyFile reads. */
export function printPolicyFile(policy: Policy): string {
  return stringify(policy, { lineWidth: 0, aliasDuplicateObjects: false });
}
