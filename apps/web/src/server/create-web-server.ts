import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { RunnerError } from "@pm/core";
import { type Access, createAccess } from "./access/create-access.ts";
import { createEventHub } from "./events/create-event-hub.ts";
import { answerProblem } from "./http/problem.ts";
import { refuseUnparsed } from "./http/refuse-unparsed.ts";
import { setSecurityHeaders } from "./http/security-headers.ts";
import { makeApp } from "./make-app.ts";
import { createMetrics } from "./metrics.ts";
import { allRoutes } from "./routes/routes.ts";
import type { LoginLink, WebOptions, WebServer } from "./web-server.ts";

/** A browser that sends its headers or body more slowly than this is cut off; streams are not concerned. */
const TIMEOUTS = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 2_000 };
const GRACE_MS = 5_000;

/** Starts listening. @throws the error of `listen`, as EADDRINUSE: the caller can say who has the port */
export async function createWebServer(options: WebOptions): Promise<WebServer> {
  const server = createServer({ ...TIMEOUTS, maxHeaderSize: 16 * 1024, requireHostHeader: false });
  server.listen({ host: "127.0.0.1", port: options.port });
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const url = `http://localhost:${port}`;

  const { log } = options;
  const access = createAccess(port, options);
  const hub = createEventHub(options);
  const metrics = createMetrics(options.queue, hub);
  const routes = allRoutes({ options, access, hub, metrics, loginLink });
  const app = makeApp(routes, { access, metrics, log, assets: options.assets });
  let stopped: Promise<void> | null = null;

  server.on(
    "request",
    guard(access, log, () => stopped !== null, app),
  );
  server.on("clientError", refuseUnparsed);

  function loginLink(): LoginLink {
    const { token, expiresAt } = access.links.make();
    const [host] = options.publicHosts;
    return { url: `${host === undefined ? url : `https://${host}`}/#login=${token}`, expiresAt };
  }

  async function stop(graceMs: number): Promise<void> {
    const closed = close(server);
    hub.close();
    const force = setTimeout(() => server.closeAllConnections(), graceMs);
    await closed;
    clearTimeout(force);
  }

  return {
    ...{ port, url, loginLink },
    onWorker: (event) => hub.onWorker(event),
    stop(graceMs = GRACE_MS) {
      stopped ??= stop(graceMs);
      return stopped;
    },
  };
}

/** Looks at a request before anything else does, and sees to it that each answer has the headers that protect it. */
function guard(
  access: Access,
  log: (line: string) => void,
  stopping: () => boolean,
  app: (request: IncomingMessage, response: ServerResponse) => void,
) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    setSecurityHeaders(response);
    try {
      access.check(request);
      if (stopping()) throw new RunnerError("E488");
      // An absolute address would be a second opinion on the host.
      if (!request.url?.startsWith("/"))
        throw new RunnerError("E466", { method: request.method, path: "an address that is no path" });
    } catch (error) {
      answerProblem(request, response, error, log);
      return;
    }
    app(request, response);
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, "close");
  server.close();
  server.closeIdleConnections();
  await closed;
}
