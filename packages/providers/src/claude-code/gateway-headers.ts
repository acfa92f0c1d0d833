import type { IncomingHttpHeaders, OutgoingHttpHeaders } from "node:http";
import type { Credential } from "./credentials.ts";

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
  "x-api-key",
  "cookie",
  "set-cookie",
  "expect",
]);

/** @returns the key that a request carries, whichever way it carries it. */
export function tokenOf(headers: IncomingHttpHeaders): string | null {
  const key = headers["x-api-key"];
  if (typeof key === "string") return key;
  return /^Bearer (.+)$/i.exec(headers.authorization ?? "")?.[1] ?? null;
}

/** The agent's headers with the real key in place of its token. */
export function forwardedRequestHeaders(
  headers: IncomingHttpHeaders,
  credential: Credential,
): OutgoingHttpHeaders {
  const key =
    credential.kind === "api_key"
      ? { "x-api-key": credential.secret }
      : { authorization: `Bearer ${credential.secret}` };
  const length = headers["content-length"];
  const chunked = length === undefined && headers["transfer-encoding"] !== undefined;
  return {
    ...kept(headers),
    ...key,
    ...(chunked ? { "transfer-encoding": "chunked" } : {}),
  };
}

/** The API's headers; a refused key is marked as final, as the agent would ask again for half a minute. */
export function forwardedResponseHeaders(status: number, headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const final = status === 401 || status === 403;
  return { ...kept(headers), ...(final ? { "x-should-retry": "false" } : {}) };
}

function kept(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !NOT_FORWARDED.has(name)));
}
