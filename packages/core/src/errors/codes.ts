import type { ErrorSpec } from "./error-spec.ts";
import { EVIDENCE_CODES } from "./evidence-codes.ts";
import { LIFECYCLE_CODES } from "./lifecycle-codes.ts";
import { LOCK_CODES } from "./lock-codes.ts";
import { PROJECT_CODES } from "./project-codes.ts";
import { PROVIDER_CODES } from "./provider-codes.ts";
import { QUEUE_CODES } from "./queue-codes.ts";
import { WEB_CODES } from "./web-codes.ts";

/**
 * The one registry of error codes, a family a file. A code is never renumbered or reused.
 */
export const ERROR_CODES = {
  ...PROJECT_CODES,
  ...LIFECYCLE_CODES,
  ...EVIDENCE_CODES,
  ...LOCK_CODES,
  ...QUEUE_CODES,
  ...WEB_CODES,
  ...PROVIDER_CODES,
} as const satisfies Record<string, ErrorSpec>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** `{name}` in a registry text replaced by the value of `data.name`; what is missing becomes `?`. */
export function fillTemplate(template: string, data: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => String(data[key] ?? "?"));
}
