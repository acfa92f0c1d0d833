import { createHash } from "node:crypto";
import { canonicalJson } from "../evidence/canonical-json.ts";
import type { Violation } from "../lifecycle/violation.ts";

/**
 * The digest of what a person saw when they approved: sha256, hex, over the canonical JSON (RFC 8785) of
 * `{subject, violations}`. The violations count as a set; each with all its fields.
 *
 * @param subject the result tree's id, or what else the approval is about; null where there is nothing yet.
 */
export function approvalDigest(subject: string | null, violations: readonly Violation[]): string {
  const seen = [...new Set(violations.map(violationKey))].sort();
  return createHash("sha256")
    .update(canonicalJson({ subject, violations: seen }))
    .digest("hex");
}

/** Two violations are the same exactly when their keys are. */
export function violationKey(violation: Violation): string {
  return canonicalJson(violation);
}
