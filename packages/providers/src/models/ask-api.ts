/**
 * One GET of an API, with a key.
 *
 * Invariants:
 * A1 the key goes to the address that the person gave and nowhere else: no redirect is followed;
 * A2 no error quotes the key, whatever the API says;
 * A3 an answer is at most 4 MiB, and all of it is there before `signal` gives up.
 */
import { createRedactor, RunnerError, stripToLine } from "@pm/core";
import * as z from "zod";

const MOST_BYTES = 4 * 1024 * 1024;
const MOST_REASON = 200;
const errorBody = z.object({
  error: z.union([
    z.string(),
    z.object({
      message: z.string().optional(),
      code: z.union([z.string(), z.number()]).nullish(),
      type: z.string().nullish(),
    }),
  ]),
});

export interface ApiQuestion {
  readonly provider: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: string | null;
  readonly signal: AbortSignal;
}

/**
 * @returns the answer's JSON.
 * @throws RunnerError E504 the key is refused, E512 no credit, E505 too many requests, E520 unreachable or silent, E506 all else
 */
export async function askApi(question: ApiQuestion): Promise<unknown> {
  const { provider, url, headers, key, signal } = question;
  if (key !== null && !/^[\x21-\x7e]+$/.test(key)) {
    throw new RunnerError("E504", { provider, reason: "it holds characters that no key has" });
  }
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, { headers, signal, redirect: "manual" });
    text = await bodyOf(response);
  } catch (error) {
    if (error instanceof RangeError) throw new RunnerError("E506", { provider, reason: error.message });
    throw new RunnerError("E520", { provider, reason: unreachable(error, url, signal) }, error);
  }
  if (!response.ok) throw refusal(question, response.status, text);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RunnerError("E506", { provider, reason: "its answer is not JSON" }, error);
  }
}

async function bodyOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    // Leaving the loop ends the connection.
    if (size > MOST_BYTES) throw new RangeError(`its answer is longer than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function refusal({ provider, key }: ApiQuestion, status: number, text: string): RunnerError {
  const { message, word } = wordsOf(text);
  const plain = stripToLine(createRedactor(key === null ? [] : [key]).redact(message)).replace(/\.$/, "");
  const said = plain.length > MOST_REASON ? `${plain.slice(0, MOST_REASON)}…` : plain;
  const reason = said === "" ? `HTTP ${status}` : `HTTP ${status}: ${said}`;
  if (status === 401 || status === 403) return new RunnerError("E504", { provider, reason });
  const noCredit =
    /insufficient_quota|billing/.test(word) || /credit balance|exceeded your .*quota/i.test(message);
  if (status === 402 || (noCredit && (status === 400 || status === 429))) {
    return new RunnerError("E512", { provider, reason });
  }
  if (status === 429) return new RunnerError("E505", { provider, reason });
  if (status >= 300 && status < 400) {
    return new RunnerError("E506", { provider, reason: `HTTP ${status}: it sends to another address` });
  }
  return new RunnerError("E506", { provider, reason });
}

function wordsOf(text: string): { readonly message: string; readonly word: string } {
  try {
    const { error } = errorBody.parse(JSON.parse(text));
    if (typeof error === "string") return { message: error, word: "" };
    return { message: error.message ?? "", word: `${error.code ?? ""} ${error.type ?? ""}` };
  } catch {
    // A proxy's page, say: its words would help nobody.
    return { message: "", word: "" };
  }
}

function unreachable(error: unknown, url: string, signal: AbortSignal): string {
  const { host } = new URL(url);
  if (signal.aborted) return `${host} did not answer in time`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  const words: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there",
    ECONNRESET: "the connection was cut",
    UND_ERR_SOCKET: "the connection was cut",
    ENOTFOUND: "there is no such host",
    EAI_AGAIN: "its name can't be looked up",
  };
  return `${host}: ${words[code] ?? (code || "the request failed")}`;
}
