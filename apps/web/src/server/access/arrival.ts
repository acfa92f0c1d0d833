import type { IncomingMessage } from "node:http";
import { RunnerError, stripToLine } from "@pm/core";
import type { Hosts } from "./hosts.ts";

/** How a request got here, as far as it matters for who may do what. */
export interface Arrival {
  /** Its Host is one of this machine, its peer too, and nothing says that it was passed on. */
  readonly local: boolean;
}

/** Set by proxies and tunnels; a browser or program on this machine sends none. */
const FORWARDING =
  /^(?:x-forwarded-.*|forwarded|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.*|via|cf-.*|true-client-ip|fastly-client-ip|ngrok-.*|tailscale-.*)$/;
const LOOPBACK_PEERS = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * What every request is asked before anything else of it is read. An absent Host is no host; two are none either.
 * @throws RunnerError E460, E461
 */
export function checkArrival(hosts: Hosts, request: IncomingMessage): Arrival {
  const { rawHeaders, headers } = request;
  let host: string | undefined;
  let count = 0;
  let forwarded = false;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = (rawHeaders[at] as string).toLowerCase();
    if (name === "host") {
      host = rawHeaders[at + 1] as string;
      count += 1;
    } else if (!forwarded && couldForward(name)) forwarded = FORWARDING.test(name);
  }
  const known = host?.toLowerCase() ?? "";
  if (count !== 1 || !hosts.isAllowed(known))
    throw new RunnerError("E460", {
      host: count === 1 ? shown(known) : count === 0 ? "(none)" : "(several)",
    });
  checkOrigin(request, known, hosts);
  const site = headers["sec-fetch-site"];
  if (site !== undefined && request.url?.startsWith("/api") && site !== "same-origin" && site !== "none")
    throw new RunnerError("E461", { origin: `another site (${shown(site)})` });
  const local =
    !forwarded && hosts.isLoopback(known) && LOOPBACK_PEERS.has(request.socket.remoteAddress ?? "");
  return { local };
}

/** Most names begin with another letter; the expression is for the rest. */
const couldForward = (name: string) => "xfvctn".includes(name.charAt(0));

function checkOrigin({ headers }: IncomingMessage, host: string, hosts: Hosts): void {
  const { origin } = headers;
  if (origin === undefined || origin === `http://${host}`) return;
  // Only a tunnel can have made https of it.
  if (origin === `https://${host}` && !hosts.isLoopback(host)) return;
  throw new RunnerError("E461", { origin: shown(origin) });
}

const shown = (text: string | string[]) => stripToLine(String(text)).slice(0, 200);
