import type { Request } from "express";

/** The hosts that a server answers for, exactly as they stand in the Host header. */
export interface Hosts {
  isLoopback(host: string): boolean;
  isAllowed(host: string): boolean;
}

/** @param publicHosts of tunnels, with or without a port */
export function createHosts(port: number, publicHosts: readonly string[]): Hosts {
  const loopback = new Set(["localhost", "127.0.0.1", "[::1]"].map((name) => `${name}:${port}`));
  const allowed = new Set([...loopback, ...publicHosts.map((host) => host.toLowerCase())]);
  return {
    isLoopback: (host) => loopback.has(host),
    isAllowed: (host) => allowed.has(host),
  };
}

/** Whether the page of a request came, or its cookie may go, over https: a tunnel ends it and says so. */
export function isSecure({ headers }: Pick<Request, "headers">): boolean {
  const proto = headers["x-forwarded-proto"];
  return proto === "https" || headers.origin?.startsWith("https://") === true;
}
