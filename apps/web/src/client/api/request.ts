/** One request to the own server. What goes wrong comes out as an ApiError, whatever it was. */
import { ApiError } from "./api-error.ts";
import type { Problem } from "./types.ts";

export interface Answer<T> {
  readonly body: T;
  /** As it is sent back with If-Match. */
  readonly etag: string | null;
}

interface Options {
  readonly method?: "GET" | "POST" | "PATCH";
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

async function problemOf(response: Response): Promise<Problem | null> {
  if (!response.headers.get("content-type")?.includes("application/problem+json")) return null;
  return (await response.json().catch(() => null)) as Problem | null;
}

async function send(path: string, { method = "GET", body, headers, signal }: Options): Promise<Response> {
  const response = await fetch(path, {
    method,
    credentials: "same-origin",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new ApiError(null, 0);
  });
  if (!response.ok) throw new ApiError(await problemOf(response), response.status);
  return response;
}

/** @throws ApiError */
export async function request<T>(path: string, options: Options = {}): Promise<Answer<T>> {
  const response = await send(path, options);
  const text = await response.text();
  return { body: (text === "" ? null : JSON.parse(text)) as T, etag: response.headers.get("etag") };
}

/** @throws ApiError */
export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  (await request<T>(path, signal === undefined ? {} : { signal })).body;

/** @throws ApiError */
export const getText = async (path: string, signal?: AbortSignal): Promise<string> =>
  (await send(path, signal === undefined ? {} : { signal })).text();
