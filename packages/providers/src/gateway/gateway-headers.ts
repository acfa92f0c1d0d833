import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";

export interface GatewayCredential {
  /** How the API takes it; `as sent`: the way in which the agent sends its token. */
  readonly via: "x-api-key" | "bearer" | "as sent";
  readonly secret: string;
}

/** How agents send a key: to Anthropic, to Google, to all others. */
const KEY_HEADERS = ["x-api-key", "x-goog-api-key"] as const;

/** Belong to one connection, or say who is asking; neither is passed on. */
const NOT_FORWARDED = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "host",
  "authorization",
  ...KEY_HEADERS,
  "cookie",
  "set-cookie",
  "expect",
]);

/** @returns the key that a request carries, whichever way it carries it. */
export function tokenOf(headers: IncomingHttpHeaders): string | null {
  const name = keyHeaderOf(headers);
  if (name !== null) return String(headers[name]);
  return /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

/**
 * The agent's headers with the real key in place of its token.
 * @param isRead whether the answer is read on its way, and so must not be compressed
 */
export function forwardedRequestHeaders(
  headers: IncomingHttpHeaders,
  { via, secret }: GatewayCredential,
  isRead: boolean,
): OutgoingHttpHeaders {
  const name = via === "as sent" ? keyHeaderOf(headers) : via === "x-api-key" ? via : null;
  const length = headers["content-length"];
  const chunked = length === undefined && headers["transfer-encoding"] !== undefined;
  return {
    ...kept(headers),
    ...(name === null ? { authorization: `Bearer ${secret}` } : { [name]: secret }),
    ...(chunked ? { "transfer-encoding": "chunked" } : {}),
    ...(isRead ? { "accept-encoding": "identity" } : {}),
  };
}

/** The API's headers; a refused key is marked as final, as the agent would ask again for half a minute. */
export function forwardedResponseHeaders(status: number, headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const final = status === 401 || status === 403;
  return { ...kept(headers), ...(final ? { "x-should-retry": "false" } : {}) };
}

function keyHeaderOf(headers: IncomingHttpHeaders): (typeof KEY_HEADERS)[number] | null {
  return KEY_HEADERS.find((name) => typeof headers[name] === "string") ?? null;
}

function kept(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
}
