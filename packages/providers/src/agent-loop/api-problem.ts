/** What went wrong with a model call, as one code of the registry. One table for all APIs: their words hardly differ. */
import { type ErrorCode, RunnerError } from "@pm/core";
import * as z from "zod";
import { Unreachable } from "./http-fetch.ts";
import { CutOff } from "./read-answer.ts";

export interface ApiProblem {
  readonly code: ErrorCode;
  readonly message: string;
  /** The provider's own word, short. */
  readonly outcome: string;
  readonly retryable: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** Whom it went wrong with. */
export interface Asked {
  readonly provider: string;
  readonly model: string;
}

const callErrorSchema = z.looseObject({
  message: z.string().catch(""),
  statusCode: z.number().nullish().catch(null),
  responseBody: z.string().nullish().catch(null),
  responseHeaders: z.record(z.string(), z.string()).nullish().catch(null),
  data: z.unknown().optional(),
});

const word = z.union([z.string(), z.number()]).nullish().catch(null);
const detailSchema = z.looseObject({ type: word, code: word, message: z.string().nullish().catch(null) });
/** What APIs put in a body, or in the middle of a stream: the details bare, or one or two levels down. */
const bodySchema = z.looseObject({
  error: z.union([detailSchema, z.string()]).nullish().catch(null),
  response: z
    .looseObject({ error: detailSchema.nullish().catch(null) })
    .nullish()
    .catch(null),
});

const QUOTA = /insufficient_quota|credit balance is too low|billing|exceeded your current quota/i;
const TOO_LONG =
  /prompt is too long|context_length_exceeded|request_too_large|maximum context length|context window|too many tokens/i;
const NO_MODEL = /model_not_found|not_found_error|model .*(not found|does not exist)|no such model/i;
const OVERLOADED = /overloaded|server_error|api_error|internal|unavailable|timeout/i;
const LIMITED = /rate_limit/i;
const KEY = /authentication_error|permission_error|invalid_api_key/i;
const REFUSED = /content_filter|content_policy|refusal|invalid_prompt/i;
const WORDS_CHARS = 500;

/** @param error what the AI SDK or our fetch threw, or an API's own error out of a stream */
export function apiProblem(error: unknown, asked: Asked): ApiProblem {
  const lost = causes(error).find((one) => one instanceof Unreachable || one instanceof CutOff);
  if (lost instanceof Unreachable) return problem("E520", lost.message, "unreachable", asked);
  if (lost instanceof CutOff) return problem("E524", lost.message, "cut_off", asked);
  const call = callErrorSchema.safeParse(error).data;
  const status = call?.statusCode ?? null;
  const detail = detailOf(parsed(call?.responseBody) ?? call?.data) ?? detailOf(error);
  const kind = [detail?.type, detail?.code].filter(Boolean).join(" ");
  const words = detail?.message || call?.message || String(error);
  const code = codeOf(status, kind, words);
  const outcome = `api_error ${status ?? (kind || "unknown")}`;
  return problem(code, words, outcome, asked, call?.responseHeaders ?? {});
}

function problem(
  code: ErrorCode,
  reason: string,
  outcome: string,
  { provider, model }: Asked,
  headers: Readonly<Record<string, string>> = {},
): ApiProblem {
  const words = reason.trim().replace(/\.$/, "");
  const { message } = new RunnerError(code, { provider, model, reason: words, suggestion: ` (${words})` });
  return { code, message, outcome, retryable: RETRYABLE.has(code), headers };
}

const RETRYABLE: ReadonlySet<ErrorCode> = new Set(["E505", "E506", "E520", "E524"]);

/** The status first; the words decide where one status means several things, or where there is none. */
function codeOf(status: number | null, kind: string, words: string): ErrorCode {
  const all = `${kind} ${words}`;
  if (status === 401 || status === 403) return "E504";
  if (status === 402 || ((status === 400 || status === 429 || status === null) && QUOTA.test(all)))
    return "E512";
  if (status === 429) return "E505";
  if (status === 413 || ((status === 400 || status === null) && TOO_LONG.test(all))) return "E514";
  if ((status === 404 || status === 400 || status === null) && NO_MODEL.test(all)) return "E513";
  if (status === 400 && REFUSED.test(kind)) return "E515";
  if (status !== null) return status >= 500 || status === 408 || status === 409 ? "E506" : "E511";
  if (KEY.test(kind)) return "E504";
  if (LIMITED.test(kind)) return "E505";
  if (REFUSED.test(kind)) return "E515";
  return OVERLOADED.test(all) ? "E506" : "E511";
}

function detailOf(value: unknown): z.infer<typeof detailSchema> | null {
  const body = bodySchema.safeParse(value).data;
  if (typeof body?.error === "string") return { message: body.error };
  const inner = body?.error ?? body?.response?.error;
  if (inner) return inner;
  const bare = detailSchema.safeParse(value).data;
  return bare && (bare.type || bare.code) ? bare : null;
}

function parsed(body: string | null | undefined): unknown {
  try {
    return JSON.parse(body ?? "");
  } catch {
    return body?.trim() ? { error: { message: body.trim().slice(0, WORDS_CHARS) } } : undefined;
  }
}

/** An error and what caused it, as far as that is told. */
function causes(error: unknown): unknown[] {
  const found: unknown[] = [];
  for (let one = error; one instanceof Error && found.length < 5; one = one.cause) found.push(one);
  return found;
}
