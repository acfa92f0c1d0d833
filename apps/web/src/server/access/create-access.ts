import type { IncomingMessage } from "node:http";
import { RunnerError } from "@pm/core";
import type { Principal } from "../route.ts";
import type { WebOptions } from "../web-server.ts";
import { type Arrival, checkArrival } from "./arrival.ts";
import { createHosts } from "./hosts.ts";
import { createLoginLinks, type LoginLinks } from "./login-links.ts";
import { sessionCookies } from "./session-cookie.ts";
import { createSessions, type Sessions } from "./sessions.ts";

/** Who may do what at one server. */
export interface Access {
  readonly port: number;
  readonly links: LoginLinks;
  readonly sessions: Sessions;
  /** @throws RunnerError E460, E461 */
  check(request: IncomingMessage): Arrival;
  /** @returns null for who is not known */
  principalOf(request: IncomingMessage): Principal | null;
  /** @throws RunnerError E462 */
  requirePrincipal(request: IncomingMessage): Principal;
}

const LOCAL: Principal = { kind: "local", id: "local" };

export function createAccess(
  port: number,
  { auth, publicHosts }: Pick<WebOptions, "auth" | "publicHosts">,
): Access {
  const hosts = createHosts(port, publicHosts);
  const links = createLoginLinks();
  const sessions = createSessions();

  function principalOf(request: IncomingMessage): Principal | null {
    for (const value of sessionCookies(port, request.headers.cookie)) {
      const id = sessions.find(value);
      if (id !== null) return { kind: "login", id };
    }
    return auth === "local" && checkArrival(hosts, request).local ? LOCAL : null;
  }

  return {
    ...{ port, links, sessions, principalOf },
    check: (request) => checkArrival(hosts, request),
    requirePrincipal(request) {
      const principal = principalOf(request);
      if (principal === null) throw new RunnerError("E462");
      return principal;
    },
  };
}
