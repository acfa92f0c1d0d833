import * as z from "zod";

/** What an error of the SDK means to us. */
export interface Fault {
  readonly code: "E430" | "E431" | "E432" | "E433" | "E434" | "E435";
  /** Whether the same request may succeed soon. */
  readonly retry: boolean;
  readonly reason: string;
}

const LOGIN = new Set([
  "CredentialsProviderError",
  "TokenProviderError",
  "UnrecognizedClientException",
  "InvalidSignatureException",
  "IncompleteSignatureException",
  "SignatureDoesNotMatch",
  "MissingAuthenticationTokenException",
  "InvalidClientTokenId",
  "ExpiredTokenException",
  "ExpiredToken",
]);
const THROTTLED = new Set([
  "ProvisionedThroughputExceededException",
  "ThrottlingException",
  "RequestLimitExceeded",
  "LimitExceededException",
]);
const UNREACHABLE = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENETDOWN",
]);

const sdkErrorSchema = z.object({
  name: z.string(),
  message: z.string(),
  code: z.string().optional(),
  $metadata: z
    .object({ httpStatusCode: z.int().optional(), clockSkewCorrected: z.boolean().optional() })
    .optional(),
});

export function faultOf(error: unknown): Fault {
  const parsed = sdkErrorSchema.safeParse(error);
  if (!parsed.success) return { code: "E435", retry: false, reason: String(error) };
  const { name, message, code = "", $metadata } = parsed.data;
  const reason = message === "" ? name : message;
  // Our clock was off and the SDK has taken note: the next request is signed with the right time.
  if ($metadata?.clockSkewCorrected) return { code: "E431", retry: true, reason };
  if (name === "ResourceNotFoundException") return { code: "E430", retry: false, reason };
  if (LOGIN.has(name) || message === "Region is missing") return { code: "E431", retry: false, reason };
  if (name === "AccessDeniedException") return { code: "E432", retry: false, reason };
  if (THROTTLED.has(name)) return { code: "E434", retry: true, reason: name };
  if (($metadata?.httpStatusCode ?? 0) >= 500) return { code: "E433", retry: true, reason: name };
  if (UNREACHABLE.has(code) || name === "TimeoutError") return { code: "E433", retry: true, reason };
  if (code === "ERR_INVALID_URL") return { code: "E433", retry: false, reason };
  return { code: "E435", retry: false, reason: `${name}: ${message}` };
}

/** A write that its condition forbade: no fault, but an answer. */
export function isConditionFailure(error: unknown): boolean {
  return error instanceof Error && error.name === "ConditionalCheckFailedException";
}
